package friction

import (
	"container/heap"
	"context"
	"math"
	"math/rand"

	"github.com/paulmach/orb"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"
)

// item waits in the judge's heap: by time, then source.
type item struct {
	ms     int64
	source int32
	row    int
	col    int
}

type queue []item

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].ms < q[j].ms || q[i].ms == q[j].ms && q[i].source < q[j].source
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(item)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// judge is the search as it stands in the books, over a heap, each step worked
// out by itself from the words of the package documentation.
type judge struct {
	*Surface
	o Options
}

func (j judge) pace(row, col int) float64 {
	if row < 0 || col < 0 || row >= int(j.Grid.Rows) || col >= int(j.Grid.Cols) {
		return math.Inf(1)
	}
	if f := float64(j.Seconds[row*int(j.Grid.Cols)+col]); !math.IsNaN(f) {
		return f
	}
	return math.Inf(1)
}

func (j judge) metres(r, c, r2, c2 int) float64 {
	if j.Grid.CRS == "EPSG:4326" {
		at := func(r, c int) orb.Point {
			return orb.Point{j.Grid.X0 + (float64(c)+0.5)*j.Grid.DX, j.Grid.Y0 - (float64(r)+0.5)*j.Grid.DY}
		}
		return geodesy.Distance(at(r, c), at(r2, c2))
	}
	return math.Hypot(float64(c2-c)*j.Grid.DX, float64(r2-r)*j.Grid.DY)
}

// ms is the time of a step, -1 when it is refused.
func (j judge) ms(r, c, r2, c2 int) int64 {
	sum, metres, factor := 0.0, j.metres(r, c, r2, c2), 1.0
	if j.o.Slope != nil && j.Heights != nil {
		rise := float64(j.Heights[r2*int(j.Grid.Cols)+c2]) - float64(j.Heights[r*int(j.Grid.Cols)+c])
		if j.o.Toward {
			rise *= -1
		}
		factor = j.o.Slope.Factor(rise / metres)
	}
	cells, crossed := [4][2]int{{r, c}, {r2, c2}}, 2
	dr, dc := r2-r, c2-c
	switch {
	case dr*dr == 4:
		cells[2], cells[3], crossed = [2]int{r + dr/2, c}, [2]int{r + dr/2, c2}, 4
	case dc*dc == 4:
		cells[2], cells[3], crossed = [2]int{r, c + dc/2}, [2]int{r2, c + dc/2}, 4
	case dr*dr == 1 && dc*dc == 1 && !j.o.CutCorners:
		if math.IsInf(j.pace(r, c2), 1) && math.IsInf(j.pace(r2, c), 1) {
			return -1
		}
	}
	for _, k := range cells[:crossed] {
		f := j.pace(k[0], k[1])
		if math.IsInf(f, 1) {
			return -1
		}
		if j.Level == nil || !j.Level[k[0]*int(j.Grid.Cols)+k[1]] {
			f *= factor
		}
		sum += f
	}
	return max(int64(math.Floor(sum*(1000*metres/float64(crossed))+0.5)), 1)
}

// nearest settles cells in order of time and source. A cell waits in the heap
// once for each time that it was found better.
func (j judge) nearest(sources []Source) ([]uint32, []int32) {
	n, cols := len(j.Seconds), int(j.Grid.Cols)
	ms, from := make([]uint32, n), make([]int32, n)
	for i := range ms {
		ms[i], from[i] = Never, -1
	}
	limit := int64(j.o.LimitMS)
	if limit == 0 {
		limit = MaxMS
	}
	reach := 1
	if j.o.Neighbours == 16 {
		reach = 2
	}
	var q queue
	offer := func(x item) {
		cell := x.row*cols + x.col
		if x.ms <= limit && (x.ms < int64(ms[cell]) || x.ms == int64(ms[cell]) && x.source < from[cell]) {
			ms[cell], from[cell] = uint32(x.ms), x.source
			heap.Push(&q, x)
		}
	}
	for i, s := range sources {
		if row, col := int(s.Cell)/cols, int(s.Cell)%cols; !math.IsInf(j.pace(row, col), 1) {
			offer(item{int64(s.StartMS), int32(i), row, col})
		}
	}
	for q.Len() > 0 {
		x := heap.Pop(&q).(item)
		if cell := x.row*cols + x.col; int64(ms[cell]) != x.ms || from[cell] != x.source {
			continue
		}
		for dr := -reach; dr <= reach; dr++ {
			for dc := -reach; dc <= reach; dc++ {
				long := dr*dr + dc*dc
				if long == 0 || long == 4 || long == 8 || math.IsInf(j.pace(x.row+dr, x.col+dc), 1) {
					continue
				}
				if step := j.ms(x.row, x.col, x.row+dr, x.col+dc); step >= 0 {
					offer(item{x.ms + step, x.source, x.row + dr, x.col + dc})
				}
			}
		}
	}
	return ms, from
}

// failer is a test of the standard library or of rapid.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// compare holds the search to the judge.
func compare(t failer, s *Surface, sources []Source, o Options) *Result {
	t.Helper()
	got, err := Nearest(context.Background(), s, sources, o)
	if err != nil {
		t.Fatal(err)
	}
	ms, from := judge{s, o}.nearest(sources)
	for i := range ms {
		if got.MS[i] != ms[i] || got.Source[i] != from[i] {
			t.Fatalf("cell %d of %d x %d: %d ms from %d, want %d from %d; %+v", i, s.Grid.Cols, s.Grid.Rows,
				got.MS[i], got.Source[i], ms[i], from[i], o)
		}
	}
	return got
}

// ground makes a surface of patches with lakes, roads, hills and gaps.
func ground(r *rand.Rand, cols, rows int32) *Surface {
	s := &Surface{
		Grid:    grid.Spec{CRS: "EPSG:4547", X0: 5e5, Y0: 3e6, DX: 30, DY: 25, Cols: cols, Rows: rows},
		Seconds: make([]float32, cols*rows), Heights: make([]float32, cols*rows), Level: make([]bool, cols*rows),
	}
	paces := []float32{0.72, 0.9, 1.2, 3.6, 40, float32(math.Inf(1)), float32(math.NaN())}
	wave := 3 + 20*r.Float64()
	for i := range s.Seconds {
		x, y := float64(int32(i)%cols), float64(int32(i)/cols)
		s.Heights[i] = float32(40*math.Sin(x/wave)*math.Cos(y/wave) + 2*r.Float64())
		v := 2 + 2*math.Sin(x/7)*math.Sin(y/9) + 3*r.Float64()
		s.Seconds[i] = paces[min(int(v), len(paces)-1)]
		if int32(i)%cols%37 == 5 || int32(i)/cols%41 == 7 {
			s.Seconds[i], s.Level[i] = 0.06, true
		}
		if r.Intn(50) == 0 {
			s.Heights[i] = float32(math.NaN())
		}
	}
	return s
}

func scatter(r *rand.Rand, s *Surface, n int) []Source {
	sources := make([]Source, n)
	for i := range sources {
		sources[i] = Source{Cell: r.Int31n(s.Grid.Cols * s.Grid.Rows), StartMS: uint32(r.Intn(3) * 30000)}
	}
	return append(sources, sources[0]) // one stands twice
}
