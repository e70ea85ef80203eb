package project

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/goccy/go-yaml/ast"
)

func (w *walker) network(at string, n ast.Node) Network {
	e := Network{Default: "unclassified", JoinM: 0.5}
	lines := map[string]field{
		"layer": w.str(&e.Layer), "encoding": w.str(&e.Encoding), "crs": w.crs(&e.CRS), "class": w.str(&e.Class), "default": w.str(&e.Default),
		"speed": w.str(&e.Speed), "oneway": w.str(&e.Oneway), "join_m": w.number(&e.JoinM, 0, 100),
		"map": w.pairs(func(_, key, value string, _ ast.Node) { put(&e.Map, key, value) }),
		"tags": w.pairs(func(at, key, value string, n ast.Node) {
			if key == "highway" || key == "oneway" || key == "maxspeed" {
				w.fault(n, "project.tag_has_key", at, key, coverage.Args{"key": map[string]string{"highway": "class", "oneway": "oneway", "maxspeed": "speed"}[key]})
			}
			put(&e.Tags, key, value)
		}),
	}
	used := map[string]ast.Node{}
	boats := true
	fields := map[string]field{"ferries": w.truth(&boats)}
	for key, read := range lines {
		fields[key] = func(at string, n ast.Node) {
			used[key] = n
			read(at, n)
		}
	}
	w.source(&e.Source, at, n, fields)
	if e.NoFerries = !boats; e.NoFerries && e.File != "" && !e.IsOSM() {
		w.fault(n, "project.tags", at+".ferries", "", nil)
	}
	if e.IsOSM() {
		for _, key := range slices.Sorted(maps.Keys(used)) {
			w.fault(used[key], "project.lines_only", at+"."+key, "", nil)
		}
	}
	if _, has := used["map"]; has && e.Class == "" {
		w.fault(n, "project.missing", at+".class", "", nil)
	}
	return e
}

func put(m *map[string]string, key, value string) {
	if *m == nil {
		*m = map[string]string{}
	}
	(*m)[key] = value
}

func (w *walker) ferries(at string, n ast.Node) Ferries {
	var e Ferries
	w.source(&e.Source, at, n, map[string]field{
		"sheet": w.str(&e.Sheet), "layer": w.str(&e.Layer), "encoding": w.str(&e.Encoding),
		"name": w.str(&e.Name), "from": w.str(&e.From), "to": w.str(&e.To),
		"from_lon": w.str(&e.FromX), "from_lat": w.str(&e.FromY), "to_lon": w.str(&e.ToX), "to_lat": w.str(&e.ToY),
		"quays": func(at string, n ast.Node) { e.Quays = w.quays(at, n) }, "minutes": w.str(&e.Minutes), "boarding": w.str(&e.Boarding),
		"departures": w.str(&e.Out.Departures), "headway": w.str(&e.Out.Headway), "first": w.str(&e.Out.First), "last": w.str(&e.Out.Last),
		"return_departures": w.str(&e.Back.Departures), "return_headway": w.str(&e.Back.Headway), "return_first": w.str(&e.Back.First), "return_last": w.str(&e.Back.Last),
		"passengers": w.str(&e.Passengers), "vehicles": w.str(&e.Vehicles), "days_lost": w.str(&e.DaysLost), "season": w.str(&e.SeasonDays),
	})
	w.coordinatePair(at, n, "from", e.FromX, e.FromY)
	w.coordinatePair(at, n, "to", e.ToX, e.ToY)
	return e
}

func (w *walker) coordinatePair(at string, n ast.Node, end, x, y string) {
	switch {
	case x != "" && y == "":
		w.fault(n, "project.missing", at+"."+end+"_lat", "", nil)
	case y != "" && x == "":
		w.fault(n, "project.missing", at+"."+end+"_lon", "", nil)
	}
}

