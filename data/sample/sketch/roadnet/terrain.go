package roadnet

import (
	"container/heap"
	"math"
	"slices"

	"lifecircle/data/sample/sketch/plane"
)

// terrain is the raster of an island that roads are laid on: how far the sea
// is, how densely people live, and where the invented hills are.
type terrain struct {
	ring       []plane.XY
	x0, y0     float64 // the south-west corner
	cols, rows int32
	shore      []float64 // km to the sea, 0 at sea
	built      []float64 // people per km2, blurred
	hill       []float64 // 0 flat .. 1 top
}

const (
	cellKM      = 0.05
	blurCells   = 4   // about 0.35 km in three passes
	hillsApart  = 1.1 // km between the places that noise is drawn for
	townDensity = 2400
)

func newTerrain(ring []plane.XY, spots []Spot) *terrain {
	low, high := plane.Bounds(ring)
	t := &terrain{ring: ring, x0: low[0] - 2*cellKM, y0: low[1] - 2*cellKM}
	t.cols, t.rows = int32((high[0]-t.x0)/cellKM)+3, int32((high[1]-t.y0)/cellKM)+3
	t.measureShore()
	t.built = make([]float64, len(t.shore))
	for _, s := range spots {
		t.built[t.cellAt(s.At)] += s.People / (cellKM * cellKM)
	}
	for range 3 {
		t.built = t.blurred(t.built)
	}
	t.raiseHills()
	return t
}

func (t *terrain) centre(c int32) plane.XY {
	return plane.XY{t.x0 + (float64(c%t.cols)+0.5)*cellKM, t.y0 + (float64(c/t.cols)+0.5)*cellKM}
}

// cellAt is the cell of a place, which is held within the raster.
func (t *terrain) cellAt(p plane.XY) int32 {
	col := min(max(int32((p[0]-t.x0)/cellKM), 0), t.cols-1)
	return min(max(int32((p[1]-t.y0)/cellKM), 0), t.rows-1)*t.cols + col
}

// measureShore finds the land row by row and its distance to the sea by two
// sweeps, which is a few per cent off aslant.
func (t *terrain) measureShore() {
	t.shore = make([]float64, t.cols*t.rows)
	for row := int32(1); row < t.rows-1; row++ {
		var cuts []float64
		y := t.centre(row * t.cols)[1]
		for i, a := range t.ring {
			if b := t.ring[(i+1)%len(t.ring)]; (a[1] > y) != (b[1] > y) {
				cuts = append(cuts, (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0])
			}
		}
		slices.Sort(cuts)
		for k := 0; k+1 < len(cuts); k += 2 {
			for c := t.cellAt(plane.XY{cuts[k], y}); t.centre(c)[0] < cuts[k+1]; c++ {
				if t.centre(c)[0] > cuts[k] {
					t.shore[c] = math.Inf(1)
				}
			}
		}
	}
	sweep := func(c int32, steps [4]int32) {
		for k, step := range steps {
			length := cellKM
			if k%2 == 1 {
				length *= math.Sqrt2
			}
			t.shore[c] = min(t.shore[c], t.shore[c+step]+length)
		}
	}
	for c := t.cols + 1; c < t.cols*(t.rows-1)-1; c++ {
		sweep(c, [4]int32{-1, -t.cols - 1, -t.cols, -t.cols + 1})
	}
	for c := t.cols*(t.rows-1) - 2; c > t.cols; c-- {
		sweep(c, [4]int32{1, t.cols + 1, t.cols, t.cols - 1})
	}
}

// blurred is the mean over a square.
func (t *terrain) blurred(v []float64) []float64 {
	for _, step := range []int32{1, t.cols} {
		out := make([]float64, len(v))
		for c := range v {
			for k := -blurCells * step; k <= blurCells*step; k += step {
				if at := int32(c) + k; at >= 0 && at < int32(len(v)) {
					out[c] += v[at] / (2*blurCells + 1)
				}
			}
		}
		v = out
	}
	return v
}

