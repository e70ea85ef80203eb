package tile

import "math"

// rectangle cuts the upright rectangle between two corners to the tile and its
// buffer; nil when it does not reach into the tile. What is narrower than one
// unit is drawn one unit wide, so that nobody vanishes from the map.
func rectangle(low, high [2]float64, buf [][2]int32) [][2]int32 {
	if high[0] <= 0 || high[1] <= 0 || low[0] >= Extent || low[1] >= Extent {
		return nil
	}
	x0, x1 := side(low[0], high[0])
	y0, y1 := side(low[1], high[1])
	return append(buf[:0], unit{x0, y0}, unit{x1, y0}, unit{x1, y1}, unit{x0, y1})
}

func side(low, high float64) (int32, int32) {
	a, b := pull(low), pull(high)
	if a == b {
		b++
	}
	return a, b
}

func pull(v float64) int32 {
	return int32(math.Round(min(max(v, -Buffer), Extent+Buffer)))
}

// quad cuts any four corners, clockwise, to the tile and its buffer; nil when
// they do not reach into the tile or nothing is left after rounding.
func quad(c [4][2]float64, buf [][2]int32) [][2]int32 {
	low, high := c[0], c[0]
	for _, p := range c[1:] {
		low = [2]float64{min(low[0], p[0]), min(low[1], p[1])}
		high = [2]float64{max(high[0], p[0]), max(high[1], p[1])}
	}
	if high[0] <= 0 || high[1] <= 0 || low[0] >= Extent || low[1] >= Extent {
		return nil
	}
	ring := c[:]
	if low[0] < -Buffer || low[1] < -Buffer || high[0] > Extent+Buffer || high[1] > Extent+Buffer {
		ring = cut(ring)
	}
	out := buf[:0]
	for _, p := range ring {
		u := unit{pull(p[0]), pull(p[1])}
		if len(out) == 0 || out[len(out)-1] != u {
			out = append(out, u)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	if area(out) > 0 {
		return out
	}
	return rectangle(low, high, buf)
}

// cut is Sutherland and Hodgman's clipping of a convex ring by the four sides of
// the buffered tile.
func cut(ring [][2]float64) [][2]float64 {
	for s := range 4 {
		axis, limit, sign := s%2, -float64(Buffer), 1.0
		if s >= 2 {
			limit, sign = Extent+Buffer, -1
		}
		var out [][2]float64
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			dp, dq := sign*(p[axis]-limit), sign*(q[axis]-limit)
			if dp >= 0 {
				out = append(out, p)
			}
			if (dp < 0) != (dq < 0) {
				f := dp / (dp - dq)
				out = append(out, [2]float64{p[0] + f*(q[0]-p[0]), p[1] + f*(q[1]-p[1])})
			}
		}
		ring = out
	}
	return ring
}

// area is twice the area of a ring, positive when it runs clockwise on the screen.
func area(ring [][2]int32) int64 {
	var sum int64
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += int64(p[0])*int64(q[1]) - int64(q[0])*int64(p[1])
	}
	return sum
}
