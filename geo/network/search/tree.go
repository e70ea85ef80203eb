package search

import (
	"math"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"

	"github.com/paulmach/orb"
)

// tree is a packed R-tree over the pieces of the streets that are open, in the
// order of the edges, which is one of neighbourhood. Boxes may reach past 180
// degrees east, never past 180 west.
type tree struct {
	edge, piece []uint32
	boxes       []box // the leaves, then level by level up to the root
	level       []int // where each level starts, then the end
}

// box is a bound in coordinate units; east may pass 180 degrees.
type box struct{ west, south, east, north int32 }

const fanout = 16

func newTree(w *Ways) *tree {
	t := &tree{level: []int{0}}
	for e := range w.g.Edges() {
		if !w.Open(uint32(e)) {
			continue
		}
		for i := range w.g.PiecesMM(uint32(e)) {
			p, q := w.g.Vertex(uint32(e), uint32(i)), w.g.Vertex(uint32(e), uint32(i)+1)
			t.edge, t.piece = append(t.edge, uint32(e)), append(t.piece, uint32(i))
			t.boxes = append(t.boxes, pieceBox(p, q))
		}
	}
	for start, end := 0, len(t.boxes); ; start, end = end, len(t.boxes) {
		t.level = append(t.level, end)
		if end-start <= 1 {
			return t
		}
		for i := start; i < end; i += fanout {
			b := t.boxes[i]
			for _, o := range t.boxes[i:min(i+fanout, end)] {
				b = box{min(b.west, o.west), min(b.south, o.south), max(b.east, o.east), max(b.north, o.north)}
			}
			t.boxes = append(t.boxes, b)
		}
	}
}

// pieceBox is the bound of a piece: one over the antimeridian passes 180 east.
func pieceBox(p, q e7.Coord) box {
	west, east := min(p.Lon, q.Lon), max(p.Lon, q.Lon)
	if int64(east)-int64(west) > e7.FullTurn/2 {
		west, east = east, int32(min(int64(west)+e7.FullTurn, math.MaxInt32))
	}
	return box{west, min(p.Lat, q.Lat), east, max(p.Lat, q.Lat)}
}

// view is a point looking for streets: a metric frame around it, and its
// longitude in the turn in which boxes are met.
type view struct {
	frame geodesy.Frame
	scale [2]float64 // metres a unit
	at    [2]float64 // units
}

// appendViews appends the views of a point: one, or two near the antimeridian.
func appendViews(views []view, p orb.Point) []view {
	c, ok := e7.Of(p)
	if !ok {
		return views
	}
	f := geodesy.NewFrame(c.Point())
	_, north := f.ToMetres(orb.Point{c.Point()[0], c.Point()[1] + 1})
	east, _ := f.ToMetres(orb.Point{c.Point()[0] + 1, c.Point()[1]})
	v := view{f, [2]float64{east / e7.PerDegree, north / e7.PerDegree}, [2]float64{float64(c.Lon), float64(c.Lat)}}
	views = append(views, v)
	// Boxes lie between -180 and some 214 degrees: meet them in the other turn
	// too where a street may lie across.
	const near = 5 * e7.PerDegree
	if v.at[0] > 180*e7.PerDegree-near {
		v.at[0] -= float64(e7.FullTurn)
		views = append(views, v)
	} else if v.at[0] < -180*e7.PerDegree+near {
		v.at[0] += float64(e7.FullTurn)
		views = append(views, v)
	}
	return views
}

// toBox is the distance in metres to a box, in the frame.
func (v *view) toBox(b box) float64 {
	x := max(0, float64(b.west)-v.at[0], v.at[0]-float64(b.east)) * v.scale[0]
	y := max(0, float64(b.south)-v.at[1], v.at[1]-float64(b.north)) * v.scale[1]
	return math.Sqrt(x*x + y*y)
}

// sight is a piece of street seen from a point.
type sight struct {
	edge, piece uint32
	share       float64
	metres      float64 // in the frame: to order and to search by
}

// closer is the total order of sights: distance, edge, piece.
func (s sight) closer(o sight) bool {
	if s.metres != o.metres {
		return s.metres < o.metres
	}
	return s.edge < o.edge || s.edge == o.edge && s.piece < o.piece
}

// visit calls see with every piece within the radius that see returned last,
// the nearest boxes first. It starts with radiusM.
func (t *tree) visit(g *network.Graph, v view, radiusM float64, open *[]branch, see func(sight) float64) float64 {
	if len(t.boxes) == 0 {
		return radiusM
	}
	heap := (*open)[:0]
	top := len(t.level) - 2
	heap = pushBranch(heap, branch{v.toBox(t.boxes[len(t.boxes)-1]), top, len(t.boxes) - 1})
	for len(heap) > 0 {
		var b branch
		b, heap = popBranch(heap)
		if b.metres > radiusM {
			break
		}
		if b.level == 0 {
			e, piece := t.edge[b.box], t.piece[b.box]
			share, metres := e7.NearestOn(v.frame, g.Vertex(e, piece), g.Vertex(e, piece+1))
			if metres <= radiusM {
				radiusM = see(sight{e, piece, share, metres})
			}
			continue
		}
		first := t.level[b.level-1] + (b.box-t.level[b.level])*fanout
		for i := first; i < min(first+fanout, t.level[b.level]); i++ {
			if d := v.toBox(t.boxes[i]); d <= radiusM {
				heap = pushBranch(heap, branch{d, b.level - 1, i})
			}
		}
	}
	*open = heap
	return radiusM
}

// branch is a box to look into.
type branch struct {
	metres float64
	level  int
	box    int
}

func (b branch) before(o branch) bool {
	if b.metres != o.metres {
		return b.metres < o.metres
	}
	return b.box < o.box
}

func pushBranch(h []branch, b branch) []branch {
	h = append(h, b)
	i := len(h) - 1
	for i > 0 && b.before(h[(i-1)/2]) {
		h[i] = h[(i-1)/2]
		i = (i - 1) / 2
	}
	h[i] = b
	return h
}

func popBranch(h []branch) (branch, []branch) {
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	for i := 0; len(h) > 0; {
		kid := 2*i + 1
		if kid+1 < len(h) && h[kid+1].before(h[kid]) {
			kid++
		}
		if kid >= len(h) || !h[kid].before(last) {
			h[i] = last
			break
		}
		h[i] = h[kid]
		i = kid
	}
	return top, h
}
