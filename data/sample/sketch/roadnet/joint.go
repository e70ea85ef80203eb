package roadnet

import (
	"cmp"
	"slices"

	"lifecircle/data/sample/sketch/plane"

	"github.com/paulmach/orb"
)

// How near lines have to come to be made to meet, km.
const (
	endKM    = 0.015 // an end and a line
	cornerKM = 0.012 // a crossing and a corner of one of its lines
)

// joint makes roads meet: ends that nearly touch another road are moved onto it,
// and where roads cross, both have a vertex there. A piece that two roads share
// stays with the first.
func joint(roads []Road) []Road {
	for i := range roads {
		for k, p := range roads[i].Line {
			roads[i].Line[k] = p.Written()
		}
	}
	moveEnds(roads)
	for range 2 {
		cross(roads)
	}
	return apart(roads)
}

// spike is a vertex to be put into a piece of a road.
type spike struct {
	road, piece int
	at          plane.XY
}

// insert puts vertices into their pieces, in the order along them.
func insert(roads []Road, spikes []spike) {
	slices.SortStableFunc(spikes, func(a, b spike) int {
		d := func(s spike) float64 { return roads[s.road].Line[s.piece].To(s.at) }
		return cmp.Or(cmp.Compare(a.road, b.road), cmp.Compare(a.piece, b.piece), cmp.Compare(d(a), d(b)))
	})
	for len(spikes) > 0 {
		i := spikes[0].road
		var line []plane.XY
		for k, p := range roads[i].Line {
			line = append(line, p)
			for len(spikes) > 0 && spikes[0].road == i && spikes[0].piece == k {
				line = append(line, spikes[0].at)
				spikes = spikes[1:]
			}
		}
		roads[i].Line = slices.CompactFunc(line, func(a, b plane.XY) bool { return a.LonLat() == b.LonLat() })
	}
}

// moveEnds brings ends to the roads that they nearly touch, and all that meet
// there with them.
func moveEnds(roads []Road) {
	for i := range roads {
		for _, end := range [2]int{0, len(roads[i].Line) - 1} {
			at := roads[i].Line[end].LonLat()
			if s, ok := touched(roads, at); ok {
				insert(roads, []spike{s})
				for k := range roads {
					for v, p := range roads[k].Line {
						if p.LonLat() == at {
							roads[k].Line[v] = s.at
						}
					}
				}
			}
		}
	}
}

// touched finds where the nearest road that has no vertex at a place is met.
func touched(roads []Road, at orb.Point) (spike, bool) {
	p := plane.FromLonLat(at)
	best, found := endKM, spike{}
	for i, r := range roads {
		if slices.ContainsFunc(r.Line, func(q plane.XY) bool { return q.LonLat() == at }) {
			continue
		}
		for k := 1; k < len(r.Line); k++ {
			if q, d := plane.NearestOn(r.Line[k-1], r.Line[k], p); d < best {
				best, found = d, spike{i, k - 1, corner(q, r.Line[k-1], r.Line[k])}
			}
		}
	}
	return found, best < endKM
}

// corner is the first of the corners that a place is nearly at, else itself.
func corner(p plane.XY, corners ...plane.XY) plane.XY {
	for _, c := range corners {
		if p.To(c) < cornerKM {
			return c
		}
	}
	return p.Written()
}

// cross gives roads that cross a vertex there.
func cross(roads []Road) {
	var spikes []spike
	for i, r := range roads {
		lowR, highR := plane.Bounds(r.Line)
		for j, s := range roads[:i] {
			lowS, highS := plane.Bounds(s.Line)
			if lowR[0] > highS[0] || lowS[0] > highR[0] || lowR[1] > highS[1] || lowS[1] > highR[1] {
				continue
			}
			for k := 1; k < len(r.Line); k++ {
				for m := 1; m < len(s.Line); m++ {
					if p, ok := crossing(r.Line[k-1], r.Line[k], s.Line[m-1], s.Line[m]); ok {
						p = corner(p, s.Line[m-1], s.Line[m], r.Line[k-1], r.Line[k])
						spikes = append(spikes, spike{i, k - 1, p}, spike{j, m - 1, p})
					}
				}
			}
		}
	}
	insert(roads, spikes)
}

