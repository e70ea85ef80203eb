package people

import (
	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// maxPerKM2 is the most people per square kilometre that are believed. The
// densest wards on Earth have some 150,000; single cells of 100 m more.
const maxPerKM2 = 1e6

// CheckCells reports cells that have more people of a group than people, and
// cells with absurdly many.
func (l *People) CheckCells() {
	d := l.Dataset.Demand
	if d == nil || d.Grid.IsZero() {
		return
	}
	areas := newCellAreas(d.Grid)
	for g, name := range d.Groups {
		l.checkDense(d, g, areas)
		if name != "all" && d.Groups[0] == "all" {
			l.checkExcess(d, g)
		}
	}
}

func (l *People) checkExcess(d *coverage.DemandSet, g int) {
	count, excess := 0, 0.0
	for i, n := range d.Pop[g] {
		if all := d.Pop[0][i]; d.Cell[i] >= 0 && n > all*1.001+0.01 {
			count++
			excess += float64(n - all)
		}
	}
	if count > 0 {
		l.Issues.Add(coverage.Issue{
			Key: "population.group_exceeds_cells", Column: d.Groups[g], Value: d.Groups[g], Args: coverage.Args{"count": count, "people": source.People(excess)},
		})
	}
}

func (l *People) checkDense(d *coverage.DemandSet, g int, areas *cellAreas) {
	count, most, at := 0, 0.0, orb.Point{}
	for i, n := range d.Pop[g] {
		if d.Cell[i] < 0 || n < 1000 {
			continue
		}
		if density := float64(n) / areas.km2(d.Cell[i]); density > maxPerKM2 {
			if count++; density > most {
				most, at = density, d.At[i]
			}
		}
	}
	if count > 0 {
		l.Issues.Add(coverage.Issue{Key: "population.dense", Column: d.Groups[g], Value: source.PointText(source.Round(at)), Args: coverage.Args{
			"group": d.Groups[g], "count": count, "most": source.People(most), "limit": source.People(maxPerKM2), "lon": at[0], "lat": at[1],
		}})
	}
}

// cellAreas are the areas of the cells of a grid, which in degrees differ from
// row to row.
type cellAreas struct {
	spec  grid.Spec
	byRow map[int32]float64
}

func newCellAreas(s grid.Spec) *cellAreas { return &cellAreas{s, map[int32]float64{}} }

func (a *cellAreas) km2(cell int32) float64 {
	if !isDegrees(a.spec.CRS) {
		return a.spec.DX * a.spec.DY / 1e6
	}
	row := cell / a.spec.Cols
	v, ok := a.byRow[row]
	if !ok {
		minX, minY, maxX, maxY := a.spec.Bounds(cell)
		v = geodesy.RingArea(orb.Ring{{minX, minY}, {maxX, minY}, {maxX, maxY}, {minX, maxY}, {minX, minY}}) / 1e6
		a.byRow[row] = v
	}
	return v
}

func isDegrees(code string) bool {
	c, err := crs.Parse(code)
	return err == nil && c.IsGeographic()
}
