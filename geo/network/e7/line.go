package e7

import (
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// PiecesMM measures the pieces between the vertices of a line in whole
// millimetres and appends them to dst.
func PiecesMM(line []Coord, dst []uint32) []uint32 {
	for i := 1; i < len(line); i++ {
		m := geodesy.Metres(line[i-1].vec(), line[i].vec())
		dst = append(dst, uint32(min(math.Round(m*1000), math.MaxUint32)))
	}
	return dst
}

// NearestOn returns the share, from 0 to 1, along a piece of the place nearest
// to the origin of a frame, and its distance in metres there.
func NearestOn(frame geodesy.Frame, p, q Coord) (share, metres float64) {
	px, py := frame.ToMetres(p.Point())
	qx, qy := frame.ToMetres(q.Point())
	dx, dy := qx-px, qy-py
	if l := dx*dx + dy*dy; l > 0 {
		share = max(0, min(1, -(px*dx+py*dy)/l))
	}
	return share, math.Hypot(px+share*dx, py+share*dy)
}

// Between is the place at a share, from 0 to 1, of a piece, in degrees and not
// rounded to units; its longitude may pass 180 degrees.
func Between(p, q Coord, share float64) orb.Point {
	east := EastOf(p.Lon, q.Lon)
	lon := float64(p.Lon) + share*float64(east-int64(p.Lon))
	lat := float64(p.Lat) + share*float64(int64(q.Lat)-int64(p.Lat))
	return orb.Point{lon / PerDegree, lat / PerDegree}
}

// AppendNear adds a place to a line, within half a turn of the one before, and
// only once.
func AppendNear(line orb.LineString, p orb.Point) orb.LineString {
	if n := len(line); n > 0 {
		for p[0]-line[n-1][0] > 180 {
			p[0] -= 360
		}
		for p[0]-line[n-1][0] < -180 {
			p[0] += 360
		}
		if p == line[n-1] {
			return line
		}
	}
	return append(line, p)
}
