package tile

import (
	"math"

	"github.com/paulmach/orb"
)

const (
	// MaxZoom is the deepest zoom that [ID.Valid] allows.
	MaxZoom = 24
	// Extent is the width of a tile in its own whole units.
	Extent = 4096
	// Buffer is how far, in tile units, a shape may reach past the tile.
	Buffer = 64
	// MaxLatitude is the latitude at which the Web Mercator square ends, degrees.
	MaxLatitude = 85.05112877980659
)

// ID names a tile: zoom, column from the west, row from the north.
type ID struct{ Z, X, Y uint32 }

// Valid reports whether there is such a tile.
func (t ID) Valid() bool {
	return t.Z <= MaxZoom && t.X < 1<<t.Z && t.Y < 1<<t.Z
}

// World places a WGS 84 point (degrees) in the unit square of Web Mercator: x
// eastwards from 180° W, y southwards from [MaxLatitude]. Latitudes beyond it are
// pulled back to the edge; longitudes beyond 180° give x outside 0..1.
func World(p orb.Point) (x, y float64) {
	lat := min(max(p[1], -MaxLatitude), MaxLatitude)
	s := math.Sin(lat * math.Pi / 180)
	return p[0]/360 + 0.5, 0.5 - math.Log((1+s)/(1-s))/(4*math.Pi)
}

// LonLat is the inverse of [World].
func LonLat(x, y float64) orb.Point {
	lat := math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi
	return orb.Point{(x - 0.5) * 360, lat}
}

// window is a rectangle of the unit square.
type window struct{ x0, y0, x1, y1 float64 }

func (w window) intersect(o window) window {
	return window{max(w.x0, o.x0), max(w.y0, o.y0), min(w.x1, o.x1), min(w.y1, o.y1)}
}

func (w window) empty() bool { return w.x0 >= w.x1 || w.y0 >= w.y1 }

func (t ID) window() window {
	n := math.Exp2(float64(t.Z))
	return window{float64(t.X) / n, float64(t.Y) / n, float64(t.X+1) / n, float64(t.Y+1) / n}
}

// Bound is the tile's outline in WGS 84 degrees.
func (t ID) Bound() orb.Bound {
	w := t.window()
	return orb.Bound{Min: LonLat(w.x0, w.y1), Max: LonLat(w.x1, w.y0)}
}

// frame turns world coordinates into tile units.
type frame struct{ scale, x, y float64 }

func (t ID) frame() frame {
	return frame{scale: math.Exp2(float64(t.Z)), x: float64(t.X), y: float64(t.Y)}
}

func (f frame) units(x, y float64) [2]float64 {
	return [2]float64{(x*f.scale - f.x) * Extent, (y*f.scale - f.y) * Extent}
}
