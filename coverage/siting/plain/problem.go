package plain

// problem is the one form that every model is brought into:
//
//	minimise base + sum over open sites of price_i
//	              + sum over demands j of min(fallback_j, least cost_ij of an open site i)
//	subject to at most p open sites.
//
// Demands and sites are numbered anew in every problem; id gives back the
// caller's site. Pairs are held twice, by demand and by site; a pair is held
// only while its cost is below the fallback of its demand.
type problem struct {
	p        int       // most sites that may still be opened
	base     float64   // cost that is settled
	price    float64   // cost of opening any site
	fallback []float64 // cost of a demand that no open site serves better
	scale    []float64 // step size of the demand's multiplier: its weight
	first    []int     // pairs of demand j are first[j]:first[j+1], by cost then site
	site     []int32
	cost     []float64 // nil: every pair costs 0
	byFirst  []int     // pairs of site i are byFirst[i]:byFirst[i+1], by demand
	byDemand []int32
	byCost   []float64 // nil: every pair costs 0
	id       []int32   // the caller's number of each site, ascending
	opened   []int32   // the caller's numbers of the sites opened for good
	rows     bool      // set cover: every demand must be served, and of identical ones one is enough
	dead     bool      // set cover: some demand has no site left
}

func (q *problem) sites() int   { return len(q.id) }
func (q *problem) demands() int { return len(q.fallback) }

// pairCost is the cost of pair k of the list by demand.
func (q *problem) pairCost(k int) float64 {
	if q.cost == nil {
		return 0
	}
	return q.cost[k]
}

// siteCost is the cost of pair k of the list by site.
func (q *problem) siteCost(k int) float64 {
	if q.byCost == nil {
		return 0
	}
	return q.byCost[k]
}

// transpose fills the list by site from the list by demand.
func (q *problem) transpose() {
	n := q.sites()
	q.byFirst = make([]int, n+1)
	for _, i := range q.site {
		q.byFirst[i+1]++
	}
	for i := range n {
		q.byFirst[i+1] += q.byFirst[i]
	}
	q.byDemand = make([]int32, len(q.site))
	if q.cost != nil {
		q.byCost = make([]float64, len(q.site))
	}
	next := append([]int(nil), q.byFirst[:n]...)
	for j := range q.demands() {
		for k := q.first[j]; k < q.first[j+1]; k++ {
			at := next[q.site[k]]
			next[q.site[k]]++
			q.byDemand[at] = int32(j)
			if q.cost != nil {
				q.byCost[at] = q.cost[k]
			}
		}
	}
}

// The decisions about a site.
const (
	free int8 = iota
	openIt
	closeIt
)

// reduce makes the problem that is left when the sites marked openIt are open
// and those marked closeIt are gone. lambda, one multiplier a demand, is carried
// over to the demands that stay.
func (q *problem) reduce(decision []int8, lambda []float64) (*problem, []float64) {
	r := &problem{p: q.p, base: q.base, price: q.price, rows: q.rows, dead: q.dead}
	r.opened = append(r.opened, q.opened...)
	fallback := append([]float64(nil), q.fallback...)
	renumber := make([]int32, q.sites())
	for i, d := range decision {
		renumber[i] = -1
		switch d {
		case openIt:
			q.lower(fallback, i)
			r.p--
			r.base += q.price
			r.opened = append(r.opened, q.id[i])
		case free:
			renumber[i] = int32(len(r.id))
			r.id = append(r.id, q.id[i])
		}
	}
	kept := r.keepPairs(q, fallback, renumber, lambda)
	r.transpose()
	return r, kept
}

// lower brings the fallbacks down to what site i offers.
func (q *problem) lower(fallback []float64, i int) {
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		if j := q.byDemand[k]; q.siteCost(k) < fallback[j] {
			fallback[j] = q.siteCost(k)
		}
	}
}

// keepPairs copies the pairs of q that still matter and returns the multipliers
// of the demands that stay. A demand without pairs goes into the base; demands
// with the same sites are merged when pairs have no cost.
func (r *problem) keepPairs(q *problem, fallback []float64, renumber []int32, lambda []float64) []float64 {
	m := newMerger(r, q.cost == nil)
	var kept []float64
	for j := range q.demands() {
		start := len(r.site)
		for k := q.first[j]; k < q.first[j+1]; k++ {
			i, c := renumber[q.site[k]], q.pairCost(k)
			if c >= fallback[j] {
				break
			}
			if i < 0 {
				continue
			}
			r.site = append(r.site, i)
			if q.cost != nil {
				r.cost = append(r.cost, c)
			}
		}
		l := min(lambda[j], fallback[j])
		if start == len(r.site) {
			r.base += fallback[j]
			r.dead = r.dead || r.rows && fallback[j] > 0
			continue
		}
		if same := m.add(start, fallback[j], q.scale[j]); same >= 0 {
			if !r.rows {
				kept[same] += l
			}
			continue
		}
		kept = append(kept, l)
	}
	r.first = append(r.first, len(r.site))
	return kept
}

// merger adds demands to a problem and merges those that have the same sites.
type merger struct {
	into *problem
	on   bool
	seen map[uint64][]int32
}

func newMerger(into *problem, on bool) *merger {
	return &merger{into: into, on: on, seen: map[uint64][]int32{}}
}

// add ends the demand whose sites are the last ones of the problem, from start
// on. It returns the demand that it was merged into, or -1.
func (m *merger) add(start int, fallback, scale float64) int {
	r := m.into
	if m.on {
		list := r.site[start:]
		h := hashSites(list)
		for _, j := range m.seen[h] {
			if sameSites(r.list(int(j), start), list) {
				r.site = r.site[:start]
				if !r.rows {
					r.fallback[j] += fallback
					r.scale[j] += scale
				}
				return int(j)
			}
		}
		m.seen[h] = append(m.seen[h], int32(len(r.fallback)))
	}
	r.first = append(r.first, start)
	r.fallback = append(r.fallback, fallback)
	r.scale = append(r.scale, scale)
	return -1
}

// list returns the sites of demand j while the problem is being built; end is
// where the newest demand starts.
func (q *problem) list(j, end int) []int32 {
	if j+1 < len(q.first) {
		end = q.first[j+1]
	}
	return q.site[q.first[j]:end]
}

// hashSites is FNV-1a over whole numbers.
func hashSites(list []int32) uint64 {
	h := uint64(14695981039346656037)
	for _, i := range list {
		h = (h ^ uint64(uint32(i))) * 1099511628211
	}
	return h
}

func sameSites(a, b []int32) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if a[k] != b[k] {
			return false
		}
	}
	return true
}