func (w *walker) quays(at string, n ast.Node) *Quays {
	var q Quays
	w.source(&q.Source, at, n, map[string]field{
		"sheet": w.str(&q.Sheet), "layer": w.str(&q.Layer), "encoding": w.str(&q.Encoding),
		"name": w.str(&q.Name), "x": w.str(&q.X), "y": w.str(&q.Y), "xy": w.str(&q.XY),
	})
	w.coordinates(at, n, q.X, q.Y, q.XY)
	return &q
}

var scenarios = map[string]network.Scenario{"typical": network.Typical, "best": network.Best, "guaranteed": network.Guaranteed, "off": network.NoBoats}

func (w *walker) boats(b *network.Boats) field {
	return func(at string, n ast.Node) {
		word := ""
		w.mapping(at, n, map[string]field{
			"scenario": w.one(&word, "typical", "best", "guaranteed", "off"), "wait_cap_min": w.minutes(&b.WaitCapS, 0, 1440), "headway_min": w.minutes(&b.HeadwayS, 1, 1440),
			"boarding_min": w.minutes(&b.BoardingS, 0, 1440), "stay_min": w.minutes(&b.StayS, 0, 1440), "speed_kmh": w.number(&b.KMH, 1, 150),
			"max_days_lost": w.number(&b.MaxDaysLost, 0, 366),
		})
		b.Scenario = scenarios[word]
	}
}

// minutes reads minutes as seconds. In [network.Boats] 0 stands for the default,
// so that a stated 0 becomes a millisecond.
func (w *walker) minutes(dst *float64, low, high float64) field {
	return func(at string, n ast.Node) {
		v := -1.0
		if w.number(&v, low, high)(at, n); v >= 0 {
			*dst = max(v*60, 0.001)
		}
	}
}

func (w *walker) snap(s *search.SnapOptions) field {
	return func(at string, n ast.Node) {
		near := -1.0
		w.mapping(at, n, map[string]field{
			"limit_m": w.number(&s.LimitM, 1, 50000), "near_m": w.number(&near, 0, 50000), "walk_kmh": w.number(&s.WalkKMH, 0.5, 20),
		})
		switch {
		case near > 0:
			s.NearM = near
		case near == 0: // the nearest street only; 0 stands for the default there
			s.NearM = -1
		}
	}
}

// DefaultGroundKMH is the speed on foot off the roads where nothing says what
// the ground is like: what AccessMod's tables usually give to fields, grass and
// open settled land. Wholly pathless ground is slower: W. Tobler takes 3/5 of the
// speed on a path, 3 km/h.
const DefaultGroundKMH = 4

// DefaultFriction is open ground of which the project says nothing.
func DefaultFriction() *Friction { return &Friction{KMH: DefaultGroundKMH, Knights: true} }

func (w *walker) friction(p *Project) field {
	return func(at string, n ast.Node) {
		f := DefaultFriction()
		f.Line = line(n)
		grid, neighbours, roads := "", "16", ""
		cell := -1.0
		w.mapping(at, n, map[string]field{
			"cell_m": w.number(&cell, 1, 100000), "grid": w.one(&grid, "population"), "kmh": w.number(&f.KMH, 0.1, 50),
			"landcover": func(at string, n ast.Node) { f.LandCover = w.landCover(at, n) },
			"shares":    w.list(func(at string, n ast.Node) { f.Shares = append(f.Shares, w.share(at, n)) }),
			"heights": w.list(func(at string, n ast.Node) {
				var s Source
				w.source(&s, at, n, nil)
				f.Heights = append(f.Heights, s)
			}),
			"slope":    w.one(&f.Slope, "tobler", "naismith", "langmuir", "none"),
			"barriers": w.list(func(at string, n ast.Node) { f.Barriers = append(f.Barriers, w.barrier(at, n)) }),
			"roads":    w.str(&roads), "neighbours": w.one(&neighbours, "8", "16"),
		})
		f.CellM, f.Knights, f.Roads = max(cell, 0), neighbours == "16", roads
		w.eitherOf(at, n, "cell_m", cell >= 0, "grid", grid != "")
		w.eitherOf(at, n, "landcover", f.LandCover != nil, "shares", len(f.Shares) > 0)
		switch {
		case f.Slope == "" && len(f.Heights) > 0:
			f.Slope = "tobler"
		case f.Slope == "none":
			f.Slope = ""
		case f.Slope != "" && len(f.Heights) == 0:
			w.fault(n, "project.missing", at+".heights", "", nil)
		}
		p.Friction = f
	}
}

