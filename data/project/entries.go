package project

import (
	"maps"
	"path"
	"strings"

	"lifecircle/coverage"

	"github.com/goccy/go-yaml/ast"
)

// source adds the keys that every file entry has to fields, and reads n.
func (w *walker) source(s *Source, at string, n ast.Node, fields map[string]field, required ...string) {
	s.Line = line(n)
	all := map[string]field{"file": w.path(&s.File), "crs": w.crs(&s.CRS)}
	maps.Copy(all, fields)
	w.mapping(at, n, all, append([]string{"file"}, required...)...)
}

func (w *walker) zones(at string, n ast.Node) Zones {
	var z Zones
	w.source(&z.Source, at, n, map[string]field{
		"layer": w.str(&z.Layer), "encoding": w.str(&z.Encoding),
		"id": w.str(&z.ID), "name": w.str(&z.Name), "level": w.str(&z.Level), "parent": w.str(&z.Parent),
		"setting": w.setting(&z.Setting), "mend": w.truth(&z.Mend),
	}, "id", "level")
	if z.Level == "total" {
		w.fault(n, "project.level_total", at+".level", z.Level, nil)
	}
	return z
}

func (w *walker) setting(dst *Setting) field {
	return func(at string, n ast.Node) {
		if _, ok := w.resolve(n).(ast.MapNode); !ok {
			word := ""
			w.one(&word, "urban", "rural")(at, n)
			dst.Fixed = settings[word]
			return
		}
		w.mapping(at, n, map[string]field{
			"column": w.str(&dst.Column),
			"map": w.pairs(func(at, key, value string, n ast.Node) {
				word := ""
				w.one(&word, "urban", "rural")(at, n)
				if dst.Map == nil {
					dst.Map = map[string]coverage.Setting{}
				}
				dst.Map[key] = settings[value]
			}),
		}, "column")
	}
}

var settings = map[string]coverage.Setting{"urban": coverage.Urban, "rural": coverage.Rural}

func (w *walker) population(at string, n ast.Node) Population {
	e := Population{Group: "all", Band: 1}
	if m, ok := w.resolve(n).(ast.MapNode); ok {
		for it := m.MapRange(); it.Next(); {
			if scalar(it.Key()) == "points" {
				w.mapping(at, n, map[string]field{"points": func(at string, n ast.Node) { e = w.points(at, n) }})
				return e
			}
		}
	}
	band := 1.0
	w.source(&e.Source, at, n, map[string]field{"group": w.str(&e.Group), "band": w.number(&band, 1, 1e6)})
	e.Band = int(band)
	if float64(e.Band) != band {
		w.fault(n, "project.value", at+".band", "", coverage.Args{"want": "1, 2, 3 ..."})
	}
	return e
}

func (w *walker) points(at string, n ast.Node) Population {
	p := &Points{}
	e := Population{Points: p}
	w.source(&e.Source, at, n, map[string]field{
		"layer": w.str(&e.Layer), "sheet": w.str(&e.Sheet), "encoding": w.str(&e.Encoding),
		"x": w.str(&p.X), "y": w.str(&p.Y), "xy": w.str(&p.XY), "groups": w.groups(&p.Groups),
	}, "groups")
	w.coordinates(at, n, p.X, p.Y, p.XY)
	return e
}

func (w *walker) groups(dst *[]Group) field {
	return func(at string, n ast.Node) {
		w.pairs(func(_, key, value string, _ ast.Node) { *dst = append(*dst, Group{key, value}) })(at, n)
		if len(*dst) == 0 {
			w.fault(n, "project.type", at, "", coverage.Args{"want": "{all: COLUMN}"})
		}
	}
}

func (w *walker) facilities(at string, n ast.Node) Facilities {
	var f Facilities
	w.source(&f.Source, at, n, map[string]field{
		"layer": w.str(&f.Layer), "sheet": w.str(&f.Sheet), "encoding": w.str(&f.Encoding), "kind": w.kind(&f.Kind),
		"id": w.str(&f.ID), "site": w.str(&f.Site), "name": w.str(&f.Name), "x": w.str(&f.X), "y": w.str(&f.Y), "xy": w.str(&f.XY),
		"capacity": w.str(&f.Capacity), "zone": w.str(&f.Zone), "tier": w.str(&f.Tier), "status": w.str(&f.Status),
		"opens": w.str(&f.Opens), "closes": w.str(&f.Closes), "mobile": w.str(&f.Mobile), "share": w.str(&f.Share), "delay": w.str(&f.Delay),
		"tags": w.list(func(at string, n ast.Node) { f.Tags = append(f.Tags, w.tagRow(at, n)) }),
	})
	hasKind := f.Kind.Word != "" || f.Kind.Column != ""
	switch {
	case isOSM(f.File) && hasKind:
		w.fault(n, "project.either", at, "", coverage.Args{"one": "tags", "other": "kind"})
	case !isOSM(f.File) && len(f.Tags) > 0:
		w.fault(n, "project.tags", at+".tags", "", nil)
	case !isOSM(f.File) && !hasKind:
		w.fault(n, "project.missing", at+".kind", "", nil)
	}
	w.coordinates(at, n, f.X, f.Y, f.XY)
	return f
}

