package road

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// Answer is what the nearest facilities cost, and who is beside the network.
type Answer struct {
	travel.Costs
	Demand     []search.Miss // by demand row
	Facilities []search.Miss // by facility
}

// Nearest finds the nearest facility of every demand row by cost, delays
// included; ties go to the lowest facility.
func (n *Network) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Answer, error) {
	sources, targets, err := n.Places(ctx, facilities, demand)
	if err != nil {
		return nil, err
	}
	return n.nearest(ctx, sources, targets, n.query(0, "progress.nearest", p))
}

// NearestWithin is Nearest within a limit (closed; 0 none) for some rows of a
// demand. They take their places from those that are kept of the demand, where
// facilities make no other streets count.
func (n *Network) NearestWithin(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Answer, error) {
	snapper, sources, err := n.anchor(ctx, facilities)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	targets := n.kept(snapper, demand)
	n.mu.Unlock()
	if targets != nil {
		targets = targets.Some(rows)
	} else {
		some := demand.Of(rows)
		if targets, err = snapper.Snap(ctx, search.Points{At: some.At, Land: some.Land}); err != nil {
			return nil, err
		}
	}
	return n.nearest(ctx, sources, targets, n.query(limit, "", nil))
}

func (n *Network) nearest(ctx context.Context, sources search.Sources, targets *search.Places, q search.Query) (*Answer, error) {
	a, err := search.Nearest(ctx, n.ways, sources, targets, q)
	if err != nil {
		return nil, err
	}
	return &Answer{travel.Costs{Cost: a.MS, Facility: a.Source}, targets.Miss, sources.Miss}, nil
}

// Matrix finds the costs between every facility and the demand rows within the
// limit (closed; 0 none), one search a facility. The demand is taken for one that
// nobody asks about again.
func (n *Network) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	sources, targets, err := n.PlacesAfresh(ctx, facilities, demand)
	if err != nil {
		return nil, err
	}
	return n.matrix(ctx, sources, targets, limit, p)
}

// Within is Matrix for a demand that is asked about again and again: its places
// are kept.
func (n *Network) Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error) {
	sources, targets, err := n.Places(ctx, facilities, demand)
	if err != nil {
		return nil, err
	}
	return n.matrix(ctx, sources, targets, limit, nil)
}

func (n *Network) matrix(ctx context.Context, sources search.Sources, targets *search.Places, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	t, err := search.Matrix(ctx, n.ways, sources, targets, n.query(limit, "progress.matrix", p))
	if err != nil {
		return nil, err
	}
	return &travel.Matrix{First: t.First, Row: t.Target, Cost: t.MS}, nil
}

// countAtOnce is how many facilities [Network.Count] searches for at a time: it
// bounds the memory for pairs.
const countAtOnce = 256

// Count counts for every demand row the facilities within limit[class[i]] (closed;
// 0 for a class without a rule), at most 65535.
func (n *Network) Count(ctx context.Context, facilities, demand travel.Points, limit []uint32, class []uint8, p coverage.Progress) ([]uint16, error) {
	out := make([]uint16, len(demand.At))
	for lo := 0; lo < len(facilities.At); lo += countAtOnce {
		hi := min(lo+countAtOnce, len(facilities.At))
		m, err := n.Within(ctx, facilities.Part(lo, hi), demand, slices.Max(limit))
		if err != nil {
			return nil, err
		}
		for k, row := range m.Row {
			if m.Cost[k] <= limit[class[row]] && out[row] < 65535 {
				out[row]++
			}
		}
		p.Report("progress.within", int64(hi), int64(len(facilities.At)))
	}
	return out, nil
}

// Reach is the cost between one place and each of many, [coverage.Never] beyond
// the limit.
func (n *Network) Reach(ctx context.Context, from orb.Point, fromLand int32, to travel.Points, limit uint32) (*Answer, error) {
	one := travel.Points{At: []orb.Point{from}, Land: []int32{fromLand}}
	sources, targets, err := n.PlacesAfresh(ctx, one, to)
	if err != nil {
		return nil, err
	}
	return n.nearest(ctx, sources, targets, n.query(limit, "", nil))
}

