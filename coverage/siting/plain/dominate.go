package plain

import "context"

// dominate drops sites that serve a subset of what another site serves, and, in
// a set cover, demands that are served whenever another one is. Both keep an
// optimum, also when ctx is done halfway. Only problems whose pairs cost nothing
// are looked at: everywhere at the root, below it only set covers.
func dominate(ctx context.Context, q *problem, lambda []float64, root bool) (*problem, []float64) {
	if q.cost != nil || !root && !q.rows {
		return q, lambda
	}
	for {
		drop, any := q.dominatedSites(ctx)
		if any {
			q, lambda = q.reduce(drop, lambda)
		}
		if !q.rows || ctx.Err() != nil {
			return q, lambda
		}
		less, dropped := q.dropRows(ctx, lambda)
		lambda = less
		if !dropped {
			return q, lambda
		}
	}
}

// bitRows holds lists of numbers below some limit as bits, where that takes no
// more memory than the lists.
type bitRows struct {
	words int
	bits  []uint64
}

// newBitRows is nil where lists are sparse: counting is faster there.
func newBitRows(first []int, list []int32, limit int) *bitRows {
	n, words := len(first)-1, (limit+63)/64
	if n*words*2 > len(list) {
		return nil
	}
	b := &bitRows{words, make([]uint64, n*words)}
	for i := range n {
		row := b.bits[i*words : (i+1)*words]
		for _, j := range list[first[i]:first[i+1]] {
			row[j/64] |= 1 << (j % 64)
		}
	}
	return b
}

// within reports whether list a is a subset of list b.
func (r *bitRows) within(a, b int32) bool {
	of := r.bits[int(b)*r.words : (int(b)+1)*r.words]
	for w, v := range r.bits[int(a)*r.words : (int(a)+1)*r.words] {
		if v&^of[w] != 0 {
			return false
		}
	}
	return true
}

// dominatedSites marks every site whose demands are all served by another site
// that stays; of equal sites the first stays.
func (q *problem) dominatedSites(ctx context.Context) ([]int8, bool) {
	drop, any := make([]int8, q.sites()), false
	stamp := make([]int32, q.sites())
	count := make([]int, q.sites())
	rows := newBitRows(q.byFirst, q.byDemand, q.demands())
	for i := range q.sites() {
		if ctx.Err() != nil {
			break
		}
		if q.covered(i, drop, stamp, count, rows) {
			drop[i], any = closeIt, true
		}
	}
	return drop, any
}

// covered reports whether another site that stays serves all that site i does:
// one of those that serve i's rarest demand. Without rows it counts how many
// demands of i they serve.
func (q *problem) covered(i int, drop []int8, stamp []int32, count []int, rows *bitRows) bool {
	mine := q.byDemand[q.byFirst[i]:q.byFirst[i+1]]
	if len(mine) == 0 {
		return true
	}
	mark := int32(i + 1)
	rare := rarest(mine, q.first)
	left := 0
	for _, k := range q.site[q.first[rare]:q.first[rare+1]] {
		size := q.byFirst[k+1] - q.byFirst[k]
		if int(k) == i || drop[k] != free || size < len(mine) || size == len(mine) && int(k) > i {
			continue
		}
		if rows != nil {
			if rows.within(int32(i), k) {
				return true
			}
			continue
		}
		stamp[k], count[k] = mark, 0
		left++
	}
	for at, j := range mine {
		if left == 0 {
			return false
		}
		left = 0
		for _, k := range q.site[q.first[j]:q.first[j+1]] {
			if stamp[k] == mark && count[k] == at {
				count[k]++
				left++
			}
		}
	}
	return left > 0
}

// rarest returns the number of a list whose own list is the shortest.
func rarest(list []int32, first []int) int32 {
	least := list[0]
	for _, j := range list {
		if first[j+1]-first[j] < first[least+1]-first[least] {
			least = j
		}
	}
	return least
}

// dropRows removes the demands of a set cover whose sites include all sites of
// another demand. Identical demands were merged, so such a demand has more sites.
func (q *problem) dropRows(ctx context.Context, lambda []float64) ([]float64, bool) {
	keep, dropped := make([]bool, q.demands()), false
	for j := range keep {
		keep[j] = true
	}
	drop := func(k int32) { keep[k], dropped = false, true }
	rows, count := newBitRows(q.first, q.site, q.sites()), make([]int, q.demands())
	for j := range keep {
		switch {
		case ctx.Err() != nil:
		case !keep[j]:
		case rows != nil:
			i := rarest(q.site[q.first[j]:q.first[j+1]], q.byFirst)
			for _, k := range q.byDemand[q.byFirst[i]:q.byFirst[i+1]] {
				if int(k) != j && keep[k] && rows.within(int32(j), k) {
					drop(k)
				}
			}
		default:
			q.including(j, count, drop)
		}
	}
	if !dropped {
		return lambda, false
	}
	return q.keepRows(keep, lambda), true
}

// including calls do for the demands that have all sites of demand j and more.
func (q *problem) including(j int, count []int, do func(k int32)) {
	mine, seen := q.site[q.first[j]:q.first[j+1]], []int32(nil)
	for _, i := range mine {
		for _, k := range q.byDemand[q.byFirst[i]:q.byFirst[i+1]] {
			if count[k] == 0 {
				seen = append(seen, k)
			}
			count[k]++
		}
	}
	for _, k := range seen {
		if int(k) != j && count[k] == len(mine) {
			do(k)
		}
		count[k] = 0
	}
}

// keepRows rebuilds the demands in place.
func (q *problem) keepRows(keep []bool, lambda []float64) []float64 {
	r := *q
	q.first, q.site, q.fallback, q.scale = nil, nil, nil, nil
	var kept []float64
	for j, k := range keep {
		if !k {
			continue
		}
		q.first = append(q.first, len(q.site))
		q.site = append(q.site, r.site[r.first[j]:r.first[j+1]]...)
		q.fallback = append(q.fallback, r.fallback[j])
		q.scale = append(q.scale, r.scale[j])
		kept = append(kept, lambda[j])
	}
	q.first = append(q.first, len(q.site))
	q.transpose()
	return kept
}
