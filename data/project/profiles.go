package project

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/network/profile"

	"github.com/goccy/go-yaml/ast"
)

// profileEntry is a profile of the project before it is put on top of another.
type profileEntry struct {
	at    string
	node  ast.Node
	like  string
	state int  // 0 not begun, 1 begun, 2 done
	lost  bool // what it is like cannot be told
}

// profileReader puts the profiles of a project together.
type profileReader struct {
	*walker
	list  []profile.Profile // what there is so far
	own   map[string]*profileEntry
	order []string
}

var profileName = regexp.MustCompile(`^[\pL\pN_-]{1,40}$`)

// profiles reads changes of the shipped profiles and profiles of the project's own.
func (w *walker) profiles(dst *[]profile.Profile) field {
	return func(at string, n ast.Node) {
		m, ok := w.resolve(n).(ast.MapNode)
		if !ok {
			w.fault(n, "project.type", at, "", coverage.Args{"want": "{drive: {kmh: {track: 15}}}"})
			return
		}
		r := &profileReader{walker: w, list: *dst, own: map[string]*profileEntry{}}
		for it := m.MapRange(); it.Next(); {
			name := strings.TrimSpace(scalar(it.Key()))
			if !profileName.MatchString(name) || slices.Contains([]string{coverage.ModeLine, coverage.ModeFriction, coverage.ModeMixed}, name) {
				w.fault(it.Key(), "project.profile_name", join(at, name), name, nil)
				continue
			}
			r.own[name] = &profileEntry{at: join(at, name), node: it.Value(), like: r.likeOf(name, it.Value())}
			r.order = append(r.order, name)
		}
		for _, name := range r.order {
			r.build(name)
		}
		*dst = r.list
	}
}

// likeOf is the profile that an entry starts from: the one that it names, else
// the shipped one of its own name, else none.
func (r *profileReader) likeOf(name string, n ast.Node) string {
	if m, ok := r.resolve(n).(ast.MapNode); ok {
		for it := m.MapRange(); it.Next(); {
			if scalar(it.Key()) == "like" {
				return strings.TrimSpace(scalar(r.resolve(it.Value())))
			}
		}
	}
	return name
}

func (r *profileReader) find(name string) int {
	return slices.IndexFunc(r.list, func(p profile.Profile) bool { return p.Name == name })
}

// build makes a profile, after the one that it is like.
func (r *profileReader) build(name string) {
	e := r.own[name]
	if e.state == 2 {
		return
	}
	e.state = 1
	start := profile.Profile{}
	if from := r.own[e.like]; from != nil && from != e {
		if from.state == 1 {
			r.fault(e.node, "project.profile_circle", e.at+".like", e.like, nil)
			e.lost = true
		} else {
			r.build(e.like)
			e.lost = from.lost
		}
	}
	switch i := r.find(e.like); {
	case i >= 0:
		start = clone(r.list[i])
	case e.like != name && !e.lost:
		r.fault(e.node, "project.profile_like", e.at+".like", e.like, coverage.Args{"known": r.names()})
		e.lost = true
	}
	start.Name = name
	r.change(e, &start)
	if i := r.find(name); i >= 0 {
		r.list[i] = start
	} else {
		r.list = append(r.list, start)
	}
	e.state = 2
}

func (r *profileReader) names() string {
	var names []string
	for _, p := range r.list {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// change puts what an entry says on top of a profile.
func (r *profileReader) change(e *profileEntry, p *profile.Profile) {
	like, maxspeed := "", ""
	r.mapping(e.at, e.node, map[string]field{
		"like": r.str(&like), "kmh": r.speeds(&p.KMH), "open_kmh": r.number(&p.OpenKMH, 0, 300), "link_kmh": r.number(&p.LinkKMH, 0, 300),
		"access": r.words(&p.Access), "closed": r.words(&p.Closed), "open": r.words(&p.Open), "slow": r.speeds(&p.Slow),
		"oneway": r.words(&p.Oneway), "oneway_kinds": r.words(&p.OnewayKinds),
		"maxspeed": r.one(&maxspeed, "none", "cap", "use"), "maxspeed_share": r.number(&p.MaxSpeedShare, 0.01, 2),
		"surface": r.surfaces(&p.Surface), "barriers": r.words(&p.Barriers), "turns": r.words(&p.Turns), "ferry_needs_tag": r.truth(&p.FerryNeedsTag),
	})
	switch maxspeed {
	case "none":
		p.MaxSpeed = ""
	case "cap", "use":
		p.MaxSpeed = maxspeed
	}
	before := r.iss.Fatal()
	for _, f := range p.Validate() {
		if before == r.iss.Fatal() && f.Reason == "empty" && !e.lost { // the other fields were checked one by one
			r.fault(e.node, "project.missing", e.at+".kmh", "", nil)
		}
	}
}

// speeds reads {KIND: km/h}, on top of what there is.
func (w *walker) speeds(dst *map[string]float64) field {
	return func(at string, n ast.Node) {
		w.each(at, n, func(at, key string, n ast.Node) {
			v := -1.0
			if w.number(&v, 0, 300)(at, n); v >= 0 {
				if *dst == nil {
					*dst = map[string]float64{}
				}
				(*dst)[key] = v
			}
		})
	}
}

// surfaces is speeds by key=value.
func (w *walker) surfaces(dst *map[string]float64) field {
	return func(at string, n ast.Node) {
		w.each(at, n, func(at, key string, n ast.Node) {
			if k, v, ok := strings.Cut(key, "="); !ok || k == "" || v == "" {
				w.fault(n, "project.value", at, key, coverage.Args{"want": "surface=gravel, smoothness=bad ..."})
			}
		})
		w.speeds(dst)(at, n)
	}
}

// each calls fn for every key of a mapping.
func (w *walker) each(at string, n ast.Node, fn func(at, key string, n ast.Node)) {
	m, ok := w.resolve(n).(ast.MapNode)
	if !ok {
		w.fault(n, "project.type", at, "", coverage.Args{"want": "{key: value}"})
		return
	}
	for it := m.MapRange(); it.Next(); {
		key := strings.TrimSpace(scalar(it.Key()))
		fn(join(at, key), key, it.Value())
	}
}

// words reads a list of words, which may be empty, or one word.
func (w *walker) words(dst *[]string) field {
	return func(at string, n ast.Node) {
		s, ok := w.resolve(n).(*ast.SequenceNode)
		if !ok {
			if word, ok := w.word(at, n); ok {
				*dst = []string{word}
			}
			return
		}
		*dst = nil
		for _, item := range s.Values {
			if word, ok := w.word(at, item); ok {
				*dst = append(*dst, word)
			}
		}
	}
}

// clone copies the tables of a profile.
func clone(p profile.Profile) profile.Profile {
	p.KMH, p.Slow, p.Surface = maps.Clone(p.KMH), maps.Clone(p.Slow), maps.Clone(p.Surface)
	return p
}
