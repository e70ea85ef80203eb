package roadnet

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"lifecircle/data/sample/sketch/plane"
)

// joinVillages leads roads to the places of villages, the most people first, and
// from each to the next ones where that saves a long way round.
func (n *net) joinVillages() {
	list := slices.Clone(n.Villages)
	slices.SortStableFunc(list, func(a, b Village) int { return cmp.Compare(b.People, a.People) })
	for _, v := range list {
		if n.farness[n.cellAt(v.At)] > besideKM && !n.inTown(v.At) {
			n.connect(v.At, n.classOf(Country), n.nameOf(v.Name, "线"))
		}
	}
	for i, a := range list {
		for _, b := range list[:i] {
			if a.At.To(b.At) < 2.4 && !(n.inTown(a.At) && n.inTown(b.At)) {
				n.through(n.classOf(Country), n.nameOf(a.Name, "联络线"), takenByLink, a.At, b.At)
			}
		}
	}
}

// inTown reports whether a place has streets anyway.
func (n *net) inTown(p plane.XY) bool {
	return n.built[n.cellAt(p)] >= townDensity
}

// classOf is the class, or a footpath where no vehicle comes.
func (n *net) classOf(class Class) Class {
	if n.Foot {
		return Path
	}
	return class
}

// nameOf makes a road's name of a village's; footpaths have none.
func (n *net) nameOf(village, suffix string) string {
	if n.Foot {
		return ""
	}
	for _, end := range []string{"社区", "村"} {
		village = strings.TrimSuffix(village, end)
	}
	return village + suffix
}

// joinHouses leads lanes to houses that lie far from every road, the most people
// first. Of small hamlets up the hills every third is left without, and the
// others have a footpath.
func (n *net) joinHouses() {
	list := slices.Clone(n.Spots)
	slices.SortStableFunc(list, func(a, b Spot) int { return cmp.Compare(b.People, a.People) })
	for _, s := range list {
		c := n.cellAt(s.At)
		if n.farness[c] <= servedKM {
			continue
		}
		if n.hill[c] < 0.3 || n.peopleNear(s.At, 0.3) > 150 {
			n.connect(s.At, n.classOf(Lane), "")
		} else if plane.Random(plane.Hash(s.At)).IntN(3) > 0 {
			n.connect(s.At, Path, "")
		}
	}
}

func (n *net) peopleNear(p plane.XY, km float64) float64 {
	sum := 0.0
	for _, s := range n.Spots {
		if s.At.To(p) < km {
			sum += s.People
		}
	}
	return sum
}

// joinFacility leads a road past a facility that lies off every road.
func (n *net) joinFacility(p plane.XY) {
	class := Street
	if !n.inTown(p) {
		class = Lane
	}
	at, d := n.nearestRoad(p)
	switch spur := []plane.XY{at, p}; {
	case d <= besideKM:
	case d < 0.2 && n.dry(spur):
		n.add(Road{Class: n.classOf(class), Line: spur})
	default:
		n.connect(p, n.classOf(class), "")
	}
}

// nearestRoad is the place on a road (for vehicles where there are any) that is
// nearest to p.
func (n *net) nearestRoad(p plane.XY) (plane.XY, float64) {
	best, at := math.Inf(1), plane.XY{}
	for _, r := range n.roads {
		if r.Class == Path && !n.Foot {
			continue
		}
		for i := 1; i < len(r.Line); i++ {
			if q, d := plane.NearestOn(r.Line[i-1], r.Line[i], p); d < best {
				best, at = d, q
			}
		}
	}
	return at, best
}

// climb leads footpaths up the highest hills, and down the other side.
func (n *net) climb(count int) {
	for range count {
		top, best := int32(-1), 0.3
		for c, h := range n.hill {
			if h > best && n.farness[c] > 0.9*reachKM && n.shore[c] > 0.3 {
				top, best = int32(c), h
			}
		}
		if top < 0 {
			return
		}
		n.connect(n.centre(top), Path, "")
		n.descend(top, n.roads[len(n.roads)-1].Line)
	}
}

// descend leads a second footpath from a top to the road, away from the first.
func (n *net) descend(top int32, first []plane.XY) {
	near := map[int32]bool{}
	for _, p := range plane.Dense(first, cellKM) {
		for _, m := range moves {
			near[n.cellAt(p.Add(2*float64(m[0])*cellKM, 2*float64(m[1])*cellKM))] = true
		}
	}
	effort := func(c int32) float64 {
		if near[c] {
			return 4 * n.effort(c)
		}
		return n.effort(c)
	}
	goal := func(c int32) bool { return n.isRoad(c) && !near[c] && n.centre(c).To(first[0]) > 1 }
	cells := n.way(top, goal, effort)
	if len(cells) < 3 {
		return
	}
	line := []plane.XY{n.centre(top)}
	for _, c := range cells[1 : len(cells)-1] {
		line = append(line, n.centre(c))
	}
	n.add(Road{Class: Path, Line: n.bend(append(line, n.on[cells[len(cells)-1]]), Path)})
}
