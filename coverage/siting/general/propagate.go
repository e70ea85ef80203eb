package general

import "math"

// propagate decides the sites that the rows leave no choice about, in place. It
// returns false when no choice of the free sites can keep to all rows.
func (x *index) propagate(state []int8) bool {
	for {
		changed, ok := x.propagateMost(state)
		if !ok {
			return false
		}
		for r := range x.SiteRows {
			c, ok := x.propagateRow(r, state)
			if !ok {
				return false
			}
			changed = changed || c
		}
		if !changed {
			return true
		}
	}
}

func (x *index) propagateMost(state []int8) (changed, ok bool) {
	open := 0
	for _, s := range state {
		if s == Open {
			open++
		}
	}
	if open < x.Most {
		return false, true
	}
	for i, s := range state {
		if s == Free {
			state[i], changed = Shut, true
		}
	}
	return changed, open == x.Most
}

func (x *index) propagateRow(r int, state []int8) (changed, ok bool) {
	row, least := &x.SiteRows[r], 0.0
	for k, i := range row.At {
		if state[i] == Open || state[i] == Free && row.Coef[k] < 0 {
			least += row.Coef[k]
		}
	}
	room := row.Limit + x.SiteRows[r].Slack - least
	if room < 0 {
		return false, false
	}
	for k, i := range row.At {
		if state[i] != Free || math.Abs(row.Coef[k]) <= room {
			continue
		}
		changed = true
		if row.Coef[k] > 0 {
			state[i] = Shut
		} else {
			state[i] = Open
		}
	}
	return changed, true
}

// possible reports whether the demands could be served as the problem asks if
// every site that is not shut were open; it opens the sites that a demand cannot
// do without and says whether it did. When time is up they are taken to be served.
func (x *index) possible(state []int8, s *server) (opened, ok bool) {
	if x.Capacity != nil {
		var all []int32
		for i, st := range state {
			if st != Shut {
				all = append(all, int32(i))
			}
		}
		s.flow(all)
		return false, s.unserved() == 0 || s.stopped()
	}
	for j := range s.share {
		reach := 0
		for k := x.First[j]; k < x.First[j+1]; k++ {
			if state[x.Site[k]] != Shut {
				reach++
			}
		}
		s.share[j] = 0
		if reach < x.Need {
			s.share[j] = 1
		}
		if reach == x.Need && math.IsInf(x.Penalty[j], 1) {
			opened = x.openAll(j, state) || opened
		}
	}
	return opened, s.unserved() == 0
}

func (x *index) openAll(j int, state []int8) (opened bool) {
	for k := x.First[j]; k < x.First[j+1]; k++ {
		if i := x.Site[k]; state[i] == Free {
			state[i], opened = Open, true
		}
	}
	return opened
}

// settle runs both to the end.
func (x *index) settle(state []int8, s *server) bool {
	for {
		if !x.propagate(state) {
			return false
		}
		opened, ok := x.possible(state, s)
		if !ok {
			return false
		}
		if !opened {
			return true
		}
	}
}
