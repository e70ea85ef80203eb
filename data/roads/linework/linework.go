// Package linework lays plain lines, as map layers have them, into a network:
// lines meet where they share a vertex to 1e-7 degree, and, since people draw
// with less care, where the end of one comes near another line, whether that has
// a vertex there or not.
//
// It reads no files and knows nothing of roads. The central function is [Lay].
// Lines that cross without an end are left crossing: that is how bridges are
// drawn.
package linework

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Line is a street by its places, in WGS 84 degrees.
type Line struct {
	At    orb.LineString
	Tags  profile.Tags
	JoinM float64 // its ends meet a line that is so near, closed; 0: only shared vertices
}

// Report says what became of lines.
type Report struct {
	Joined int // ends that were brought to another line
	Lost   int // lines without length, or not on the Earth
}

// Lay adds lines to a builder. Its places are those of [network.Builder.PointAt].
// The error is ctx's.
func Lay(ctx context.Context, b *network.Builder, lines []Line) (Report, error) {
	w := &work{number: map[e7.Coord]int32{}}
	for i := range lines {
		w.add(&lines[i])
	}
	if err := w.join(ctx, lines); err != nil {
		return w.report, err
	}
	w.insert()
	for i, line := range w.lines {
		points := make([]uint32, 0, len(line))
		for _, v := range line {
			p, _ := b.PointAt(w.at[w.root(v)].Point()) // on the Earth, since add made it
			points = append(points, p)
		}
		if len(line) > 1 {
			b.Way(points, lines[i].Tags)
		}
	}
	return w.report, nil
}

// work is lines as numbers of vertices.
type work struct {
	at     []e7.Coord // of vertices
	number map[e7.Coord]int32
	parent []int32 // vertices that are one; the root keeps its place
	lines  [][]int32
	of     [][]int32 // lines by vertex
	spots  []spot
	report Report
}

// spot is a vertex to be put into a piece of a line.
type spot struct {
	line, piece int32
	share       float64
	vertex      int32
}

func (w *work) vertex(c e7.Coord) int32 {
	v, ok := w.number[c]
	if !ok {
		v = int32(len(w.at))
		w.number[c], w.at, w.parent, w.of = v, append(w.at, c), append(w.parent, v), append(w.of, nil)
	}
	return v
}

// add numbers the vertices of a line, those that repeat the one before once.
func (w *work) add(l *Line) {
	n := int32(len(w.lines))
	line := make([]int32, 0, len(l.At))
	for _, p := range l.At {
		c, ok := e7.Of(p)
		if !ok {
			line = nil
			break
		}
		if v := w.vertex(c); len(line) == 0 || line[len(line)-1] != v {
			line = append(line, v)
		}
	}
	if len(line) < 2 {
		line = nil
		w.report.Lost++
	}
	for _, v := range line {
		w.of[v] = append(w.of[v], n)
	}
	w.lines = append(w.lines, line)
}

func (w *work) root(v int32) int32 {
	for w.parent[v] != v {
		w.parent[v] = w.parent[w.parent[v]]
		v = w.parent[v]
	}
	return v
}

// piece is a piece of a line in the tree.
type piece struct{ line, piece int32 }

// join brings the ends of lines to the lines near them.
func (w *work) join(ctx context.Context, lines []Line) error {
	if !slices.ContainsFunc(lines, func(l Line) bool { return l.JoinM > 0 }) {
		return nil
	}
	tree := w.tree()
	for i, line := range w.lines {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(line) == 0 || lines[i].JoinM <= 0 {
			continue
		}
		ends := []int32{line[0], line[len(line)-1]}
		w.close(line, lines[i].JoinM)
		for _, v := range slices.Compact(ends) {
			if w.meet(tree, int32(i), v, lines[i].JoinM) {
				w.report.Joined++
			}
		}
	}
	return nil
}

// close makes one of the ends of a ring that was not quite closed.
func (w *work) close(line []int32, reachM float64) {
	first, last := line[0], line[len(line)-1]
	if len(line) < 4 || first == last {
		return
	}
	if d := math.Hypot(geodesy.NewFrame(w.at[first].Point()).ToMetres(w.at[last].Point())); d <= reachM {
		if a, b := w.root(last), w.root(first); a != b {
			w.parent[a] = b
			w.report.Joined++
		}
	}
}