// raiseHills puts hills inland where nobody lives, uneven by noise.
func (t *terrain) raiseHills() {
	t.hill = make([]float64, len(t.shore))
	for c, shore := range t.shore {
		inland := min(1, shore/0.9)
		t.hill[c] = inland * (0.35 + 0.65*noise(t.centre(int32(c)))) / (1 + t.built[c]/700)
	}
}

// noise is a smooth surface between 0 and 1 over the whole drawing.
func noise(p plane.XY) float64 {
	x, y := p[0]/hillsApart, p[1]/hillsApart
	i, j := math.Floor(x), math.Floor(y)
	ease := func(v float64) float64 { return v * v * (3 - 2*v) }
	u, v := ease(x-i), ease(y-j)
	at := func(di, dj float64) float64 { return plane.Random(plane.Hash(plane.XY{i + di, j + dj}) + 77).Float64() }
	return (at(0, 0)*(1-u)+at(1, 0)*u)*(1-v) + (at(0, 1)*(1-u)+at(1, 1)*u)*v
}

// effort is what a road costs on a cell, 1 on good ground.
func (t *terrain) effort(c int32) float64 {
	e := 1 + 8*t.hill[c]*t.hill[c]
	switch {
	case t.shore[c] < 0.08:
		e += 20
	case t.shore[c] < 0.16:
		e += 2
	}
	return e
}

// moves are the steps of a way: to neighbours, and over their shoulders.
var moves = [16][2]int32{
	{1, 0},
	{0, 1},
	{-1, 0},
	{0, -1},
	{1, 1},
	{-1, 1},
	{-1, -1},
	{1, -1},
	{2, 1},
	{1, 2},
	{-1, 2},
	{-2, 1},
	{-2, -1},
	{-1, -2},
	{1, -2},
	{2, -1},
}

// way is the cheapest way over land from a cell to the first one that is a
// goal, both included; nil when there is none.
func (t *terrain) way(from int32, goal func(int32) bool, effort func(int32) float64) []int32 {
	cost, before := make([]float64, len(t.shore)), make([]int32, len(t.shore))
	for c := range cost {
		cost[c] = math.Inf(1)
	}
	cost[from], before[from] = 0, -1
	for open := (queue{{0, from}}); len(open) > 0; {
		at := heap.Pop(&open).(entry)
		if at.cost > cost[at.cell] {
			continue
		}
		if goal(at.cell) {
			var cells []int32
			for c := at.cell; c >= 0; c = before[c] {
				cells = append(cells, c)
			}
			slices.Reverse(cells)
			return cells
		}
		for _, m := range moves {
			c := at.cell + m[1]*t.cols + m[0]
			if !t.passes(at.cell, m) {
				continue
			}
			length := math.Hypot(float64(m[0]), float64(m[1]))
			if next := at.cost + length*(effort(at.cell)+effort(c))/2; next < cost[c] {
				cost[c], before[c] = next, at.cell
				heap.Push(&open, entry{next, c})
			}
		}
	}
	return nil
}

// passes reports whether a step ends on land and touches no cell at sea.
func (t *terrain) passes(from int32, m [2]int32) bool {
	land := func(dx, dy int32) bool { return t.shore[from+dy*t.cols+dx] > 0 }
	if !land(m[0], m[1]) {
		return false
	}
	if m[0]*m[1] == 0 || m[0]*m[0] == m[1]*m[1] {
		return true
	}
	return land(m[0]/2, m[1]/2) && land(m[0]-m[0]/2, m[1]-m[1]/2)
}

// entry is a cell to be looked at; cheaper ones come first, then lower ones.
type entry struct {
	cost float64
	cell int32
}

type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].cost < q[j].cost || q[i].cost == q[j].cost && q[i].cell < q[j].cell
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(e any)   { *q = append(*q, e.(entry)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}
