package friction

// ways is how many ways lead from a cell.
func (h *search) ways() int {
	if h.knights {
		return 16
	}
	return 8
}

// corner reports whether a step to a corner is refused: a diagonal step between
// two closed cells, a knight's move over a closed one.
func (h *search) corner(c, way int) bool {
	switch {
	case way < 4:
		return false
	case way < 8:
		return !h.cut && !h.open(c+h.passed[way][0]) && !h.open(c+h.passed[way][1])
	}
	return !h.open(c+h.passed[way][0]) || !h.open(c+h.passed[way][1])
}

// step is the time of a step between open cells in milliseconds, and a half.
func (h *search) step(c, n int, row int32, way int) float64 {
	rate := h.rates[int(row)*h.lengths.level][way]
	if h.slope == nil {
		sum := float64(h.sec[c]) + float64(h.sec[n])
		if way >= 8 {
			sum += float64(h.sec[c+h.passed[way][0]]) + float64(h.sec[c+h.passed[way][1]])
		}
		return float64(sum*rate) + 0.5
	}
	rise := float64(h.height[n]) - float64(h.height[c])
	if h.toward {
		rise = -rise
	}
	factor := h.slope.Factor(rise / h.lengths.of(row)[way])
	sum := h.sloping(c, factor) + h.sloping(n, factor)
	if way >= 8 {
		sum += h.sloping(c+h.passed[way][0], factor) + h.sloping(c+h.passed[way][1], factor)
	}
	return float64(sum*rate) + 0.5
}

// sloping is the seconds a metre of a cell on a way that takes factor as long as
// the flat.
func (h *search) sloping(cell int, factor float64) float64 {
	if h.level != nil && h.level[cell] {
		return float64(h.sec[cell])
	}
	return float64(float64(h.sec[cell]) * factor)
}