// crossing is where two pieces cross; false when they do not, or share an end.
func crossing(a, b, c, d plane.XY) (plane.XY, bool) {
	side := func(p, q, r plane.XY) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	for _, p := range [2]plane.XY{a, b} {
		if p.LonLat() == c.LonLat() || p.LonLat() == d.LonLat() {
			return plane.XY{}, false
		}
	}
	s, t := side(c, d, a), side(c, d, b)
	if s*t > 0 || side(a, b, c)*side(a, b, d) > 0 || s == t {
		return plane.XY{}, false
	}
	share := s / (s - t)
	return plane.XY{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}, true
}

// apart leaves out of each road the pieces that an earlier one has.
func apart(roads []Road) []Road {
	seen := map[[2]orb.Point]bool{}
	var out []Road
	for _, r := range roads {
		part := r
		part.Line = r.Line[:1:1]
		end := func() {
			if len(part.Line) > 1 {
				out = append(out, part)
			}
		}
		for k := 1; k < len(r.Line); k++ {
			a, b := r.Line[k-1].LonLat(), r.Line[k].LonLat()
			if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
				a, b = b, a
			}
			if a == b {
				continue // the ends of a short road were brought together
			}
			if seen[[2]orb.Point{a, b}] {
				end()
				part.Line = r.Line[k : k+1 : k+1]
				continue
			}
			seen[[2]orb.Point{a, b}] = true
			part.Line = append(part.Line, r.Line[k])
		}
		end()
	}
	return out
}

// whole keeps the roads for vehicles that hang together with the first one, and
// the footpaths that hang together with those.
func whole(roads []Road) []Road {
	drive := slices.DeleteFunc(slices.Clone(roads), func(r Road) bool { return r.Class == Path })
	if len(drive) == 0 {
		drive = roads
	}
	vehicles, all := reached(drive, false, false), reached(roads, false, false)
	return slices.DeleteFunc(slices.Clone(roads), func(r Road) bool {
		at := r.Line[0].LonLat()
		return !all[at] || r.Class != Path && !vehicles[at]
	})
}

// reached are the vertices that the first road leads to, under one-way rules or
// not, or those that lead to it.
func reached(roads []Road, oneway, back bool) map[orb.Point]bool {
	next := map[orb.Point][]orb.Point{}
	for _, r := range roads {
		for k := 1; k < len(r.Line); k++ {
			a, b := r.Line[k-1].LonLat(), r.Line[k].LonLat()
			if back {
				a, b = b, a
			}
			next[a] = append(next[a], b)
			if !oneway || !r.Oneway {
				next[b] = append(next[b], a)
			}
		}
	}
	seen := map[orb.Point]bool{roads[0].Line[0].LonLat(): true}
	for open := []orb.Point{roads[0].Line[0].LonLat()}; len(open) > 0; {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, p := range next[at] {
			if !seen[p] {
				seen[p] = true
				open = append(open, p)
			}
		}
	}
	return seen
}

// makeOneway makes every third of the longer streets one-way, turn and turn
// about, where every place can still be driven to and from.
func makeOneway(roads []Road) {
	drive := slices.DeleteFunc(slices.Clone(roads), func(r Road) bool { return r.Class == Path })
	at, taken := 0, 0
	for i := range roads {
		r := &roads[i]
		if r.Class == Path {
			continue
		}
		d := &drive[at]
		at++
		if r.Class != Street || len(r.Line) < 5 || i%3 > 0 {
			continue
		}
		d.Oneway = true
		if taken%2 == 1 {
			slices.Reverse(r.Line)
			d.Line = r.Line
		}
		if len(reached(drive, true, false)) == len(reached(drive, true, true)) && len(reached(drive, true, false)) == len(reached(drive, false, false)) {
			r.Oneway = true
			taken++
		} else {
			d.Oneway = false
		}
	}
}
