package osm

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
)

// POI is a point of interest: a node, or a place inside an area.
type POI struct {
	ID   string // "n12", "w34", "r56": the node, way or relation
	Name string
	Tags map[string]string
	At   orb.Point
}

// Match is a row of a tag table: a key with any of some values, or with any
// value when there are none. Several keys in one row must all match.
type Match map[string][]string

// fits reports whether an element has what a row asks for.
func (m Match) fits(t osm.Tags) bool {
	for key, values := range m {
		v := t.Find(key)
		if v == "" || len(values) > 0 && !slices.Contains(values, v) {
			return false
		}
	}
	return len(m) > 0
}

// Facilities returns what matches any row of the table, in order of kind of
// element and id, each once though several files may have it. A closed way or a
// multipolygon counts as an area and is put at a place inside it, a line at its
// middle, any other relation at the middle of its members. What has no place in
// any of the files is counted in lost.
func Facilities(ctx context.Context, files []File, table []Match, progress coverage.Progress) (list []POI, lost int, err error) {
	f := finder{table: table, relations: map[int64]*osm.Relation{}, member: map[int64]bool{}, ways: map[int64]*osm.Way{}, points: map[int64]*osm.Node{}}
	steps := []func(context.Context, File) error{f.readRelations, f.readWays, f.readNodes}
	for i, step := range steps {
		for j, file := range files {
			progress.Report("progress.osm", int64(i*len(files)+j), int64(len(steps)*len(files)))
			if err := step(ctx, file); err != nil {
				return nil, 0, err
			}
		}
		if i == 1 {
			f.prepareNodes()
		}
	}
	return f.list()
}

// finder collects the elements that match and those that they are made of.
type finder struct {
	table     []Match
	relations map[int64]*osm.Relation
	member    map[int64]bool // ways and (negative) nodes of those relations
	ways      map[int64]*osm.Way
	points    map[int64]*osm.Node
	nodes     *nodeTable
}

func (f *finder) fits(t osm.Tags) bool {
	return slices.ContainsFunc(f.table, func(m Match) bool { return m.fits(t) })
}

func (f *finder) readRelations(ctx context.Context, file File) error {
	w := want{relation: func(r *osm.Relation) bool { return f.fits(r.Tags) }}
	return scan(ctx, file, w, func(o osm.Object) {
		r := o.(*osm.Relation)
		f.relations[int64(r.ID)] = newer(f.relations[int64(r.ID)], r, r.Version)
		for _, m := range r.Members {
			switch m.Type {
			case osm.TypeWay:
				f.member[m.Ref] = true
			case osm.TypeNode:
				f.member[-m.Ref] = true
			}
		}
	})
}

// newer keeps the relation with the higher version, the first of equals.
func newer(old, r *osm.Relation, version int) *osm.Relation {
	if old != nil && old.Version >= version {
		return old
	}
	return r
}

func (f *finder) readWays(ctx context.Context, file File) error {
	w := want{way: func(w *osm.Way) bool { return f.member[int64(w.ID)] || f.fits(w.Tags) }}
	return scan(ctx, file, w, func(o osm.Object) {
		way := o.(*osm.Way)
		if old := f.ways[int64(way.ID)]; old == nil || way.Version > old.Version {
			f.ways[int64(way.ID)] = way
		}
	})
}

// prepareNodes lists the nodes that places are needed of.
func (f *finder) prepareNodes() {
	var ids []int64
	for _, w := range f.ways {
		for _, n := range w.Nodes {
			ids = append(ids, int64(n.ID))
		}
	}
	for id := range f.member {
		if id < 0 {
			ids = append(ids, -id)
		}
	}
	f.nodes = newNodeTable(ids)
}

func (f *finder) readNodes(ctx context.Context, file File) error {
	w := want{node: func(n *osm.Node) bool { return f.nodes.has(n) || len(n.Tags) > 0 && f.fits(n.Tags) }}
	return scan(ctx, file, w, func(o osm.Object) {
		n := o.(*osm.Node)
		f.nodes.put(n)
		if old := f.points[int64(n.ID)]; f.fits(n.Tags) && (old == nil || n.Version > old.Version) {
			f.points[int64(n.ID)] = n
		}
	})
}

// list makes the points, in order.
func (f *finder) list() (list []POI, lost int, err error) {
	put := func(kind string, id int64, t osm.Tags, at orb.Point, ok bool) {
		if !ok {
			lost++
			return
		}
		list = append(list, newPOI(kind, id, t, at))
	}
	for _, id := range slices.Sorted(maps.Keys(f.points)) {
		n := f.points[id]
		put("n", id, n.Tags, place(n), math.Abs(n.Lat) <= 90 && math.Abs(n.Lon) <= 180)
	}
	for _, id := range slices.Sorted(maps.Keys(f.ways)) {
		if w := f.ways[id]; f.fits(w.Tags) {
			at, ok := inside(f.line(w))
			put("w", id, w.Tags, at, ok)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.relations)) {
		at, ok := f.ofRelation(f.relations[id])
		put("r", id, f.relations[id].Tags, at, ok)
	}
	return list, lost, nil
}

func newPOI(kind string, id int64, t osm.Tags, at orb.Point) POI {
	p := POI{ID: kind + strconv.FormatInt(id, 10), Tags: t.Map(), At: at}
	for _, key := range []string{"name", "name:zh", "name:en", "official_name", "operator"} {
		if p.Name = strings.TrimSpace(t.Find(key)); p.Name != "" {
			break
		}
	}
	return p
}

// line is the places of a way's nodes, as far as they are known, on one side of
// the antimeridian.
func (f *finder) line(w *osm.Way) orb.LineString {
	var line orb.LineString
	for _, n := range w.Nodes {
		if rank, _ := f.nodes.rank(int64(n.ID)); f.nodes.known(rank) {
			line = append(line, follow(line, f.nodes.at[rank]))
		}
	}
	return line
}

// ofRelation is a place inside the largest outer ring, or the middle of the
// members when there is no ring.
func (f *finder) ofRelation(r *osm.Relation) (orb.Point, bool) {
	var outer, inner []orb.LineString
	var loose orb.LineString
	for _, m := range r.Members {
		switch w := f.ways[m.Ref]; {
		case m.Type == osm.TypeNode:
			if rank, _ := f.nodes.rank(m.Ref); f.nodes.known(rank) {
				loose = append(loose, follow(loose, f.nodes.at[rank]))
			}
		case m.Type != osm.TypeWay || w == nil:
		case m.Role == "inner":
			inner = append(inner, f.line(w))
		default:
			outer = append(outer, f.line(w))
		}
	}
	rings, holes := join(outer), join(inner)
	if typ := r.Tags.Find("type"); len(rings) > 0 && (typ == "multipolygon" || typ == "boundary" || typ == "site") {
		return insideArea(largest(rings), holes)
	}
	for _, l := range outer {
		for _, p := range l {
			loose = append(loose, follow(loose, p))
		}
	}
	return middle(loose)
}