// tagRow reads {kind: WORD, KEY: VALUE | [VALUE, VALUE ...] | "*", ...}.
func (w *walker) tagRow(at string, n ast.Node) TagRow {
	row := TagRow{Tags: map[string][]string{}}
	m, ok := w.resolve(n).(ast.MapNode)
	if !ok {
		w.fault(n, "project.type", at, "", coverage.Args{"want": "{kind: hospital, amenity: hospital}"})
		return row
	}
	for it := m.MapRange(); it.Next(); {
		key := strings.TrimSpace(scalar(it.Key()))
		if key == "kind" {
			w.str(&row.Kind)(join(at, key), it.Value())
			continue
		}
		var values []string
		add := func(at string, n ast.Node) {
			if v, ok := w.word(at, n); ok && v != "*" {
				values = append(values, v)
			}
		}
		if _, list := w.resolve(it.Value()).(*ast.SequenceNode); list {
			w.list(add)(join(at, key), it.Value())
		} else {
			add(join(at, key), it.Value())
		}
		row.Tags[key] = values
	}
	if row.Kind == "" || len(row.Tags) == 0 {
		w.fault(n, "project.type", at, "", coverage.Args{"want": "{kind: hospital, amenity: hospital}"})
	}
	return row
}

// coordinates holds x and y together, and apart from xy.
func (w *walker) coordinates(at string, n ast.Node, x, y, xy string) {
	switch {
	case x != "" && y == "":
		w.fault(n, "project.missing", at+".y", "", nil)
	case y != "" && x == "":
		w.fault(n, "project.missing", at+".x", "", nil)
	case xy != "" && x != "":
		w.fault(n, "project.either", at, "", coverage.Args{"one": "xy", "other": "x, y"})
	}
}

func (w *walker) kind(dst *Kind) field {
	return func(at string, n ast.Node) {
		if _, ok := w.resolve(n).(ast.MapNode); !ok {
			w.str(&dst.Word)(at, n)
			return
		}
		others := ""
		w.mapping(at, n, map[string]field{
			"column": w.str(&dst.Column),
			"others": w.one(&others, string(Skip), string(Keep), string(Error)),
			"map": w.pairs(func(_, key, value string, _ ast.Node) {
				if dst.Map == nil {
					dst.Map = map[string]string{}
				}
				dst.Map[key] = value
			}),
		}, "column")
		dst.Others = Others(others)
		if others == "" {
			dst.Others = map[bool]Others{true: Keep, false: Error}[dst.Map == nil]
		}
	}
}

func (w *walker) land(dst *Land) field {
	return func(at string, n ast.Node) {
		if _, ok := w.resolve(n).(ast.MapNode); ok {
			w.source(&dst.Source, at, n, map[string]field{"layer": w.str(&dst.Layer), "encoding": w.str(&dst.Encoding)})
			return
		}
		word := ""
		w.one(&word, "zones", "none")(at, n)
		dst.None = word == "none"
	}
}

func (w *walker) scaleTo(at string, n ast.Node) *ScaleTo {
	s := ScaleTo{Limit: 1.25}
	method := ""
	w.source(&s.Source, at, n, map[string]field{
		"sheet": w.str(&s.Sheet), "encoding": w.str(&s.Encoding), "zone": w.str(&s.Zone), "groups": w.scaleGroups(&s.Groups), "level": w.str(&s.Level),
		"method": w.one(&method, "simple", "iterative"), "limit": w.number(&s.Limit, 1, 1e6),
	}, "zone", "groups")
	s.Iterative = method == "iterative"
	return &s
}

// scaleGroups reads {WORD: COLUMN} or {WORD: [COLUMN, COLUMN ...]}.
func (w *walker) scaleGroups(dst *[]ScaleGroup) field {
	return func(at string, n ast.Node) {
		m, ok := w.resolve(n).(ast.MapNode)
		if !ok {
			w.fault(n, "project.type", at, "", coverage.Args{"want": "{all: COLUMN}"})
			return
		}
		for it := m.MapRange(); it.Next(); {
			g := ScaleGroup{Name: strings.TrimSpace(scalar(it.Key()))}
			add := func(at string, n ast.Node) {
				if c, ok := w.word(at, n); ok {
					g.Columns = append(g.Columns, c)
				}
			}
			if _, list := w.resolve(it.Value()).(*ast.SequenceNode); list {
				w.list(add)(join(at, g.Name), it.Value())
			} else {
				add(join(at, g.Name), it.Value())
			}
			*dst = append(*dst, g)
		}
		if len(*dst) == 0 {
			w.fault(n, "project.type", at, "", coverage.Args{"want": "{all: COLUMN}"})
		}
	}
}

// settingRule reads {degree_of_urbanisation: true}.
func (w *walker) settingRule(dst *bool) field {
	return func(at string, n ast.Node) {
		w.mapping(at, n, map[string]field{"degree_of_urbanisation": w.truth(dst)}, "degree_of_urbanisation")
	}
}

// standard reads the id of a shipped pack, or the path of a pack file.
func (w *walker) standard(p *Project, at string, n ast.Node) {
	s := Standard{Line: line(n)}
	word, ok := w.word(at, n)
	if !ok {
		return
	}
	if ext := strings.ToLower(path.Ext(word)); ext == ".yaml" || ext == ".yml" {
		w.path(&s.File)(at, n)
	} else {
		s.ID = word
	}
	p.Standards = append(p.Standards, s)
}
