package ground

import (
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/vector"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Level is the zones of one level: Dataset.Zones[First : First+Count].
type Level struct {
	Name         string
	First, Count int
	Index        *zonal.Index // of their polygons, in order
	crs          crs.CRS      // that their source was declared in; none when there are several
}

// zoneRow is a zone as read, with what is needed to place it in the tree.
type zoneRow struct {
	coverage.Zone
	parent string // id that the source states
	ref    coverage.Ref
	crs    crs.CRS
	area   float64 // that it covers, in squared degrees
}

// ReadZones reads every level and ties them into a tree, coarse to fine.
func (l *Ground) ReadZones() error {
	before := len(l.Failures)
	var names []string
	byLevel := map[string][]zoneRow{}
	for _, e := range l.Project.Zones {
		if !slices.Contains(names, e.Level) {
			names = append(names, e.Level)
		}
		rows, err := l.zoneFile(e)
		if err != nil {
			if err := l.Fail(e.File, err); err != nil {
				return err
			}
			continue
		}
		byLevel[e.Level] = append(byLevel[e.Level], rows...)
	}
	l.buildZones(names, byLevel)
	l.ZonesFailed = len(l.Failures) > before
	return nil
}

func (l *Ground) zoneFile(e project.Zones) ([]zoneRow, error) {
	before := l.Issues.Fatal()
	layer, c, err := l.ReadLayer(e.Source)
	if err != nil {
		return nil, err
	}
	l.Source(coverage.Source{Role: "zones", File: e.File, Layer: layer.Name, CRS: c.Code(), Rows: layer.Rows})
	z := &zoneReader{Ground: l, layer: layer, crs: c, entry: e}
	for _, f := range []struct {
		dst  *int
		name string
	}{{&z.id, e.ID}, {&z.name, e.Name}, {&z.parent, e.Parent}, {&z.setting, e.Setting.Column}} {
		if *f.dst, err = layerColumn(e.File, layer, f.name); err != nil {
			return nil, err
		}
	}
	rows := make([]zoneRow, 0, len(layer.Features))
	for i := range layer.Features {
		if row, ok := z.read(&layer.Features[i]); ok {
			rows = append(rows, row)
		}
	}
	if bad := l.Issues.Fatal() - before; bad > 0 {
		return rows, source.Refuse("data.bad_zones", e.File, coverage.Args{"count": bad})
	}
	return rows, nil
}

func layerColumn(file string, layer *vector.Layer, name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	i := layer.Column(name)
	if i < 0 {
		return -1, source.Refuse("data.no_column", file, coverage.Args{"sheet": layer.Name, "column": name, "columns": source.Join(layer.Columns)})
	}
	return i, nil
}

type zoneReader struct {
	*Ground
	layer                     *vector.Layer
	crs                       crs.CRS
	entry                     project.Zones
	id, name, parent, setting int // columns
}

func (z *zoneReader) read(f *vector.Feature) (zoneRow, bool) {
	row := zoneRow{ref: f.Ref, crs: z.crs, parent: source.ValueText(f.Values, z.parent)}
	row.ID, row.Name, row.Level, row.Parent = source.ValueText(f.Values, z.id), source.ValueText(f.Values, z.name), z.entry.Level, -1
	if row.Name == "" {
		row.Name = row.ID
	}
	ok := true
	if row.ID == "" {
		z.issue(f, "zone.no_id", z.entry.ID, "", nil, true)
		ok = false
	}
	polygons, is := vector.Polygons(f.Geometry)
	if !is {
		z.issue(f, "zone.not_polygon", "", f.Geometry.GeoJSONType(), nil, true)
		return row, false
	}
	if fault, at := convert(z.crs, polygons); fault != crs.None {
		z.issue(f, faultKeys[fault], "", source.PointText(at), coverage.Args{"crs": z.crs.Code()}, true)
		ok = false
	}
	row.Geometry, row.area = z.checkRings(f, polygons)
	row.Setting = z.readSetting(f)
	return row, ok
}

func (z *zoneReader) readSetting(f *vector.Feature) coverage.Setting {
	s := z.entry.Setting
	if s.Column == "" {
		return s.Fixed
	}
	word := source.ValueText(f.Values, z.setting)
	if v, ok := s.Map[word]; ok {
		return v
	}
	if v, ok := settingWords[strings.ToLower(word)]; ok && s.Map == nil {
		return v
	}
	if word != "" {
		z.issue(f, "zone.setting", s.Column, word, nil, false)
	}
	return coverage.SettingAny
}

var settingWords = map[string]coverage.Setting{
	"urban": coverage.Urban, "rural": coverage.Rural, "城镇": coverage.Urban, "城市": coverage.Urban, "乡村": coverage.Rural, "农村": coverage.Rural,
}

func (z *zoneReader) issue(f *vector.Feature, key, column, value string, args coverage.Args, fatal bool) {
	z.Issues.Add(coverage.Issue{Ref: f.Ref, Key: key, Column: column, Value: value, Args: args, Fatal: fatal})
}

// convert turns polygons into WGS 84 in place, up to the first position that
// cannot belong to c.
func convert(c crs.CRS, mp orb.MultiPolygon) (crs.Fault, orb.Point) {
	for _, p := range mp {
		for _, ring := range p {
			for i, at := range ring {
				if f := c.Check(at); f != crs.None {
					return f, at
				}
				ring[i] = c.ToWGS84(at)
			}
		}
	}
	return crs.None, orb.Point{}
}

// buildZones puts the levels one after another and finds every zone's parent
// and setting.
func (l *Ground) buildZones(names []string, byLevel map[string][]zoneRow) {
	seen := map[string]coverage.Ref{}
	var parents []string
	for _, name := range names {
		lv := Level{Name: name, First: len(l.Dataset.Zones)}
		var polygons []orb.MultiPolygon
		for _, row := range l.mergeParts(byLevel[name]) {
			if first, twice := seen[row.ID]; twice {
				l.duplicateZone(row, first)
				continue
			}
			seen[row.ID] = row.ref
			l.Dataset.Zones = append(l.Dataset.Zones, row.Zone)
			l.ZoneRefs = append(l.ZoneRefs, row.ref)
			l.areas = append(l.areas, row.area)
			parents = append(parents, row.parent)
			polygons = append(polygons, row.Geometry)
		}
		if lv.Count = len(polygons); lv.Count == 0 {
			continue
		}
		lv.Index, lv.crs = zonal.New(polygons), oneSystem(byLevel[name])
		l.Levels = append(l.Levels, lv)
	}
	l.findParents(parents)
	inheritSettings(l.Dataset.Zones)
}

func (l *Ground) duplicateZone(row zoneRow, first coverage.Ref) {
	err := source.Refuse("zone.duplicate", row.ref.File, coverage.Args{
		"id": row.ID, "row": row.ref.Row, "first_file": first.File, "first_row": first.Row,
	})
	_ = l.Fail(row.ref.File, err) // a cancelled context is seen by the next part
}

// mergeParts joins rows of one level that have the same id and name: islands
// that are kept as rows of their own. Another name under the same id is left
// for the caller to refuse.
func (l *Ground) mergeParts(rows []zoneRow) []zoneRow {
	var out []zoneRow
	at := map[string]int{}
	for _, row := range rows {
		i, known := at[row.ID]
		if !known || out[i].Name != row.Name {
			at[row.ID] = len(out)
			out = append(out, row)
			continue
		}
		out[i].Geometry = append(slices.Clip(out[i].Geometry), row.Geometry...)
		out[i].area += row.area
		l.Issues.Add(coverage.Issue{Ref: row.ref, Key: "zone.merged", Value: row.ID, Args: coverage.Args{"first_row": out[i].ref.Row}})
	}
	return out
}

// ZoneAt returns the index of the finest zone that holds a WGS 84 point, -1 in
// none.
func (l *Ground) ZoneAt(p orb.Point) int32 {
	for i := len(l.Levels) - 1; i >= 0; i-- {
		if z := l.Levels[i].Index.Find(p); z >= 0 {
			return int32(l.Levels[i].First) + z
		}
	}
	return -1
}
