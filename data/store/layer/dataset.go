package layer

import (
	"context"
	"encoding/json"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Dataset lists the tables and layers that keep ds, which [store.Check] has
// passed.
func Dataset(ctx context.Context, ds *coverage.Dataset) ([]Layer, error) {
	parts, err := parts(ctx, ds.Transport)
	if err != nil {
		return nil, err
	}
	project, err := project(ds, parts.Len)
	if err != nil {
		return nil, err
	}
	standards, err := standards(ds.Standards)
	if err != nil {
		return nil, err
	}
	return []Layer{
		facilities(ds.Facilities), zones(ds.Zones), land(ds.Land), demand(ds), drawnRoads(ds.Transport), parts,
		project, standards, packs(ds.Packs), sources(ds.Sources),
	}, nil
}

var facilityColumns = []Column{
	{"id", Text},
	{"site", Text},
	{"name", Text},
	{"kind", Text},
	{"tier", Text},
	{"capacity", Real},
	{"zone", Text},
	{"status", Text},
	{"opens", Text},
	{"closes", Text},
	{"mobile", Bool},
	{"share", Text},
	{"landmass", Int}, // -1 off every landmass; unknown when a user has drawn or moved the point
	{"source_file", Text},
	{"source_sheet", Text},
	{"source_row", Int},
	{"delay_s", Int}, // not in the first format: firstFacilityColumns
}

// firstFacilityColumns are those of the first format.
var firstFacilityColumns = facilityColumns[:len(facilityColumns)-1]

func facilities(list []coverage.Facility) Layer {
	return Layer{
		Name: "facilities", Geometry: "POINT", About: "设施 Facilities", Columns: facilityColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			f := &list[i]
			copy(v, []any{
				f.ID, f.Site, f.Name, f.Kind, f.Tier, real(f.Capacity), f.Zone, f.Status, f.Opens, f.Closes, f.Mobile,
				f.Share, int64(f.Landmass), f.Source.File, f.Source.Sheet, int64(f.Source.Row), int64(f.DelayS),
			})
			return f.At
		},
	}
}

var zoneColumns = []Column{{"id", Text}, {"name", Text}, {"level", Text}, {"parent", Text}, {"setting", Text}}

func zones(list []coverage.Zone) Layer {
	return Layer{
		Name: "zones", Geometry: "MULTIPOLYGON", About: "行政单元 Zones", Columns: zoneColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			z := &list[i]
			copy(v, []any{z.ID, z.Name, z.Level, zoneID(list, z.Parent), z.Setting.String()})
			return shape(z.Geometry)
		},
	}
}

func land(list []coverage.Land) Layer {
	return Layer{
		Name: "land", Geometry: "MULTIPOLYGON", About: "陆块 Landmasses", Len: len(list),
		Row: func(i int, _ []any) orb.Geometry { return shape(list[i].Geometry) },
	}
}

var demandColumns = []Column{{"cell", Int}, {"zone", Text}, {"landmass", Int}, {"setting", Text}}

func demand(ds *coverage.Dataset) Layer {
	l := Layer{Name: "demand", Geometry: "POINT", About: "需求人口 Demand (people)", Columns: demandColumns}
	d := ds.Demand
	if d == nil {
		return l
	}
	l.Columns, l.Len = withGroups(d.Groups), d.Len()
	l.Row = func(i int, v []any) orb.Geometry {
		v[0], v[1], v[2], v[3] = number(d.Cell[i]), zoneID(ds.Zones, d.Zone[i]), number(d.Landmass[i]), d.Setting[i].String()
		for g := range d.Pop {
			v[len(demandColumns)+g] = real(float64(d.Pop[g][i]))
		}
		return d.At[i]
	}
	return l
}

func withGroups(groups []string) []Column {
	columns := append([]Column{}, demandColumns...)
	for _, name := range groupColumns(groups) {
		columns = append(columns, Column{name, Real})
	}
	return columns
}

// demandSpec is what the demand layer does not say of itself.
type demandSpec struct {
	Grid   grid.Spec `json:"grid"`
	Groups []string  `json:"groups"`
}

// texts are the words of a project.
type texts struct {
	Name   coverage.Text `json:"name"`
	Note   coverage.Text `json:"note"`
	Credit coverage.Text `json:"credit"`
}

var projectColumns = []Column{{"key", Text}, {"value", Text}}

// project is the table of keys and values; "format" stands first. pieces is how
// many rows the table of parts has, so that lost ones are missed.
func project(ds *coverage.Dataset, pieces int) (Layer, error) {
	var spec *demandSpec
	if ds.Demand != nil {
		spec = &demandSpec{ds.Demand.Grid, ds.Demand.Groups}
	}
	prints, err := store.Prints(ds)
	if err != nil {
		return Layer{}, err
	}
	entries := []struct {
		key   string
		value any
	}{{"texts", texts{ds.Name, ds.Note, ds.Credit}}, {"demand", spec}, {"pieces", pieces}, {"saved", prints}}
	rows := [][2]string{{"format", Format}}
	for _, e := range entries {
		text, err := json.Marshal(e.value)
		if err != nil {
			return Layer{}, err
		}
		rows = append(rows, [2]string{e.key, string(text)})
	}
	return Layer{
		Name: ProjectTable, About: "项目 Project", Columns: projectColumns, Len: len(rows),
		Row: func(i int, v []any) orb.Geometry {
			v[0], v[1] = rows[i][0], rows[i][1]
			return nil
		},
	}, nil
}

var standardColumns = []Column{
	{"id", Text},
	{"name_zh", Text},
	{"name_en", Text},
	{"service", Text},
	{"people", Text},
	{"clause", Text},
	{"definition", Text}, // JSON; what counts
}

func standards(list []coverage.Standard) (Layer, error) {
	definitions := make([]string, len(list))
	for i := range list {
		text, err := json.Marshal(list[i])
		if err != nil {
			return Layer{}, err
		}
		definitions[i] = string(text)
	}
	return Layer{
		Name: "standards", About: "配置标准 Standards", Columns: standardColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			s := &list[i]
			copy(v, []any{s.ID, s.Name.ZH, s.Name.EN, s.Service, s.Group, s.Clause, definitions[i]})
			return nil
		},
	}, nil
}

var packColumns = []Column{{"id", Text}, {"yaml", Text}}

func packs(list []coverage.Pack) Layer {
	return Layer{
		Name: "packs", About: "标准包 Standards packs", Columns: packColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			v[0], v[1] = list[i].ID, list[i].YAML
			return nil
		},
	}
}

var sourceColumns = []Column{{"role", Text}, {"file", Text}, {"layer", Text}, {"crs", Text}, {"sha256", Text}, {"row_count", Int}}

func sources(list []coverage.Source) Layer {
	return Layer{
		Name: "sources", About: "数据来源 Sources", Columns: sourceColumns, Len: len(list),
		Row: func(i int, v []any) orb.Geometry {
			s := &list[i]
			copy(v, []any{s.Role, s.File, s.Layer, s.CRS, s.SHA256, s.Rows})
			return nil
		},
	}
}
