package travel

import (
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// row is a demand row in a block: its place in the block's frame and on Earth.
type row struct {
	u, v, w float64 // metres east, north and up of the block's centre
	at      geodesy.Vec
	id      int32
}

// rival is a facility place that may matter to a block, in the block's frame.
type rival struct {
	u, v, w float64
	slot    int32
}

// frame is an earth-fixed frame with its origin in a block and axes about east,
// north and up. It turns and moves, so chords stay what they are.
type frame struct {
	origin          geodesy.Vec
	east, north, up geodesy.Vec
}

func newFrame(origin geodesy.Vec) frame {
	f := frame{origin: origin, east: geodesy.Vec{X: 1}}
	if h := math.Hypot(origin.X, origin.Y); h > 1 {
		f.east = geodesy.Vec{X: -origin.Y / h, Y: origin.X / h}
	}
	// Up leans with the geocentric latitude; near a pole east is not quite level,
	// so up is made square to it.
	tilt := origin.Dot(f.east)
	up := origin.Sub(geodesy.Vec{X: tilt * f.east.X, Y: tilt * f.east.Y})
	r := math.Sqrt(up.Dot(up))
	f.up = geodesy.Vec{X: up.X / r, Y: up.Y / r, Z: up.Z / r}
	f.north = geodesy.Vec{
		X: f.up.Y*f.east.Z - f.up.Z*f.east.Y,
		Y: f.up.Z*f.east.X - f.up.X*f.east.Z,
		Z: f.up.X*f.east.Y - f.up.Y*f.east.X,
	}
	return f
}

// local returns the frame's coordinates of a point.
func (f *frame) local(p geodesy.Vec) (u, v, w float64) {
	x, y, z := p.X-f.origin.X, p.Y-f.origin.Y, p.Z-f.origin.Z
	return x*f.east.X + y*f.east.Y + z*f.east.Z,
		x*f.north.X + y*f.north.Y + z*f.north.Z,
		x*f.up.X + y*f.up.Y + z*f.up.Z
}

// extent is a box in a block's frame: centre and half sides.
type extent struct{ u, v, w, hu, hv, hw float64 }

// extentOf returns the box around rows.
func extentOf(rows []row) extent {
	r := &rows[0]
	u0, u1, v0, v1, w0, w1 := r.u, r.u, r.v, r.v, r.w, r.w
	for i := range rows {
		r := &rows[i]
		if r.u < u0 {
			u0 = r.u
		} else if r.u > u1 {
			u1 = r.u
		}
		if r.v < v0 {
			v0 = r.v
		} else if r.v > v1 {
			v1 = r.v
		}
		if r.w < w0 {
			w0 = r.w
		} else if r.w > w1 {
			w1 = r.w
		}
	}
	return extent{(u0 + u1) / 2, (v0 + v1) / 2, (w0 + w1) / 2, (u1 - u0) / 2, (v1 - v0) / 2, (w1 - w0) / 2}
}

// radius is the distance from the centre to a corner.
func (e *extent) radius() float64 { return math.Sqrt(e.hu*e.hu + e.hv*e.hv + e.hw*e.hw) }

// halve sorts rows into those below and above the middle of the box's longer
// horizontal side and returns how many are below.
func (e *extent) halve(rows []row) int {
	i, j := 0, len(rows)-1
	for i <= j {
		below := rows[i].v < e.v
		if e.hu >= e.hv {
			below = rows[i].u < e.u
		}
		if below {
			i++
			continue
		}
		rows[i], rows[j] = rows[j], rows[i]
		j--
	}
	return i
}

// earth turns longitudes and latitudes into earth-centred places. It remembers
// sines and cosines: on a grid both come back again and again.
type earth struct {
	lat            float64
	sinLat, cosLat float64
	lons           [256]struct{ lon, sin, cos float64 }
}

func newEarth() *earth {
	e := &earth{lat: math.NaN()}
	for i := range e.lons {
		e.lons[i].lon = math.NaN()
	}
	return e
}

// at is [geodesy.ECEF], to the last bit; ok is false for what is no place.
func (e *earth) at(p orb.Point) (v geodesy.Vec, ok bool) {
	if p[1] != e.lat {
		if !(math.Abs(p[1]) <= 90) {
			return v, false
		}
		e.lat = p[1]
		e.sinLat, e.cosLat = geodesy.SincosDeg(p[1])
	}
	c := &e.lons[math.Float64bits(p[0])*0x9e3779b97f4a7c15>>56]
	if c.lon != p[0] {
		c.sin, c.cos = geodesy.SincosDeg(p[0])
		c.lon = p[0]
	}
	v = geodesy.FromSincos(c.sin, c.cos, e.sinLat, e.cosLat)
	return v, v.X == v.X
}
