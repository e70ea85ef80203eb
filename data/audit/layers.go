package audit

import (
	"math"

	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// samples is how many places a layer is tried at.
const samples = 50_000

// Shares are what another reading of a layer changes: the share of ground, or
// of people, that does not lie where it should.
type Shares struct {
	Reading       Reading
	Other         bool    // the reading is of the outer layer, not of the inner one
	Before, After float64 // 0..1
	KM2           float64 // about, of what was tried
}

// A reading is told when at least minOutside lies outside as declared, and
// either at most half of that in the other reading, or at most fewer of it and
// the other reading is where the two fit best: most of a shift further in any of
// eight directions more lies outside. The second rule tells coarse coasts and
// borders of another year, which never fit, from a shift: they fit best unmoved.
const (
	minOutside = 0.001
	half       = 0.5
	fewer      = 0.9
	further    = 0.75 // of the shift
	flat       = 0.97 // less than this part of it only counts as less
)

// fewestPlaces is how many places at least have to be outside as declared. On a
// coarse grid only the cells along a coast can be, and neighbours change sides
// together, in runs of three or so: thirty are like ten throws of a coin, of which
// all fall on one side once in a thousand times. Ten cells of a kilometre of which
// two are left would be three throws, and some reading of several does that by
// chance.
const fewestPlaces = 30

// Layer is polygons in WGS 84, and the system that they were declared in.
type Layer struct {
	Polygons []orb.MultiPolygon
	CRS      crs.CRS
}

// Misfit looks whether two layers that show the same ground - zones and the
// zones above them, or zones and the land - agree much better when one of the
// two is read in another system. Ground of an inner polygon should lie in the
// outer polygon that holds most of it; ground of an outer polygon that lies
// mostly in one inner polygon should lie there.
func Misfit(inner, outer Layer) (Shares, bool) {
	in, out := newGround(inner), newGround(outer)
	fore, aft := in.against(out, 0.5, false), out.against(in, 0.7, true)
	if len(fore.at) == 0 {
		return Shares{}, false
	}
	p := pair{fore, aft}
	best, found := p.try(inner.CRS, func(r Reading, q orb.Point) orb.Point { return r.ToWGS84(inner.CRS.FromWGS84(q)) },
		func(r Reading, q orb.Point) orb.Point { return inner.CRS.ToWGS84(r.Back(q)) })
	other, ok := p.try(outer.CRS, func(r Reading, q orb.Point) orb.Point { return outer.CRS.ToWGS84(r.Back(q)) },
		func(r Reading, q orb.Point) orb.Point { return r.ToWGS84(outer.CRS.FromWGS84(q)) })
	if ok && (!found || other.After < best.After) {
		best, found = other, true
		best.Other = true
	}
	for _, mp := range inner.Polygons {
		best.KM2 += geodesy.MultiArea(mp) / 1e6
	}
	return best, found
}

// Outside looks whether places with a weight (people) lie inside polygons much
// better when the polygons, declared in a system, are read in another one.
func Outside(at []orb.Point, weight []float64, index *zonal.Index, declared crs.CRS) (Shares, bool) {
	return pair{fore: trial{at: at, weight: weight, index: index}}.try(declared,
		func(r Reading, q orb.Point) orb.Point { return declared.ToWGS84(r.Back(q)) }, nil)
}

// ground is a layer with places spread over it.
type ground struct {
	index *zonal.Index
	at    []orb.Point
	of    []int32 // the polygon of each place
	n     int     // polygons
}

func newGround(l Layer) *ground {
	g := &ground{index: zonal.New(l.Polygons), n: len(l.Polygons)}
	for _, p := range places(l.Polygons) {
		g.at, g.of = append(g.at, p), append(g.of, g.index.Find(p))
	}
	return g
}

// against finds where the places of g should lie in o: in the polygon that
// holds more than a part (at least half) of their own one. Places without such
// a polygon are left out; when those are most, any polygon will do, unless
// strict.
func (g *ground) against(o *ground, most float64, strict bool) trial {
	count, size := map[[2]int32]int{}, make([]int, g.n)
	for i, p := range g.at {
		size[g.of[i]]++
		count[[2]int32{g.of[i], o.index.Find(p)}]++
	}
	partner := make([]int32, g.n)
	for i := range partner {
		partner[i] = -1
	}
	for k, n := range count {
		if float64(n) > most*float64(size[k[0]]) { // true of one at most
			partner[k[0]] = k[1]
		}
	}
	t := trial{index: o.index}
	for i, p := range g.at {
		if k := partner[g.of[i]]; k >= 0 {
			t.at, t.want = append(t.at, p), append(t.want, k)
		}
	}
	if !strict && 2*len(t.at) < len(g.at) {
		t.at, t.want = g.at, nil
	}
	return t
}

// trial is places with their weights, and where they should lie.
type trial struct {
	at     []orb.Point
	weight []float64 // nil: one each
	index  *zonal.Index
	want   []int32 // nil: any polygon
}

// misplaced is the weight of the places that do not lie where they should once
// they are moved, and that of all; one place of every step is tried.
func (t trial) misplaced(move func(orb.Point) orb.Point, step int) (out, all float64) {
	for i := 0; i < len(t.at); i += step {
		p := t.at[i]
		w := 1.0
		if t.weight != nil {
			w = t.weight[i]
		}
		all += w
		if t.isOut(i, move(p)) {
			out += w
		}
	}
	return out, all
}

// isOut reports whether a place, moved to q, does not lie where it should.
func (t trial) isOut(i int, q orb.Point) bool {
	k := int32(-1)
	if good(q) {
		k = t.index.Find(q)
	}
	return k < 0 || t.want != nil && k != t.want[i]
}

// changes adds to before the places that are misplaced as they are, to gained
// those of them that are not once they are moved, and to lost those that only
// then are.
func (t trial) changes(move func(orb.Point) orb.Point, before, gained, lost *int) {
	for i, p := range t.at {
		was, is := t.isOut(i, p), t.isOut(i, move(p))
		if was {
			*before++
		}
		if was && !is {
			*gained++
		}
		if is && !was {
			*lost++
		}
	}
}

// pair is the places of one layer held against the other, and the other way
// round; aft may be empty.
type pair struct{ fore, aft trial }

func (p pair) share(fore, aft func(orb.Point) orb.Point, step int) float64 {
	out, all := p.fore.misplaced(fore, step)
	if len(p.aft.at) > 0 {
		o, a := p.aft.misplaced(aft, step)
		out, all = out+o, all+a
	}
	return out / all
}

// roughly is the part of the places by which the best reading is chosen.
const roughly = 8

type mover func(Reading, orb.Point) orb.Point

// try holds every reading of a system against the declared one. fore moves the
// places of fore as the reading says, aft those of aft the opposite way.
func (p pair) try(declared crs.CRS, fore, aft mover) (Shares, bool) {
	stay := func(q orb.Point) orb.Point { return q }
	best := Shares{Before: p.share(stay, stay, 1), After: math.Inf(1)}
	if !(best.Before >= minOutside) {
		return best, false
	}
	readings := Readings(declared)
	for _, r := range readings {
		s := p.share(func(q orb.Point) orb.Point { return fore(r, q) }, func(q orb.Point) orb.Point { return aft(r, q) }, roughly)
		if s < best.After {
			best.Reading, best.After = r, s
		}
	}
	r := best.Reading
	here, there := func(q orb.Point) orb.Point { return fore(r, q) }, func(q orb.Point) orb.Point { return aft(r, q) }
	best.After = p.share(here, there, 1)
	if best.After > fewer*best.Before || p.byChance(here, there, len(readings)) {
		return best, false
	}
	return best, best.After <= half*best.Before || p.lowest(best, fore, aft)
}

// byChance reports whether so few places are misplaced, or so few more are put
// right than wrong by the best of some readings, that it says nothing. Places are
// counted here whatever weight they have.
func (p pair) byChance(fore, aft func(orb.Point) orb.Point, readings int) bool {
	var before, gained, lost int
	p.fore.changes(fore, &before, &gained, &lost)
	p.aft.changes(aft, &before, &gained, &lost)
	return before < fewestPlaces || signTest(gained, lost) >= unlikely/float64(readings)
}

// lowest reports whether a reading misplaces less than its places moved most of
// the shift further in each of eight directions.
func (p pair) lowest(s Shares, fore, aft mover) bool {
	at := p.fore.at[len(p.fore.at)/2]
	to := fore(s.Reading, at)
	squeeze := math.Cos(at[1] * math.Pi / 180)
	step := further * math.Hypot((to[0]-at[0])*squeeze, to[1]-at[1])
	for k := range 8 {
		sin, cos := math.Sincos(float64(k) * math.Pi / 4)
		dx, dy := step*cos/squeeze, step*sin
		share := p.share(
			func(q orb.Point) orb.Point { q = fore(s.Reading, q); return orb.Point{q[0] + dx, q[1] + dy} },
			func(q orb.Point) orb.Point { q = aft(s.Reading, q); return orb.Point{q[0] - dx, q[1] - dy} }, 1)
		if share < flat*s.After {
			return false
		}
	}
	return true
}

// places are evenly spread over polygons, a square pattern in degrees.
func places(polygons []orb.MultiPolygon) []orb.Point {
	spec := specOver(polygons, samples)
	if spec.IsZero() {
		return nil
	}
	index := zonal.New(polygons)
	var at []orb.Point
	for cell := range spec.Cells() {
		x, y := spec.Centre(int32(cell))
		if p := (orb.Point{x, y}); index.Find(p) >= 0 {
			at = append(at, p)
		}
	}
	return at
}
