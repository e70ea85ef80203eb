package travel

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// lattice is the number of sample points along a side of a cell.
const lattice = 16

// WithinShare returns, for every demand row, the share (0..1) of its cell that
// lies within radiusM[class[i]] metres (closed) of any facility that may serve
// it. The cell of row i is the quadrangle corners(i), corners in order around
// it; the share is that of the 16 x 16 points in the middles of its 16 x 16
// parts (bilinear in longitude and latitude). near are the answers of
// [Line.Nearest] for the same demand: a cell that they put wholly inside or
// outside is not sampled. A negative radius leaves 0, and so does a row without
// a nearest facility. A cell with a corner that is not finite is served or not
// by its row's own place. corners is called from several goroutines.
func (l *Line) WithinShare(ctx context.Context, demand Points, near Nearest, radiusM []float64, class []uint8, corners func(i int) [4]orb.Point, p coverage.Progress) ([]float32, error) {
	if err := checkClasses(len(demand.At), radiusM, class); err != nil {
		return nil, err
	}
	if len(near.Metres) != len(demand.At) {
		return nil, columnError("near", len(near.Metres), len(demand.At))
	}
	out := make([]float32, len(demand.At))
	err := l.run(ctx, demand, class, p, "progress.share", func(w *worker, g *group) {
		s := shareSolver{w: w, tree: g.tree, radius: radiusM[g.class]}
		s.inside, s.outside = geodesy.ChordRange(s.radius)
		for i := range g.rows {
			r := &g.rows[i]
			out[r.id] = s.share(r.at, demand.At[r.id], near.Metres[r.id], corners(int(r.id)))
		}
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// shareSolver measures cells of one group.
type shareSolver struct {
	w               *worker
	tree            *tree
	radius          float64
	inside, outside float64 // chords between which only the geodesic decides
	cell            [4]orb.Point
}

// share measures one cell. Every point of it is within reach metres of its own
// place, a chord through the Earth.
func (s *shareSolver) share(at geodesy.Vec, p orb.Point, near float64, cell [4]orb.Point) float32 {
	if s.radius < 0 || math.IsInf(near, 1) || math.IsNaN(near) {
		return 0
	}
	reach := 0.0
	for _, c := range cell {
		reach = math.Max(reach, geodesy.Metres(at, geodesy.ECEF(c)))
	}
	if math.IsNaN(reach) || reach == 0 {
		return map[bool]float32{true: 1}[near <= s.radius]
	}
	reach *= 1.01 // sides along parallels bulge a little
	if near+reach <= s.radius {
		return 1
	}
	if near-reach > s.radius {
		return 0
	}
	_, s.w.slots = s.tree.packed.Shell(at, -1, s.outside+reach, nil, s.w.slots[:0])
	for i, c := range cell { // continuous around the row's place
		s.cell[i] = orb.Point{p[0] + math.Remainder(c[0]-p[0], 360), c[1]}
	}
	return float32(s.count(0, 0, lattice, s.w.slots)) / (lattice * lattice)
}

// count counts the covered points of a square part of the lattice, side points
// wide, by halving it until one facility covers it, or none does.
func (s *shareSolver) count(i, j, side int, slots []int32) int {
	if len(slots) == 0 {
		return 0
	}
	middle := s.at(float64(i)+float64(side)/2, float64(j)+float64(side)/2)
	if side == 1 {
		return s.covered(middle, slots)
	}
	reach := 0.0
	for _, c := range [4][2]int{{0, 0}, {0, side}, {side, side}, {side, 0}} {
		reach = math.Max(reach, chord(middle, s.at(float64(i+c[0]), float64(j+c[1]))))
	}
	reach *= 1.01
	top := len(s.w.slots)
	for _, slot := range slots {
		d := chord(middle, s.tree.packed.At(slot))
		if d+reach <= s.inside {
			s.w.slots = s.w.slots[:top]
			return side * side
		}
		if d-reach <= s.outside {
			s.w.slots = append(s.w.slots, slot)
		}
	}
	some, half := s.w.slots[top:], side/2
	n := s.count(i, j, half, some) + s.count(i+half, j, half, some) +
		s.count(i, j+half, half, some) + s.count(i+half, j+half, half, some)
	s.w.slots = s.w.slots[:top]
	return n
}

// covered is 1 when a point is within the radius of a facility, else 0.
func (s *shareSolver) covered(at geodesy.Vec, slots []int32) int {
	for _, slot := range slots {
		f := s.tree.packed.At(slot)
		if d := chord(at, f); d <= s.inside || d <= s.outside && geodesy.Metres(at, f) <= s.radius {
			return 1
		}
	}
	return 0
}

// at returns the point of the cell at x, y in 0..16, bilinear between corners.
func (s *shareSolver) at(x, y float64) geodesy.Vec {
	x, y = x/lattice, y/lattice
	var p orb.Point
	for k := range p {
		low := s.cell[0][k] + (s.cell[1][k]-s.cell[0][k])*x
		high := s.cell[3][k] + (s.cell[2][k]-s.cell[3][k])*x
		p[k] = low + (high-low)*y
	}
	return geodesy.ECEF(p)
}

func chord(p, q geodesy.Vec) float64 {
	d := p.Sub(q)
	return math.Sqrt(d.Dot(d))
}
