package layer

import (
	"encoding/json"
	"math"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// Run lists the layers that show a run on ds, which [store.CheckRun] has
// passed: coverage, coverage_rows, gaps. A nil run gives them empty.
func Run(ds *coverage.Dataset, run *coverage.Run) ([]Layer, error) {
	if run == nil {
		run = &coverage.Run{}
	}
	cells, err := coverageCells(ds, run)
	if err != nil {
		return nil, err
	}
	gaps, err := gaps(run)
	if err != nil {
		return nil, err
	}
	return []Layer{cells, coverageRows(run), gaps}, nil
}

var coverageColumns = []Column{
	{"standard", Text},
	{"demand", Int}, // fid of the row of the demand layer
	{"cell", Int},
	{"zone", Text},
	{"setting", Text},
	{"people", Real}, // of the standard's group
	{"seconds", Int}, // to the nearest facility, rounded up; unknown when none can be reached
	{"metres", Real}, // instead of seconds when the threshold is a distance
	{"served", Real}, // share of the row that is served
	{"judged", Bool}, // whether the standard has a rule for the row's setting
	{"facility", Text},
	{"facilities_within", Int}, // 65535 for that many or more
}

func coverageCells(ds *coverage.Dataset, run *coverage.Run) (Layer, error) {
	l := Layer{Name: "coverage", Geometry: "POLYGON", About: "覆盖：每个格网、每条标准 Coverage by cell and standard", Columns: coverageColumns}
	d := ds.Demand
	if d == nil || d.Len() == 0 {
		return l, nil
	}
	outline, err := Outlines(d)
	if err != nil {
		return l, err
	}
	n := d.Len()
	people := make([][]float32, len(run.Coverage))
	for k := range run.Coverage {
		people[k] = d.Group(run.Coverage[k].Standard.Group)
	}
	l.Geometry, l.Len = GeometryType(d), n*len(run.Coverage)
	l.Row = func(k int, v []any) orb.Geometry {
		i, c := k%n, &run.Coverage[k/n]
		v[0], v[1], v[2], v[3], v[4] = c.Standard.ID, int64(i+1), number(d.Cell[i]), zoneID(ds.Zones, d.Zone[i]), d.Setting[i].String()
		v[5] = nil
		if p := people[k/n]; p != nil {
			v[5] = real(float64(p[i]))
		}
		v[6], v[7] = cost(c, i)
		v[8], v[9] = real(float64(c.Served[i])), c.Judged == nil || c.Judged[i]
		v[10], v[11] = nearest(ds, c, i), within(c, i)
		return outline(i)
	}
	return l, nil
}

// cost is the seconds or the metres to the nearest facility.
func cost(c *coverage.Coverage, i int) (seconds, metres any) {
	switch {
	case c.Cost[i] == coverage.Never:
		return nil, nil
	case len(c.Standard.Rules) > 0 && c.Standard.Rules[0].Threshold.IsTime():
		return (int64(c.Cost[i]) + 999) / 1000, nil
	}
	return nil, float64(c.Cost[i]) / 1000
}

func nearest(ds *coverage.Dataset, c *coverage.Coverage, i int) any {
	if f := c.Nearest[i]; f >= 0 && c.Cost[i] != coverage.Never {
		return ds.Facilities[f].ID
	}
	return nil
}

func within(c *coverage.Coverage, i int) any {
	if c.Within == nil {
		return nil
	}
	return int64(c.Within[i])
}

// GeometryType is the geometry type of a layer of demand rows, as OGC names it.
func GeometryType(d *coverage.DemandSet) string {
	cells, points := false, false
	for _, cell := range d.Cell {
		cells, points = cells || cell >= 0, points || cell < 0
	}
	switch {
	case cells && points:
		return "GEOMETRY"
	case points:
		return "POINT"
	}
	return "POLYGON"
}

// Outlines returns what draws a demand row: its cell in WGS 84 with the corners
// in counter-clockwise order, or its point.
func Outlines(d *coverage.DemandSet) (func(i int) orb.Geometry, error) {
	spec := d.Grid
	if spec.IsZero() {
		return func(i int) orb.Geometry { return d.At[i] }, nil
	}
	c, err := crs.Parse(spec.CRS)
	if err != nil {
		return nil, err
	}
	return func(i int) orb.Geometry {
		if d.Cell[i] < 0 {
			return d.At[i]
		}
		w, s, e, n := spec.Bounds(d.Cell[i])
		ring := orb.Ring{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}
		for k := range ring {
			ring[k] = c.ToWGS84(ring[k])
			if math.IsNaN(ring[k][0]-ring[k][0]) || math.IsNaN(ring[k][1]-ring[k][1]) {
				return d.At[i] // a corner that the projection does not reach
			}
		}
		return orb.Polygon{ring}
	}, nil
}

var rowColumns = []Column{
	{"standard", Text},
	{"kinds", Text},
	{"mode", Text},
	{"threshold", Text},
	{"level", Text},
	{"zone", Text}, // "" for the whole area
	{"name", Text},
	{"people", Text}, // the group
	{"setting", Text},
	{"population", Real},
	{"served", Real},
	{"share", Real},
	{"facilities", Int},
	{"target", Real},
}

func coverageRows(run *coverage.Run) Layer {
	var list []coverage.Row
	for k := range run.Coverage {
		list = append(list, run.Coverage[k].Rows...)
	}
	return Layer{
		Name: "coverage_rows", About: "覆盖率表 Coverage table", Columns: rowColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			r := &list[i]
			copy(v, []any{
				r.Standard, strings.Join(r.Kind, ","), r.Mode, threshold(r.Threshold), r.Level, r.Zone, r.Name, r.Group, r.Setting,
				real(r.Population), real(r.Served), real(r.Share), int64(r.Facilities), real(r.Target),
			})
			return nil
		},
	}
}