func (w *walker) eitherOf(at string, n ast.Node, one string, first bool, other string, second bool) {
	if first && second {
		w.fault(n, "project.either", at, "", coverage.Args{"one": one, "other": other})
	}
}

// band reads the number of a band.
func (w *walker) band(dst *int) field {
	*dst = 1
	return func(at string, n ast.Node) {
		s, ok := w.word(at, n)
		v, err := strconv.Atoi(s)
		if ok && (err != nil || v < 1) {
			w.fault(n, "project.value", at, s, coverage.Args{"want": "1, 2, 3 ..."})
			return
		}
		*dst = max(v, 1)
	}
}

func (w *walker) landCover(at string, n ast.Node) *LandCover {
	c := &LandCover{Classes: map[int32]float64{}}
	w.source(&c.Source, at, n, map[string]field{"band": w.band(&c.Band), "classes": func(at string, n ast.Node) {
		w.each(at, n, func(at, key string, n ast.Node) {
			class, err := strconv.ParseInt(key, 10, 32)
			if err != nil {
				w.fault(n, "project.value", at, key, coverage.Args{"want": "{10: 3, 80: 0}"})
				return
			}
			v := -1.0
			if w.number(&v, 0, 300)(at, n); v >= 0 {
				c.Classes[int32(class)] = v
			}
		})
	}}, "classes")
	return c
}

func (w *walker) share(at string, n ast.Node) Share {
	var s Share
	w.source(&s.Source, at, n, map[string]field{"band": w.band(&s.Band), "kmh": w.number(&s.KMH, 0, 300)}, "kmh")
	return s
}

func (w *walker) barrier(at string, n ast.Node) Barrier {
	var b Barrier
	w.source(&b.Source, at, n, map[string]field{"layer": w.str(&b.Layer), "encoding": w.str(&b.Encoding), "touch": w.truth(&b.Touch)})
	return b
}

// checkMoving holds classes and profiles that entries name against those that
// there are, and fills in what depends on several of them.
func (w *walker) checkMoving(p *Project) {
	known := Classes(p.Profiles)
	check := func(i int, key, class string) {
		if class == SkipRoad && key != "default" || slices.Contains(known, class) {
			return
		}
		at := fmt.Sprintf("networks[%d].%s", i+1, key)
		w.late(p.Networks[i].Line, "project.class", at, class, coverage.Args{"known": strings.Join(known, ", ")})
	}
	for i, e := range p.Networks {
		for _, word := range slices.Sorted(maps.Keys(e.Map)) {
			check(i, "map."+word, e.Map[word])
		}
		check(i, "default", e.Default)
	}
	f := p.Friction
	switch {
	case f == nil:
	case f.Roads == "none":
		f.Roads = ""
	case f.Roads == "" && len(p.Networks) > 0:
		f.Roads = "walk"
	case f.Roads != "" && !slices.ContainsFunc(p.Profiles, func(q profile.Profile) bool { return q.Name == f.Roads }):
		w.late(f.Line, "project.no_profile", "friction.roads", f.Roads, coverage.Args{"known": profileNames(p.Profiles)})
	}
}

// late notes a fault found after the file was read.
func (w *walker) late(line int, key, path, value string, args coverage.Args) {
	args["path"], args["col"] = path, 0
	w.iss.Add(coverage.Issue{Ref: coverage.Ref{File: w.file, Row: line}, Key: key, Column: path, Value: value, Args: args, Fatal: true})
}

func profileNames(list []profile.Profile) string {
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	return strings.Join(append(names, "none"), ", ")
}

// Classes are the kinds of road that some profile has a speed for, sorted.
func Classes(profiles []profile.Profile) []string {
	var all []string
	for _, p := range profiles {
		all = slices.AppendSeq(all, maps.Keys(p.KMH))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
