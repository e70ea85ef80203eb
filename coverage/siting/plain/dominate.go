package plain

// dominate drops sites that serve a subset of what another site serves, and, in
// a set cover, demands that are served whenever another one is. Both keep an
// optimum. Only problems whose pairs cost nothing are looked at: everywhere at
// the root, below it only set covers.
func dominate(q *problem, lambda []float64, root bool) (*problem, []float64) {
	if q.cost != nil || !root && !q.rows {
		return q, lambda
	}
	for {
		drop, any := q.dominatedSites()
		if any {
			q, lambda = q.reduce(drop, lambda)
		}
		if !q.rows {
			return q, lambda
		}
		less, dropped := q.dropRows(lambda)
		lambda = less
		if !dropped {
			return q, lambda
		}
	}
}

// dominatedSites marks every site whose demands are all served by another site
// that stays; of equal sites the first stays.
func (q *problem) dominatedSites() ([]int8, bool) {
	drop, any := make([]int8, q.sites()), false
	stamp := make([]int32, q.sites())
	count := make([]int, q.sites())
	for i := range q.sites() {
		if q.covered(i, drop, stamp, count) {
			drop[i], any = closeIt, true
		}
	}
	return drop, any
}

// covered reports whether another site that stays serves all that site i does.
// It counts, for the sites of i's rarest demand, how many demands of i they serve.
func (q *problem) covered(i int, drop []int8, stamp []int32, count []int) bool {
	mine := q.byDemand[q.byFirst[i]:q.byFirst[i+1]]
	if len(mine) == 0 {
		return true
	}
	mark := int32(i + 1)
	rare := mine[0]
	for _, j := range mine {
		if q.first[j+1]-q.first[j] < q.first[rare+1]-q.first[rare] {
			rare = j
		}
	}
	left := 0
	for _, k := range q.site[q.first[rare]:q.first[rare+1]] {
		size := q.byFirst[k+1] - q.byFirst[k]
		if int(k) != i && drop[k] == free && (size > len(mine) || size == len(mine) && int(k) < i) {
			stamp[k], count[k] = mark, 0
			left++
		}
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

// dropRows removes the demands of a set cover whose sites include all sites of
// another demand.
func (q *problem) dropRows(lambda []float64) ([]float64, bool) {
	keep, dropped := make([]bool, q.demands()), false
	for j := range keep {
		keep[j] = true
	}
	count := make([]int, q.demands())
	var seen []int32
	for j := range keep {
		if !keep[j] {
			continue
		}
		mine := q.site[q.first[j]:q.first[j+1]]
		for _, i := range mine {
			for _, k := range q.byDemand[q.byFirst[i]:q.byFirst[i+1]] {
				if count[k] == 0 {
					seen = append(seen, k)
				}
				count[k]++
			}
		}
		for _, k := range seen {
			// Identical demands were merged, so k has strictly more sites.
			if int(k) != j && count[k] == len(mine) {
				keep[k], dropped = false, true
			}
			count[k] = 0
		}
		seen = seen[:0]
	}
	if !dropped {
		return lambda, false
	}
	return q.keepRows(keep, lambda), true
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
