package osm

import (
	"cmp"
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/osm"
)

// Options of [Fill]. The zero value is ready to use.
type Options struct {
	Keys     []string // keys of streets to keep besides the usual, for a profile of one's own
	Progress coverage.Progress
}

// Report is what was read, and what could not be used.
type Report struct {
	Streets, Ferries, Barriers, Turns int
	TurnsLeftOut                      int     // restrictions over ways, of unknown kind, or of ways that are not there
	MissingNodes                      int     // nodes of streets that no file has: the street is cut there
	FerriesNoTime                     int     // lines of ferries without a sailing time
	FerriesNoHeadway                  int     // services without headway or timetable
	Examples                          []int64 // ways with missing nodes, at most coverage.MaxExamples
}

// Network reads extracts into a graph.
func Network(ctx context.Context, files []File, o Options) (*network.Graph, Report, network.BuildReport, error) {
	var b network.Builder
	report, err := Fill(ctx, files, &b, o)
	if err != nil {
		return nil, report, network.BuildReport{}, err
	}
	g, built, err := b.Build()
	return g, report, built, err
}

// Fill reads extracts into a builder, to which more may be added: streets of
// one's own, ferries from a table.
func Fill(ctx context.Context, files []File, b *network.Builder, o Options) (Report, error) {
	c := collector{o: o}
	if err := c.readWays(ctx, files); err != nil {
		return c.report, err
	}
	c.settleWays()
	if err := c.readNodes(ctx, files); err != nil {
		return c.report, err
	}
	c.fill(b)
	return c.report, nil
}

// collector holds what the first reading found.
type collector struct {
	o         Options
	ways      []rawWay
	relations map[int64]*osm.Relation // restrictions
	routes    map[int64]route         // way -> the ferry route that it is of
	nodes     *nodeTable
	barriers  map[int]profile.Tags // by rank
	quays     map[int]bool
	report    Report
}

// rawWay is a way as a file has it.
type rawWay struct {
	id      int64
	version int
	refs    []int64
	tags    profile.Tags
	ferry   *boat // nil on land
}

// boat is what a way says about its ferry; out is the direction of the way.
type boat struct {
	name      string
	sailS     int32
	out, back network.Timetable
}

// route is a relation of type route over ways of a ferry.
type route struct {
	id    int64
	alone bool // over one way only: its sailing time is that of the way
	boat  boat
}

// readWays reads streets, ferries, restrictions and routes of ferries.
func (c *collector) readWays(ctx context.Context, files []File) error {
	c.relations, c.routes = map[int64]*osm.Relation{}, map[int64]route{}
	for i, f := range files {
		c.o.Progress.Report("progress.osm", int64(i), 2*int64(len(files)))
		err := scan(ctx, f, wanted(f), func(o osm.Object) {
			switch o := o.(type) {
			case *osm.Way:
				c.ways = append(c.ways, newRawWay(o, c.o.Keys))
			case *osm.Relation:
				if isRestriction(o.Tags) {
					c.relations[int64(o.ID)] = o
				} else {
					c.addRoute(o)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wanted is what is read of a file before the nodes.
func wanted(f File) want {
	return want{
		way: func(w *osm.Way) bool {
			if isFerry(w.Tags) {
				return len(w.Nodes) > 1 && !f.NoFerries
			}
			return len(w.Nodes) > 1 && isStreet(w.Tags)
		},
		relation: func(r *osm.Relation) bool {
			return isRestriction(r.Tags) || !f.NoFerries && r.Tags.Find("type") == "route" && isFerry(r.Tags)
		},
	}
}

func newRawWay(w *osm.Way, also []string) rawWay {
	r := rawWay{id: int64(w.ID), version: w.Version, refs: make([]int64, len(w.Nodes)), tags: streetTags(w.Tags, also)}
	for i, n := range w.Nodes {
		r.refs[i] = int64(n.ID)
	}
	if isFerry(w.Tags) {
		r.ferry = newBoat(w.Tags)
	}
	return r
}

func newBoat(t osm.Tags) *boat {
	b := &boat{name: t.Find("name"), out: timetable(t, ":forward"), back: timetable(t, ":backward")}
	b.sailS, _ = parseSpan(t.Find("duration"))
	return b
}

// addRoute notes the ways of a ferry route. A way in two routes goes with the
// lower id.
func (c *collector) addRoute(r *osm.Relation) {
	ways := 0
	for _, m := range r.Members {
		if m.Type == osm.TypeWay {
			ways++
		}
	}
	for _, m := range r.Members {
		if old, ok := c.routes[m.Ref]; m.Type == osm.TypeWay && (!ok || int64(r.ID) < old.id) {
			c.routes[m.Ref] = route{int64(r.ID), ways == 1, *newBoat(r.Tags)}
		}
	}
}

// settleWays puts the ways in order of id and keeps one of each: the newest, or
// all that differ where a clipped extract cut them differently.
func (c *collector) settleWays() {
	slices.SortFunc(c.ways, func(a, b rawWay) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(b.version, a.version), slices.Compare(a.refs, b.refs))
	})
	kept := c.ways[:0]
	for _, w := range c.ways {
		if n := len(kept); n > 0 && kept[n-1].id == w.id && (w.version < kept[n-1].version || slices.Equal(w.refs, kept[n-1].refs)) {
			continue
		}
		kept = append(kept, w)
	}
	c.ways = kept
	var ids []int64
	for _, w := range c.ways {
		ids = append(ids, w.refs...)
	}
	c.nodes = newNodeTable(ids)
}

// readNodes reads where the nodes are, and what stands there.
func (c *collector) readNodes(ctx context.Context, files []File) error {
	c.barriers, c.quays = map[int]profile.Tags{}, map[int]bool{}
	for i, f := range files {
		c.o.Progress.Report("progress.osm", int64(len(files)+i), 2*int64(len(files)))
		err := scan(ctx, f, want{node: c.nodes.has}, func(o osm.Object) {
			n := o.(*osm.Node)
			rank, first := c.nodes.put(n)
			if !first {
				return
			}
			if t := barrierTags(n.Tags); t != nil {
				c.barriers[rank] = t
			}
			if isQuay(n.Tags) {
				c.quays[rank] = true
			}
		})
		if err != nil {
			return err
		}
	}
	c.o.Progress.Report("progress.osm", 2*int64(len(files)), 2*int64(len(files)))
	return nil
}
