package friction

import "fmt"

// Path returns the cells of a best way between a cell and its source, both
// included: from the cell when the journey is toward the source, to it
// otherwise. It is nil when there is none. Surface and options must be those
// that gave the result; a result of others gives an error that wraps
// [ErrSurface]. Of several best ways it takes the same one every time.
func (r *Result) Path(s *Surface, o Options, cell int32) ([]int32, error) {
	n := len(s.Seconds)
	if len(r.MS) != n || len(r.Source) != n || int64(n) != s.Grid.Cells() || cell < 0 || int(cell) >= n {
		return nil, fmt.Errorf("%w: cell %d of a result of %d cells on %d", ErrSurface, cell, len(r.MS), n)
	}
	if r.MS[cell] == Never {
		return nil, nil
	}
	lengths, err := Measure(s.Grid)
	if err != nil {
		return nil, err
	}
	h := newSearch(s, lengths, o)
	h.res = *r
	path := []int32{cell}
	for at, ok := h.before(int(cell)); ok; at, ok = h.before(at) {
		path = append(path, int32(at))
	}
	if !o.Toward {
		for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
			path[i], path[j] = path[j], path[i]
		}
	}
	return path, nil
}

// before finds the cell from which the search came into another: its time and
// the step make the time there, and its source is the same. Times fall with
// every call, so it ends; false at a source.
func (h *search) before(c int) (int, bool) {
	row, col := int32(c)/h.cols, int32(c)%h.cols
	for way := range h.ways() {
		r, q := row+ways[way].dr, col+ways[way].dc
		if r < 0 || q < 0 || r >= h.rows || q >= h.cols {
			continue
		}
		n := c + h.offset[way]
		if h.res.MS[n] >= h.res.MS[c] || h.res.Source[n] != h.res.Source[c] || h.corner(c, way) {
			continue
		}
		step := h.step(n, c, r, opposite(way))
		if room := float64(h.res.MS[c]-h.res.MS[n]) + 1; step < room && max(uint32(step), 1) == h.res.MS[c]-h.res.MS[n] {
			return n, true
		}
	}
	return 0, false
}
