package general

// groups takes demands together that lie in the same zone and are reached by the
// same open sites: a flow need not tell them apart. There are far fewer of them.
type groups struct {
	zone   []int32 // of each demand, the last for those in no row
	of     []int32 // group of each demand
	above  []int32 // the group that a group was split off, reached by one site less
	site   []int32 // that site, as a position in open; -1 for the groups of a whole zone
	in     []int32 // zone of each group
	size   []float64
	room   []bool // some site of the group has a capacity
	split  []int32
	stamp  []int32
	supply []int32 // arc to each group
}

// gather finds the groups for a set of open sites, by splitting those of whole
// zones site by site.
func (g *groups) gather(x *index, open []int32) {
	zones := x.zoneRows()
	if g.zone == nil {
		g.zone, g.of = make([]int32, x.demands()), make([]int32, x.demands())
		for j := range g.zone {
			g.zone[j] = int32(len(zones))
		}
		for z, r := range zones {
			for _, j := range r.At {
				g.zone[j] = int32(z)
			}
		}
	}
	copy(g.of, g.zone)
	g.above, g.site, g.in, g.room, g.split, g.stamp = g.above[:0], g.site[:0], g.in[:0], g.room[:0], g.split[:0], g.stamp[:0]
	for z := range int32(len(zones) + 1) {
		g.add(-1, -1, z, false)
	}
	for at, i := range open {
		for _, j := range x.demand[x.first[i]:x.first[i+1]] {
			old := g.of[j]
			if g.stamp[old] != int32(at) {
				g.stamp[old], g.split[old] = int32(at), int32(len(g.in))
				g.add(old, int32(at), g.in[old], g.room[old] || x.Capacity[i] > 0)
			}
			g.of[j] = g.split[old]
		}
	}
	g.size = append(g.size[:0], make([]float64, len(g.in))...)
	for j, w := range x.Size {
		g.size[g.of[j]] += w
	}
}

func (g *groups) add(above, site, zone int32, room bool) {
	g.above, g.site, g.in, g.room = append(g.above, above), append(g.site, site), append(g.in, zone), append(g.room, room)
	g.split, g.stamp = append(g.split, 0), append(g.stamp, -1)
}

// flow serves as much as the capacities allow, first what the rows of single
// zones ask for.
func (s *server) flow(open []int32) {
	x, g, n := s.x, &s.groups, &s.net
	g.gather(x, open)
	zones, all := x.zoneRows(), int32(len(g.in))
	source, sink, zone0 := all, all+1, all+2
	site0 := zone0 + int32(len(zones)) + 1
	n.Reset(int(site0)+len(open), 1e-11*x.total)
	g.supply = g.supply[:0]
	total := make([]float64, len(zones)+1)
	for k, z := range g.in {
		total[z] += g.size[k]
		g.supply = append(g.supply, n.Arc(zone0+z, int32(k), g.size[k]))
		if g.size[k] == 0 { // all of it was split off
			continue
		}
		for up := int32(k); g.site[up] >= 0; up = g.above[up] {
			n.Arc(int32(k), site0+g.site[up], g.size[k])
		}
	}
	for at, i := range open {
		n.Arc(site0+int32(at), sink, x.Capacity[i])
	}
	var quota []int32
	for z := range total {
		least := 0.0
		if z < len(zones) {
			least = max(0, total[z]-zones[z].Limit)
		}
		quota = append(quota, n.Arc(source, zone0+int32(z), least))
	}
	if len(zones) > 0 {
		n.Run(source, sink, s.stopped)
	}
	for z, a := range quota {
		n.Room[a] = max(0, total[z]-n.Room[a^1])
	}
	n.Run(source, sink, s.stopped)
	s.readLeft()
}

// readLeft reads what is left of every demand out of a flow: of a group it is
// left with the last demands.
func (s *server) readLeft() {
	g, n := &s.groups, &s.net
	left := make([]float64, len(g.in))
	for k, a := range g.supply {
		left[k] = n.Room[a]
		if g.room[k] && left[k] <= 2*n.Eps { // less than the sums can tell
			left[k] = 0
		}
	}
	for j := len(s.share) - 1; j >= 0; j-- {
		w, k := s.x.Size[j], g.of[j]
		switch {
		case !g.room[k] || left[k] >= w:
			s.share[j] = 1
			left[k] -= w
		case left[k] <= 0:
			s.share[j] = 0
		default:
			s.share[j], left[k] = left[k]/w, 0
		}
	}
}

// leavable marks the demands that the last flow leaves, wholly or in part, or
// could leave in place of others: what its residual network reaches.
func (s *server) leavable(mark []bool) []bool {
	mark = mark[:0]
	for _, k := range s.groups.of {
		mark = append(mark, s.net.Level[k] >= 0)
	}
	return mark
}

// readFlow reads who serves whom out of a flow: what a site takes of a group it
// takes of the first demands that are not served yet.
func (s *server) readFlow(open []int32, by [][]Share) {
	g, n := &s.groups, &s.net
	member := make([][]int32, len(g.in))
	for j, k := range g.of {
		member[k] = append(member[k], int32(j))
	}
	rest := make([]float64, len(by))
	for j, w := range s.x.Size {
		rest[j] = (1 - s.share[j]) * w
	}
	site0 := int32(len(g.in)) + 3 + int32(len(s.x.zoneRows()))
	for at, i := range open {
		for a := n.Head[site0+int32(at)]; a >= 0; a = n.Next[a] {
			k := n.To[a]
			if int(k) >= len(g.in) { // the sink
				continue
			}
			got := n.Room[a]
			for _, j := range member[k] {
				share := min(got, rest[j])
				rest[j] -= share
				got -= share
				if share > n.Eps {
					by[j] = append(by[j], Share{i, share})
				}
			}
		}
	}
}