// Route finds the way between a place and its nearest facility, in the direction
// of travel; nil when there is none. miss says why the place itself is not on
// the network.
func (n *Network) Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (path *search.Path, miss search.Miss, err error) {
	snapper, anchored, err := search.NewSnapper(ctx, n.ways, search.Points{At: facilities.At, Land: facilities.Land}, n.land, n.snap)
	if err != nil {
		return nil, 0, err
	}
	target, err := snapper.Snap(ctx, search.Points{At: []orb.Point{at}, Land: []int32{land}})
	if err != nil {
		return nil, 0, err
	}
	if target.Miss[0] != search.Found {
		return nil, target.Miss[0], nil
	}
	sources := search.Sources{Places: anchored, DelayMS: n.delays(facilities)}
	path, ok, err := search.Route(ctx, n.ways, sources, target, at, facilities.At, n.query(0, "", nil))
	if err != nil || !ok {
		return nil, 0, err
	}
	return path, 0, nil
}

// Extent is a box around the streets and boats that are reached from a place
// within the limit; ok is false when the place is beside the network.
func (n *Network) Extent(ctx context.Context, from orb.Point, land int32, limit uint32) (box orb.Bound, ok bool, err error) {
	_, anchored, err := search.NewSnapper(ctx, n.ways, search.Points{At: []orb.Point{from}, Land: []int32{land}}, n.land, n.snap)
	if err != nil || anchored.Miss[0] != search.Found {
		return box, false, err
	}
	edges, err := search.Reached(ctx, n.ways, search.Sources{Places: anchored}, n.query(limit, "", nil))
	box = from.Bound()
	for _, edge := range edges {
		for _, at := range n.ways.Graph().Line(edge) {
			box = box.Extend(orb.Point{from[0] + math.Remainder(at[0]-from[0], 360), at[1]}) // over the antimeridian too
		}
	}
	return box, true, err
}

// LimitM is the longest walk to a street.
func (n *Network) LimitM() float64 {
	if n.snap.LimitM > 0 {
		return n.snap.LimitM
	}
	return search.LimitM
}

// Ways are the roads as they are searched.
func (n *Network) Ways() *search.Ways { return n.ways }

func (n *Network) query(limit uint32, stage string, p coverage.Progress) search.Query {
	q := search.Query{Toward: n.toward, LimitMS: limit}
	if p != nil {
		q.Progress = func(done, total int64) { p(stage, done, total) }
	}
	return q
}

// Toward reports whether the journey is to the facilities.
func (n *Network) Toward() bool { return n.toward }

// Places brings facilities and demand to the streets. The demand's places are
// kept for the next question; those of a small part do not push them out.
func (n *Network) Places(ctx context.Context, facilities, demand travel.Points) (search.Sources, *search.Places, error) {
	snapper, sources, err := n.anchor(ctx, facilities)
	if err != nil {
		return sources, nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if places := n.kept(snapper, demand); places != nil {
		return sources, places, nil
	}
	places, err := snapper.Snap(ctx, search.Points{At: demand.At, Land: demand.Land})
	if err == nil && 2*len(demand.At) >= len(n.last.at) {
		n.last = snapped{snapper, demand.At, demand.Land, places}
	}
	return sources, places, err
}

// PlacesAfresh is Places for a demand that nobody asks about again, unless it is
// the one whose places are kept.
func (n *Network) PlacesAfresh(ctx context.Context, facilities, demand travel.Points) (search.Sources, *search.Places, error) {
	snapper, sources, err := n.anchor(ctx, facilities)
	if err != nil {
		return sources, nil, err
	}
	n.mu.Lock()
	places := n.kept(snapper, demand)
	n.mu.Unlock()
	if places == nil {
		places, err = snapper.Snap(ctx, search.Points{At: demand.At, Land: demand.Land})
	}
	return sources, places, err
}

// anchor brings facilities to the streets.
func (n *Network) anchor(ctx context.Context, facilities travel.Points) (*search.Snapper, search.Sources, error) {
	snapper, anchored, err := search.NewSnapper(ctx, n.ways, search.Points{At: facilities.At, Land: facilities.Land}, n.land, n.snap)
	return snapper, search.Sources{Places: anchored, DelayMS: n.delays(facilities)}, err
}

// kept is the kept places of a demand, nil when there are none. The lock is held.
func (n *Network) kept(by *search.Snapper, demand travel.Points) *search.Places {
	l := n.last
	if l.by == nil || !same(l.at, demand.At) || !same(l.land, demand.Land) || !l.by.Agrees(by) {
		return nil
	}
	return l.places
}

// delays are those of the facilities; a distance has none.
func (n *Network) delays(facilities travel.Points) []uint32 {
	if n.metres {
		return nil
	}
	return facilities.DelayMS
}

// same reports whether two columns are one and the same.
func same[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
