package grid

import "slices"

// Components groups cells that hang together by shared edges. The cells are
// cell numbers of s in ascending order; a number may stand more than once (a
// cell shared out between zones). Each group lists indices into cells,
// ascending; groups stand in the order of their smallest index.
//
// joined may refuse to join two neighbours, or two entries of one cell, for
// instance when they lie on different landmasses: it is asked with two indices
// i < j whenever the two are not yet in one group. nil joins all.
//
// It takes linear time, but for cells that stand k times k² pairs are asked.
func Components(s Spec, cells []int32, joined func(i, j int) bool) [][]int32 {
	u := newUnion(len(cells))
	join := func(i, j int) {
		if a, b := u.find(int32(i)), u.find(int32(j)); a != b && (joined == nil || joined(i, j)) {
			u.link(a, b)
		}
	}
	var up, left, leftEnd int // entries of the cell above and of the one before
	for i := 0; i < len(cells); {
		end := runEnd(cells, i)
		above := int64(cells[i]) - int64(s.Cols)
		for up < i && int64(cells[up]) < above {
			up++
		}
		upEnd := up
		if up < i && int64(cells[up]) == above {
			upEnd = runEnd(cells, up)
		}
		hasLeft := s.Cols > 0 && leftEnd > left && cells[left] == cells[i]-1 && cells[i]%s.Cols != 0
		for j := i; j < end; j++ {
			for k := up; k < upEnd; k++ {
				join(k, j)
			}
			for k := left; hasLeft && k < leftEnd; k++ {
				join(k, j)
			}
			for k := i; k < j; k++ {
				join(k, j)
			}
		}
		left, leftEnd = i, end
		i = end
	}
	return u.groups()
}

// runEnd returns the end of the run of equal cells that begins at i.
func runEnd(cells []int32, i int) int {
	j := i + 1
	for j < len(cells) && cells[j] == cells[i] {
		j++
	}
	return j
}

// union is a forest of disjoint sets whose roots are their smallest members.
type union []int32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u union) find(i int32) int32 {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// link joins two roots.
func (u union) link(a, b int32) {
	if a < b {
		u[b] = a
	} else {
		u[a] = b
	}
}

// groups lists the sets by smallest member, members ascending.
func (u union) groups() [][]int32 {
	size := make([]int32, len(u))
	n := 0
	for i := range u {
		r := u.find(int32(i))
		if size[r] == 0 {
			n++
		}
		size[r]++
	}
	all := make([]int32, 0, len(u))
	groups := make([][]int32, 0, n)
	at := make([]int32, len(u)) // group number of a root
	for i := range u {
		r := u[i]
		if r != int32(i) {
			r = u.find(int32(i))
		} else {
			at[r] = int32(len(groups))
			from := len(all)
			all = all[:from+int(size[r])]
			groups = append(groups, all[from:from:len(all)])
		}
		groups[at[r]] = append(groups[at[r]], int32(i))
	}
	return groups
}

// ascending returns cells sorted and without repeats; cells itself when it
// already is.
func ascending(cells []int32) []int32 {
	tidy := true
	for i := 1; i < len(cells) && tidy; i++ {
		tidy = cells[i-1] < cells[i]
	}
	if tidy {
		return cells
	}
	sorted := slices.Clone(cells)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
