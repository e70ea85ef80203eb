package friction

import "fmt"

// Steps are the steps of a surface one by one, for searches that know more than
// the ground: those that [Nearest] takes, with the same times. They are
// immutable and safe for concurrent use as long as the surface does not change.
type Steps struct {
	h    *search
	open int64
}

// Step leads to a cell in milliseconds, at least 1.
type Step struct {
	Cell int32
	MS   uint32
}

// NewSteps checks and measures a surface. Of the options Neighbours, Toward,
// Slope and CutCorners count. Errors are those of [Nearest] and wrap [ErrSurface].
func NewSteps(s *Surface, o Options) (*Steps, error) {
	if o.Neighbours != 0 && o.Neighbours != 8 && o.Neighbours != 16 {
		return nil, fmt.Errorf("friction: %d neighbours, want 8 or 16", o.Neighbours)
	}
	survey, err := s.Survey()
	if err != nil {
		return nil, err
	}
	lengths, err := Measure(s.Grid)
	if err != nil {
		return nil, err
	}
	return &Steps{newSearch(s, lengths, o), survey.Open}, nil
}

// OpenCells is the number of cells that can be entered.
func (s *Steps) OpenCells() int64 { return s.open }

// Open reports whether a cell, which must be on the grid, can be entered.
func (s *Steps) Open(cell int32) bool { return s.h.open(int(cell)) }

// From appends the steps from a cell that is open; toward, the steps that lead
// to it. Steps over [MaxMS] are left out.
func (s *Steps) From(list []Step, cell int32) []Step {
	h, c := s.h, int(cell)
	row, col := cell/h.cols, cell%h.cols
	for way := range h.ways() {
		r, q := row+ways[way].dr, col+ways[way].dc
		if r < 0 || q < 0 || r >= h.rows || q >= h.cols {
			continue
		}
		n := c + h.offset[way]
		if !h.open(n) || way >= 4 && h.corner(c, way) {
			continue
		}
		if step := h.step(c, n, row, way); step < MaxMS+1 {
			list = append(list, Step{int32(n), max(uint32(step), 1)})
		}
	}
	return list
}
