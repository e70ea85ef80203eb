package plane

import "math"

// Dense is a line with a point at least every so many km.
func Dense(line []XY, everyKM float64) []XY {
	out := []XY{line[0]}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		n := max(1, math.Ceil(a.To(b)/everyKM))
		for k := 1.0; k <= n; k++ {
			out = append(out, XY{a[0] + (b[0]-a[0])*k/n, a[1] + (b[1]-a[1])*k/n})
		}
	}
	return out
}

// Bounds are the corners of the box around a line.
func Bounds(line []XY) (low, high XY) {
	low, high = line[0], line[0]
	for _, p := range line {
		low, high = XY{min(low[0], p[0]), min(low[1], p[1])}, XY{max(high[0], p[0]), max(high[1], p[1])}
	}
	return low, high
}

// Thin leaves out points that are nearer to the line than the tolerance
// (Douglas and Peucker).
func Thin(line []XY, toleranceKM float64) []XY {
	if len(line) < 3 {
		return line
	}
	far, at := 0.0, 0
	for i := 1; i < len(line)-1; i++ {
		if _, d := NearestOn(line[0], line[len(line)-1], line[i]); d > far {
			far, at = d, i
		}
	}
	if far <= toleranceKM {
		return []XY{line[0], line[len(line)-1]}
	}
	head := Thin(line[:at+1], toleranceKM)
	return append(head[:len(head)-1:len(head)-1], Thin(line[at:], toleranceKM)...)
}

// Rounded cuts the corners of a line, its ends stay (Chaikin).
func Rounded(line []XY, rounds int) []XY {
	for range rounds {
		out := []XY{line[0]}
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			if i > 1 {
				out = append(out, XY{0.75*a[0] + 0.25*b[0], 0.75*a[1] + 0.25*b[1]})
			}
			if i < len(line)-1 {
				out = append(out, XY{0.25*a[0] + 0.75*b[0], 0.25*a[1] + 0.75*b[1]})
			}
		}
		line = append(out, line[len(line)-1])
	}
	return line
}

// NearestOn is the place on a piece that is nearest to p, and how far it is.
func NearestOn(a, b, p XY) (XY, float64) {
	dx, dy := b[0]-a[0], b[1]-a[1]
	share := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		share = max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/length))
	}
	q := XY{a[0] + share*dx, a[1] + share*dy}
	return q, p.To(q)
}