// tree holds the pieces of the lines by their bounds in units of 1e-7 degree.
func (w *work) tree() *rtree.RTreeG[piece] {
	var tree rtree.RTreeG[piece]
	for i, line := range w.lines {
		for k := 1; k < len(line); k++ {
			a, b := w.at[line[k-1]], w.at[line[k]]
			x, y := float64(a.Lon), float64(e7.EastOf(a.Lon, b.Lon))
			tree.Insert([2]float64{min(x, y), float64(min(a.Lat, b.Lat))}, [2]float64{max(x, y), float64(max(a.Lat, b.Lat))}, piece{int32(i), int32(k - 1)})
		}
	}
	return &tree
}

// meet makes the end v of a line one with every other line within reach that it
// is not on already.
func (w *work) meet(tree *rtree.RTreeG[piece], own, v int32, reachM float64) bool {
	met := false
	near := w.near(tree, own, v, reachM)
	frame := geodesy.NewFrame(w.at[v].Point())
	for len(near) > 0 {
		n := 1
		for n < len(near) && near[n].line == near[0].line {
			n++
		}
		if target, ok := w.target(frame, near[:n], reachM); ok {
			if a, b := w.root(v), w.root(target); a != b {
				w.parent[a] = b
				met = true
			}
		}
		near = near[n:]
	}
	return met
}

// near lists the pieces of other lines in reach of a vertex, in order, without
// the lines that it is on.
func (w *work) near(tree *rtree.RTreeG[piece], own, v int32, reachM float64) []piece {
	c := w.at[v]
	up := reachM / 110_000 * e7.PerDegree
	across := up / max(0.01, math.Cos(float64(c.Lat)/e7.PerDegree*math.Pi/180))
	var found []piece
	for _, turn := range [...]float64{0, -float64(e7.FullTurn), float64(e7.FullTurn)} {
		x, y := float64(c.Lon)+turn, float64(c.Lat)
		tree.Search([2]float64{x - across, y - up}, [2]float64{x + across, y + up}, func(_, _ [2]float64, p piece) bool {
			if p.line != own && !slices.Contains(w.of[v], p.line) {
				found = append(found, p)
			}
			return true
		})
	}
	slices.SortFunc(found, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.piece, b.piece))
	})
	return slices.Compact(found)
}

// target is where one line is met: at its nearest vertex in reach, else at the
// nearest place on it, which becomes a vertex.
func (w *work) target(frame geodesy.Frame, near []piece, reachM float64) (int32, bool) {
	vertex, metres := int32(-1), math.Inf(1)
	best, at := math.Inf(1), spot{}
	for _, p := range near {
		line := w.lines[p.line]
		a, b := line[p.piece], line[p.piece+1]
		for _, v := range [...]int32{a, b} {
			if d := math.Hypot(frame.ToMetres(w.at[v].Point())); d < metres {
				vertex, metres = v, d
			}
		}
		if share, d := e7.NearestOn(frame, w.at[a], w.at[b]); d < best {
			best, at = d, spot{line: p.line, piece: p.piece, share: share}
		}
	}
	if metres <= reachM {
		return vertex, true
	}
	if best > reachM {
		return 0, false
	}
	line := w.lines[at.line]
	c, _ := e7.Of(e7.Between(w.at[line[at.piece]], w.at[line[at.piece+1]], at.share))
	at.vertex = w.vertex(c)
	w.spots = append(w.spots, at)
	return at.vertex, true
}

// insert puts the new vertices into their lines.
func (w *work) insert() {
	slices.SortFunc(w.spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.piece, b.piece), cmp.Compare(a.share, b.share), cmp.Compare(a.vertex, b.vertex))
	})
	spots := w.spots
	for len(spots) > 0 {
		i := spots[0].line
		var line []int32
		for k, v := range w.lines[i] {
			line = append(line, v)
			for len(spots) > 0 && spots[0].line == i && int(spots[0].piece) == k {
				line = append(line, spots[0].vertex)
				spots = spots[1:]
			}
		}
		w.lines[i] = line
	}
}
