package network

import (
	"cmp"
	"math"
	"slices"

	"lifecircle/geo/network/e7"
)

// markQuays makes quays of the ends of ferry lines that are on a road or lead
// nowhere else. An end that only joins other lines lies at sea.
func (b *Builder) markQuays() {
	street := make([]bool, len(b.points))
	lines := map[uint32]int{}
	for _, w := range b.ways {
		for _, p := range b.refs[w.first:w.end] {
			if w.ferry < 0 {
				street[p] = true
			} else {
				lines[p]++
			}
		}
	}
	for _, w := range b.ways {
		if w.ferry < 0 || w.first == w.end {
			continue
		}
		for _, p := range [...]uint32{b.refs[w.first], b.refs[w.end-1]} {
			if street[p] || lines[p] == 1 {
				b.Quay(p)
			}
		}
	}
	for p := range b.quays { // a quay of no boat is no quay
		if lines[p] == 0 {
			delete(b.quays, p)
		}
	}
}

// gatherServices numbers the services: ferries whose lines join at sea are one.
func (b *Builder) gatherServices(g *Graph, cuts []cutting, node []uint32, report *BuildReport) {
	head := b.mergeAtSea()
	number := make([]int32, len(b.ferries))
	used := make([]bool, len(b.ferries))
	for _, c := range cuts {
		if f := b.ways[c.way].ferry; f >= 0 {
			used[head[f]] = true
		}
	}
	merged := make([]bool, len(b.ferries))
	for f, h := range head {
		merged[h] = merged[h] || h != f
	}
	for f := range b.ferries {
		number[f] = -1
		if used[f] {
			number[f] = int32(len(g.services))
			s := service{Ferry: b.ferries[f], directed: !merged[f] && !b.ferries[f].Out.equal(b.ferries[f].Back)}
			if merged[f] { // which way is out differs from line to line
				s.Back = s.Out
			}
			g.services = append(g.services, s)
		} else if head[f] == f {
			report.FerriesEmpty++
		}
	}
	for e, c := range cuts {
		w := b.ways[c.way]
		if w.ferry < 0 {
			continue
		}
		s := uint32(number[head[w.ferry]])
		g.sails = append(g.sails, sail{uint32(e), s, b.shareOfSailing(g, uint32(e), c, w)})
		for _, p := range [...]uint32{b.refs[c.first], b.refs[c.end-1]} {
			if b.quays[p] {
				g.stops = append(g.stops, stop{s, node[p]})
			}
		}
	}
	slices.SortFunc(g.stops, func(a, c stop) int {
		return cmp.Or(cmp.Compare(a.service, c.service), cmp.Compare(a.node, c.node))
	})
	g.stops = slices.Compact(g.stops)
}

// mergeAtSea joins the ferries that share a point without a quay and returns the
// lowest number of each one's group.
func (b *Builder) mergeAtSea() []int {
	head := make([]int, len(b.ferries))
	for i := range head {
		head[i] = i
	}
	find := func(f int) int {
		for head[f] != f {
			head[f] = head[head[f]]
			f = head[f]
		}
		return f
	}
	at := map[uint32]int{}
	for _, w := range b.ways {
		if w.ferry < 0 {
			continue
		}
		for _, p := range b.refs[w.first:w.end] {
			if b.quays[p] {
				continue
			}
			other, ok := at[p]
			if !ok {
				at[p] = int(w.ferry)
				continue
			}
			x, y := find(other), find(int(w.ferry))
			head[max(x, y)] = min(x, y)
		}
	}
	for f := range head {
		head[f] = find(f)
	}
	return head
}

// shareOfSailing shares the sailing time of a line out by length, so that the
// parts add up to the whole.
func (b *Builder) shareOfSailing(g *Graph, edge uint32, c cutting, w way) uint32 {
	if w.sailMS == 0 {
		return 0
	}
	if c.first == w.first && c.end == w.end {
		return w.sailMS
	}
	length := func(first, end uint32) float64 {
		line := make([]e7.Coord, 0, end-first)
		for _, p := range b.refs[first:end] {
			line = append(line, b.points[p])
		}
		var sum float64
		for _, mm := range e7.PiecesMM(line, nil) {
			sum += float64(mm)
		}
		return sum
	}
	whole := length(w.first, w.end)
	if whole == 0 {
		return 1
	}
	upTo := func(end uint32) float64 {
		return math.Round(float64(w.sailMS) * length(w.first, end) / whole)
	}
	return uint32(max(1, upTo(c.end)-upTo(c.first+1)))
}