// threshold says "15min", or "urban 15min, rural 30min".
func threshold(t coverage.ThresholdAnswer) string {
	if len(t.BySetting) == 0 {
		return t.Threshold.String()
	}
	var parts []string
	for at := coverage.SettingAny; at <= coverage.Rural; at++ {
		if own, ok := t.BySetting[at.String()]; ok {
			parts = append(parts, at.String()+" "+own.String())
		}
	}
	return strings.Join(parts, ", ")
}

// ZoneColumns are the columns of the view coverage_zones: those of
// coverage_rows.
func ZoneColumns() []Column { return rowColumns }

var gapColumns = []Column{
	{"standard", Text},
	{"rank", Int},
	{"id", Int},
	{"zone", Text},
	{"zone_name", Text},
	{"population", Real},
	{"people", Text}, // by group, JSON
	{"cells", Int},
	{"area_m2", Real},
	{"facility", Text},
	{"facility_name", Text},
	{"seconds", Int},
	{"metres", Real},
	{"lon", Real},
	{"lat", Real},
}

func gaps(run *coverage.Run) (Layer, error) {
	var list []coverage.Gap
	for k := range run.Coverage {
		list = append(list, run.Coverage[k].Gaps...)
	}
	groups := make([]string, len(list))
	for i := range list {
		text, err := json.Marshal(list[i].Groups)
		if err != nil {
			return Layer{}, err
		}
		groups[i] = string(text)
	}
	return Layer{
		Name: "gaps", Geometry: "MULTIPOLYGON", About: "缺口 Gaps", Columns: gapColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			g := &list[i]
			copy(v, []any{
				g.Standard, int64(g.Rank), g.ID, g.Zone, g.ZoneName, real(g.Population), groups[i], int64(g.Cells), real(g.AreaM2),
				g.Nearest.Facility, g.Nearest.Name, positive(g.Nearest.Seconds), nil, real(g.At[0]), real(g.At[1]),
			})
			if g.Nearest.Metres > 0 {
				v[12] = g.Nearest.Metres
			}
			return shape(g.Geometry)
		},
	}, nil
}

func positive(n int64) any {
	if n <= 0 {
		return nil
	}
	return n
}
