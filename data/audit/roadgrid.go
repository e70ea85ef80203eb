package audit

import (
	"iter"
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// bin is a square of at least binM; rings of them around a place reach to
// roadCapM.
type bin [2]int32

const (
	rings     = 5
	binM      = roadCapM / rings
	binLatDeg = binM / 110_500 // a degree of latitude is nowhere shorter
)

// roadGrid finds the pieces of streets near to some places. Roads far from all of
// them take no memory.
type roadGrid struct {
	lonDeg float64      // width of a bin, binM or more at every place
	near   map[bin]bool // squares of rings x rings bins that have or touch one with a place
	pieces map[bin][][2]orb.Point
}

func (g *roadGrid) binOf(p orb.Point) bin {
	return bin{int32(math.Floor(p[0] / g.lonDeg)), int32(math.Floor(p[1] / binLatDeg))}
}

// square is that of a bin.
func square(b bin) bin {
	down := func(v int32) int32 { return int32(math.Floor(float64(v) / rings)) }
	return bin{down(b[0]), down(b[1])}
}

// distances are those of every place of every set to the nearest road, at most
// roadCapM; of a place that is nowhere, roadCapM.
func distances(sets [][]orb.Point, roads iter.Seq2[orb.Point, orb.Point]) [][]float64 {
	g := newRoadGrid(sets)
	for a, b := range roads {
		g.add(a, b)
	}
	out := make([][]float64, len(sets))
	for k, set := range sets {
		out[k] = make([]float64, len(set))
		for i, p := range set {
			out[k][i] = g.nearest(p)
		}
	}
	return out
}

const polar = 85.0 // beyond this latitude nothing is looked for

func newRoadGrid(sets [][]orb.Point) *roadGrid {
	north := 0.0
	for _, set := range sets {
		for _, p := range set {
			if good(p) && math.Abs(p[1]) < polar {
				north = max(north, math.Abs(p[1]))
			}
		}
	}
	g := &roadGrid{lonDeg: binLatDeg / math.Cos((north+0.1)*math.Pi/180), near: map[bin]bool{}, pieces: map[bin][][2]orb.Point{}}
	for _, set := range sets {
		for _, p := range set {
			if !good(p) || math.Abs(p[1]) >= polar {
				continue
			}
			b := square(g.binOf(p))
			for dx := int32(-1); dx <= 1; dx++ {
				for dy := int32(-1); dy <= 1; dy++ {
					g.near[bin{b[0] + dx, b[1] + dy}] = true
				}
			}
		}
	}
	return g
}

// longest is how many bins a piece may span; longer ones, and those over the
// antimeridian, are left out.
const longest = 1000

// add puts a piece of a street into the bins of its bounds that are near to a
// place.
func (g *roadGrid) add(a, b orb.Point) {
	low := g.binOf(orb.Point{min(a[0], b[0]), min(a[1], b[1])})
	high := g.binOf(orb.Point{max(a[0], b[0]), max(a[1], b[1])})
	if high[0]-low[0] > longest || high[1]-low[1] > longest {
		return
	}
	for x := low[0]; x <= high[0]; x++ {
		for y := low[1]; y <= high[1]; y++ {
			if k := (bin{x, y}); g.near[square(k)] {
				g.pieces[k] = append(g.pieces[k], [2]orb.Point{a, b})
			}
		}
	}
}

// nearest looks ring by ring: what lies in the next one is at least as many bins
// off as there were rings.
func (g *roadGrid) nearest(p orb.Point) float64 {
	if !good(p) || math.Abs(p[1]) >= polar {
		return roadCapM
	}
	f, at, best := geodesy.NewFrame(p), g.binOf(p), roadCapM
	for r := int32(0); r <= rings && best > float64(r-1)*binM; r++ {
		for dx := -r; dx <= r; dx++ {
			step := int32(1)
			if dx > -r && dx < r {
				step = 2 * r // the ring only, not what it holds
			}
			for dy := -r; dy <= r; dy += max(step, 1) {
				for _, s := range g.pieces[bin{at[0] + dx, at[1] + dy}] {
					best = min(best, fromOrigin(f, s[0], s[1]))
				}
			}
		}
	}
	return best
}

// fromOrigin is how far the origin of a frame is from a straight piece, in
// metres.
func fromOrigin(f geodesy.Frame, a, b orb.Point) float64 {
	ax, ay := f.ToMetres(a)
	bx, by := f.ToMetres(b)
	dx, dy := bx-ax, by-ay
	t := 0.0
	if d := dx*dx + dy*dy; d > 0 {
		t = max(0, min(1, -(ax*dx+ay*dy)/d))
	}
	return math.Hypot(ax+t*dx, ay+t*dy)
}
