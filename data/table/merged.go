package table

// down is a merged area of several rows: its value stands at (first, col).
type down struct{ first, last, col int }

// spreader writes the value of a merged area into the rows below its first, in
// its first column. Sideways nothing is repeated: a merged note is not data.
type spreader struct {
	merges []down // by first row
	active []held
	mark   []bool
}

type held struct {
	down
	value string
}

func (s *spreader) fill(n int, cells []string) Row {
	r := Row{Number: n, Cells: cells}
	kept := s.active[:0]
	for _, h := range s.active {
		if n <= h.last {
			s.put(&r, h.col, h.value)
			kept = append(kept, h)
		}
	}
	s.active = kept
	for len(s.merges) > 0 && s.merges[0].first <= n {
		m := s.merges[0]
		s.merges = s.merges[1:]
		if m.first == n && m.col < len(cells) && cells[m.col] != "" {
			s.active = append(s.active, held{m, cells[m.col]})
		}
	}
	return r
}

func (s *spreader) put(r *Row, col int, value string) {
	for len(r.Cells) <= col {
		r.Cells = append(r.Cells, "")
	}
	for i := len(s.mark); i < len(r.Cells); i++ {
		s.mark = append(s.mark, false)
	}
	if r.Spread == nil {
		clear(s.mark)
	}
	r.Spread = s.mark
	r.Cells[col], r.Spread[col] = value, true
}
