package network

import (
	"errors"
	"math"

	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// ErrTooLarge is the error of a graph beyond what 32-bit numbers hold.
var ErrTooLarge = errors.New("network: more than 2,000,000,000 points")

const maxPoints = 2_000_000_000

// Builder collects streets over numbered points and makes a [Graph] of them.
// Streets join where they share a point. The zero value is ready to use.
type Builder struct {
	JoinM float64 // a quay off the road is joined to a road within so many metres; 0: 250, negative: never

	points   []e7.Coord
	byPlace  map[e7.Coord]uint32
	ways     []way
	refs     []uint32 // points of all ways
	classes  interner
	barriers map[uint32]uint32 // point -> class
	quays    map[uint32]bool
	bans     []Ban
	ferries  []Ferry
}

// way is a street, or a line of a ferry, as it was given.
type way struct {
	first, end uint32 // refs
	class      uint32
	ferry      int32  // into ferries, -1 for a street
	sailMS     uint32 // over its whole length
}

// Ban is a turn restriction between two ways at a point that both touch.
type Ban struct {
	FromWay, ToWay, Via uint32
	Only                bool         // of all turns only this one is allowed
	Tags                profile.Tags // "restriction" or "restriction:motorcar" and "except", for the profile
}

// Point adds a place and returns its number, false when it is not on the Earth.
func (b *Builder) Point(at orb.Point) (uint32, bool) {
	c, ok := e7.Of(at)
	if !ok || len(b.points) >= maxPoints {
		return 0, false
	}
	b.points = append(b.points, c)
	return uint32(len(b.points) - 1), true
}

// PointAt is Point for lines whose ends meet by place: the same place, to 1e-7
// degree, is the same point.
func (b *Builder) PointAt(at orb.Point) (uint32, bool) {
	c, ok := e7.Of(at)
	if !ok {
		return 0, false
	}
	if b.byPlace == nil {
		b.byPlace = map[e7.Coord]uint32{}
	}
	if n, ok := b.byPlace[c]; ok {
		return n, true
	}
	n, ok := b.Point(at)
	if ok {
		b.byPlace[c] = n
	}
	return n, ok
}

// Way adds a street through points and returns its number. Points that repeat
// the one before are dropped; a street of fewer than two points leads nowhere
// and leaves nothing.
func (b *Builder) Way(points []uint32, tags profile.Tags) uint32 {
	return b.add(points, tags, -1, 0)
}

// Ferry adds a boat service and returns its number for [Builder.Sail]. A zero
// Back means that Out holds both ways.
func (b *Builder) Ferry(f Ferry) int32 {
	if f.Back.equal(Timetable{}) {
		f.Back = f.Out
	}
	b.ferries = append(b.ferries, f)
	return int32(len(b.ferries) - 1)
}

// Sail adds a line of a ferry over water through points; its ends are quays
// unless they only join other lines of ferries (see [Builder.Quay]). The tags
// say whom it carries. sailS is the time over the whole line, 0 when not known.
func (b *Builder) Sail(ferry int32, points []uint32, tags profile.Tags, sailS float64) uint32 {
	ms := uint32(0)
	if sailS > 0 {
		ms = roundMS(sailS)
	}
	return b.add(points, tags, ferry, ms)
}

// Quay marks a point of a ferry's line where it stops. Boats pass other points,
// even those on a road, without stopping.
func (b *Builder) Quay(point uint32) {
	if b.quays == nil {
		b.quays = map[uint32]bool{}
	}
	b.quays[point] = true
}

// Barrier puts tags on a point, for profiles to say whether it lets them pass.
func (b *Builder) Barrier(point uint32, tags profile.Tags) {
	if b.barriers == nil {
		b.barriers = map[uint32]uint32{}
	}
	b.barriers[point] = b.classes.intern(tags)
}

// Ban adds a turn restriction.
func (b *Builder) Ban(ban Ban) { b.bans = append(b.bans, ban) }

// FerryBetween adds a service between two quays that are not on the map yet,
// straight over the water; false when a place is not on the Earth or the ferry
// is not [Ferry.Valid]. It is joined to the roads as [Builder.JoinM] says.
func (b *Builder) FerryBetween(from, to orb.Point, f Ferry, tags profile.Tags, sailS float64) bool {
	p, ok1 := b.PointAt(from)
	q, ok2 := b.PointAt(to)
	if !ok1 || !ok2 || p == q || !f.Valid() || math.IsNaN(sailS) || sailS < 0 {
		return false
	}
	b.Quay(p)
	b.Quay(q)
	b.Sail(b.Ferry(f), []uint32{p, q}, tags, sailS)
	return true
}

func (b *Builder) add(points []uint32, tags profile.Tags, ferry int32, sailMS uint32) uint32 {
	w := way{first: uint32(len(b.refs)), class: b.classes.intern(tags), ferry: ferry, sailMS: sailMS}
	for i, p := range points {
		if int(p) < len(b.points) && (i == 0 || p != points[i-1]) {
			b.refs = append(b.refs, p)
		}
	}
	w.end = uint32(len(b.refs))
	if w.end-w.first < 2 {
		b.refs, w.end = b.refs[:w.first], w.first
	}
	b.ways = append(b.ways, w)
	return uint32(len(b.ways) - 1)
}

// BuildReport says what became of the parts of a graph.
type BuildReport struct {
	QuaysJoined  int         // off the road, and joined to it
	QuaysAlone   []orb.Point // no road within reach: nobody can board there
	BansUnused   int         // restrictions whose ways do not meet there in one way only
	WaysLeftOut  int         // of fewer than two points
	FerriesEmpty int         // ferries without a line
}

// Line adds a street that is given by its places: for plain line layers, whose
// streets meet where they share a vertex. False, and no street, when a place is
// not on the Earth.
func (b *Builder) Line(line orb.LineString, tags profile.Tags) (uint32, bool) {
	points := make([]uint32, len(line))
	for i, at := range line {
		p, ok := b.PointAt(at)
		if !ok {
			return 0, false
		}
		points[i] = p
	}
	return b.Way(points, tags), true
}
