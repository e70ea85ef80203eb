package isochrone

import (
	"math/big"
	"sort"

	"github.com/paulmach/orb"
)

// The slow obvious form: what is inside is told point by point from the four
// centres around it, as the union of convex regions, with no lines traced.

// centre is a cell as the oracle sees it, one beyond the grid included.
type centre struct {
	number int64 // -1 beyond the grid
	timeMS uint32
	piece  int32
}

func (f Field) centreAt(col, row int32) centre {
	if col < 0 || row < 0 || col >= f.Grid.Cols || row >= f.Grid.Rows {
		return centre{-1, Never, 0}
	}
	c := centre{int64(row)*int64(f.Grid.Cols) + int64(col), 0, 0}
	c.timeMS = f.TimesMS[c.number]
	if f.Pieces != nil {
		c.piece = f.Pieces[c.number]
	}
	return c
}

// reach is how far the region of a reached cell goes towards a neighbour, in
// 1/65536 of a step, by the words of the package comment.
func reach(from, to centre, limit uint32) int64 {
	if to.timeMS == Never {
		return 1 << 15
	}
	if from.piece != to.piece {
		return 3 << 13
	}
	low, high := from, to
	if from.number > to.number {
		low, high = to, from
	}
	// The last place q for which the line of the time is not past the limit:
	// twice (low + (high-low) q/65536) against 2 limit + 1.
	t := int64(high.timeMS) - int64(low.timeMS)
	q := int64(sort.Search(1<<16, func(q int) bool {
		d := 2*(int64(low.timeMS)<<16+t*int64(q+1)) - (2*int64(limit)+1)<<16
		return t > 0 && d > 0 || t < 0 && d < 0
	}))
	q = min(max(q, 256), 1<<16-256)
	if from.number > to.number {
		q = 1<<16 - q
	}
	return q
}

// regions returns the convex counter-clockwise polygons of what is reached in
// the square whose upper left centre is that of (col, row); one cell is 1 wide.
func (f Field) regions(col, row int32, limit uint32) []orb.Ring {
	cols, rows := [4]int32{col, col, col + 1, col + 1}, [4]int32{row, row + 1, row + 1, row}
	var c [4]centre
	var at [4]orb.Point
	for k := range 4 {
		c[k] = f.centreAt(cols[k], rows[k])
		at[k] = orb.Point{float64(cols[k]) + 0.5, -float64(rows[k]) - 0.5}
	}
	in := func(k int) bool { return c[k].timeMS <= limit && c[k].timeMS != Never }
	hang := func(k, j int) bool { return in(k) && in(j) && c[k].piece == c[j].piece }
	group := [4]int{0, 1, 2, 3}
	merge := func(k, j int) {
		for i, old := range group {
			if old == group[j] {
				group[i] = group[k]
			}
		}
	}
	for range 2 {
		for k := range 4 {
			if j := (k + 1) % 4; hang(k, j) && group[k] != group[j] {
				merge(k, j)
			}
		}
	}
	var sum int64
	comparable := true
	for k := range 4 {
		sum += int64(c[k].timeMS)
		comparable = comparable && c[k].timeMS != Never && c[k].piece == c[0].piece
	}
	for k := range 2 {
		if in(k) && in(k+2) && !in(k+1) && !in((k+3)%4) && comparable && 2*sum <= 4*(2*int64(limit)+1) {
			merge(k, k+2)
		}
	}
	var out []orb.Ring
	for g := range 4 {
		var r orb.Ring
		for k := range 4 {
			j := (k + 1) % 4
			if group[k] == g && in(k) {
				r = append(r, at[k])
				if !hang(k, j) {
					r = append(r, between(at[k], at[j], reach(c[k], c[j], limit)))
				}
			}
			if group[j] == g && in(j) && !hang(k, j) {
				r = append(r, between(at[j], at[k], reach(c[j], c[k], limit)))
			}
		}
		if r != nil {
			out = append(out, r)
		}
	}
	return out
}

func between(a, b orb.Point, q int64) orb.Point {
	f := float64(q) / (1 << 16)
	return orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])}
}

// reached tells whether a point (one cell is 1 wide) is in what is reached: 1
// inside, 0 on a line, -1 outside.
func (f Field) reached(p orb.Point, limit uint32) int {
	best := -1
	col, row := floor(p[0]-0.5), floor(-p[1]-0.5)
	for _, r := range f.regions(col, row, limit) {
		side := 1
		for i, a := range r {
			side = min(side, turn(a, r[(i+1)%len(r)], p))
		}
		best = max(best, side)
	}
	return best
}

func floor(x float64) int32 {
	i := int32(x)
	if float64(i) > x {
		i--
	}
	return i
}

// turn is the sign of the turn from a over b to c: exact.
func turn(a, b, c orb.Point) int {
	l, r := (b[0]-a[0])*(c[1]-a[1]), (b[1]-a[1])*(c[0]-a[0])
	if d := l - r; d > 1e-12*(abs(l)+abs(r)) || d < -1e-12*(abs(l)+abs(r)) {
		if d > 0 {
			return 1
		}
		return -1
	}
	diff := func(x, y float64) *big.Float {
		return new(big.Float).SetPrec(2200).Sub(exact(x), exact(y))
	}
	mul := func(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(4400).Mul(x, y) }
	return mul(diff(b[0], a[0]), diff(c[1], a[1])).Cmp(mul(diff(b[1], a[1]), diff(c[0], a[0])))
}

func exact(x float64) *big.Float { return new(big.Float).SetPrec(2200).SetFloat64(x) }

func abs(x float64) float64 { return max(x, -x) }

// locate tells where a point is: 1 inside, 0 on a ring, -1 outside; exact.
func locate(m orb.MultiPolygon, p orb.Point) int {
	odd := false
	for _, polygon := range m {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if max(a[1], b[1]) < p[1] || min(a[1], b[1]) > p[1] || max(a[0], b[0]) < p[0] {
					continue
				}
				if min(a[0], b[0]) <= p[0] && turn(a, b, p) == 0 {
					return 0
				}
				if (a[1] > p[1]) != (b[1] > p[1]) && (turn(a, b, p) > 0) == (b[1] > a[1]) {
					odd = !odd
				}
			}
		}
	}
	if odd {
		return 1
	}
	return -1
}
