package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// span is a rectangle of rows and columns, half open.
type span struct{ r0, c0, r1, c1 int64 }

// cellsUnder returns the cells that a window of the unit square may touch, when
// the grid is moved shift worlds to the east.
func (p *Pyramid) cellsUnder(w window, shift float64) (span, bool) {
	w.x0, w.x1 = w.x0-shift, w.x1-shift
	w = w.intersect(p.extent)
	if w.empty() {
		return span{}, false
	}
	low, high := p.gridBound(w)
	s := p.spec
	out := span{
		r0: clampFloor((s.Y0-high[1])/s.DY, s.Rows), r1: clampFloor((s.Y0-low[1])/s.DY, s.Rows) + 1,
		c0: clampFloor((low[0]-s.X0)/s.DX, s.Cols), c1: clampFloor((high[0]-s.X0)/s.DX, s.Cols) + 1,
	}
	out.r1, out.c1 = min(out.r1, int64(s.Rows)), min(out.c1, int64(s.Cols))
	return out, true
}

func clampFloor(v float64, n int32) int64 {
	return int64(math.Floor(min(max(v, 0), float64(n))))
}

// gridBound is the bound, in the grid's coordinates, of a window of the unit
// square that lies about the grid.
func (p *Pyramid) gridBound(w window) (low, high orb.Point) {
	if p.proj.isDegrees() {
		return LonLat(w.x0, w.y1), LonLat(w.x1, w.y0)
	}
	low, high = orb.Point{math.Inf(1), math.Inf(1)}, orb.Point{math.Inf(-1), math.Inf(-1)}
	for i := 0; i <= samples; i++ {
		for j := 0; j <= samples; j++ {
			x := w.x0 + (w.x1-w.x0)*float64(i)/samples
			y := w.y0 + (w.y1-w.y0)*float64(j)/samples
			at := p.proj.FromWGS84(LonLat(x, y))
			low = orb.Point{min(low[0], at[0]), min(low[1], at[1])}
			high = orb.Point{max(high[0], at[0]), max(high[1], at[1])}
		}
	}
	// A side may bulge between samples, by far less than a stretch of it.
	mx := (high[0]-low[0])/samples + p.spec.DX
	my := (high[1]-low[1])/samples + p.spec.DY
	return orb.Point{low[0] - mx, low[1] - my}, orb.Point{high[0] + mx, high[1] + my}
}

// stride is how many blocks apart the corners are that are really projected;
// those between are interpolated, on the ground to a metre or so.
const stride = 8

// corners places the corners of blocks in a tile.
type corners struct {
	p        *Pyramid
	f        frame
	shift    float64
	k        int
	straight bool
	at       span         // of blocks
	xs, ys   []float64    // by column and by row, when they are straight
	first    [2]int64     // row and column of the first projected corner, in strides
	cols     int64        // projected corners a row
	sampled  [][2]float64 // when rows and columns are not straight
	few      bool         // too few blocks to interpolate
}

func (p *Pyramid) corners(t ID, k int, at span, shift float64) *corners {
	c := &corners{p: p, f: t.frame(), shift: shift, k: k, at: at, straight: p.proj.isDegrees()}
	c.few = int64(max(p.spec.Cols, p.spec.Rows))>>k < 2*stride
	switch {
	case c.straight:
		for col := at.c0; col <= at.c1; col++ {
			c.xs = append(c.xs, c.exact(0, c.cells(col, p.spec.Cols))[0])
		}
		for row := at.r0; row <= at.r1; row++ {
			c.ys = append(c.ys, c.exact(c.cells(row, p.spec.Rows), 0)[1])
		}
	case !c.few:
		c.sample()
	}
	return c
}

// sample projects every stride-th corner. Which ones depends on the grid alone,
// so that neighbouring tiles agree.
func (c *corners) sample() {
	c.first = [2]int64{c.at.r0 / stride, c.at.c0 / stride}
	rows := c.at.r1/stride - c.first[0] + 2
	c.cols = c.at.c1/stride - c.first[1] + 2
	for r := range rows {
		for col := range c.cols {
			c.sampled = append(c.sampled, c.exact(
				float64((c.first[0]+r)*stride<<c.k), float64((c.first[1]+col)*stride<<c.k)))
		}
	}
}

// cells is where block i of a row or column of n cells begins, in cells.
func (c *corners) cells(i int64, n int32) float64 { return float64(min(i<<c.k, int64(n))) }

// exact places a corner counted in cells from the top left of the grid.
func (c *corners) exact(row, col float64) [2]float64 {
	x, y := c.p.world(row, col)
	return c.f.units(x+c.shift, y)
}

// corner returns the corner at the top left of block (row, col), in tile units.
func (c *corners) corner(row, col int64) [2]float64 {
	if c.straight {
		return [2]float64{c.xs[col-c.at.c0], c.ys[row-c.at.r0]}
	}
	r, l := c.cells(row, c.p.spec.Rows), c.cells(col, c.p.spec.Cols)
	if c.few {
		return c.exact(r, l)
	}
	step := float64(int64(stride) << c.k)
	i, j := row/stride, col/stride
	fr, fc := r/step-float64(i), l/step-float64(j)
	n := (i-c.first[0])*c.cols + j - c.first[1]
	a, b, d, e := c.sampled[n], c.sampled[n+1], c.sampled[n+c.cols], c.sampled[n+c.cols+1]
	return [2]float64{
		(a[0]*(1-fc)+b[0]*fc)*(1-fr) + (d[0]*(1-fc)+e[0]*fc)*fr,
		(a[1]*(1-fc)+b[1]*fc)*(1-fr) + (d[1]*(1-fc)+e[1]*fc)*fr,
	}
}

// outline returns the ring of block (row, col) cut to the tile and its buffer,
// nil when the block does not reach into the tile itself.
func (c *corners) outline(row, col int64, buf [][2]int32) [][2]int32 {
	a, b := c.corner(row, col), c.corner(row, col+1)
	d, e := c.corner(row+1, col+1), c.corner(row+1, col)
	if !c.straight {
		return quad([4][2]float64{a, b, d, e}, buf)
	}
	return rectangle(a, d, buf)
}
