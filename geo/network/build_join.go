package network

import (
	"cmp"
	"math"
	"slices"

	"lifecircle/geo/geodesy"
)

// ferryLink is the class of the street that joins a quay to the road. Everybody
// takes it at the speed that the profile gives it.
const ferryLink = "ferry_link"

// noJoin are streets to which no quay is joined.
var noJoin = map[string]bool{
	"motorway": true, "motorway_link": true, "construction": true, "proposed": true, "raceway": true,
	"abandoned": true, "razed": true, "platform": true, "corridor": true, "elevator": true, ferryLink: true,
}

// onFoot are streets that no vehicle takes: a quay joined to one is also joined
// to the nearest road.
var onFoot = map[string]bool{"footway": true, "path": true, "steps": true, "pedestrian": true, "cycleway": true, "bridleway": true, "man_made=pier": true}

// landing is the nearest place on a street to a quay.
type landing struct {
	way, ref uint32  // the piece after ref
	share    float64 // along it
	metres   float64
}

// insertion is a new point in a piece of a way.
type insertion struct {
	way, ref uint32
	share    float64
	point    uint32
}

// joinQuays joins the quays that are on no street to the nearest one, and, when
// vehicles cannot take that, to the nearest road as well.
func (b *Builder) joinQuays(report *BuildReport) {
	limit := b.JoinM
	if limit == 0 {
		limit = 250
	}
	var lonely []uint32
	street := b.onStreet()
	for p := range b.quays {
		if !street[p] {
			lonely = append(lonely, p)
		}
	}
	if len(lonely) == 0 {
		return
	}
	slices.Sort(lonely)
	var all []insertion
	links := b.classes.intern(NewTags(Tag{"highway", ferryLink}))
	for _, quay := range lonely {
		best, road := b.nearestStreet(quay, limit)
		if math.IsInf(best.metres, 1) {
			report.QuaysAlone = append(report.QuaysAlone, b.points[quay].point())
			continue
		}
		report.QuaysJoined++
		all = append(all, b.land(quay, best, links)...)
		if !math.IsInf(road.metres, 1) && road != best {
			all = append(all, b.land(quay, road, links)...)
		}
	}
	b.insert(all)
}

func (b *Builder) onStreet() []bool {
	street := make([]bool, len(b.points))
	for _, w := range b.ways {
		if w.ferry < 0 {
			for _, p := range b.refs[w.first:w.end] {
				street[p] = true
			}
		}
	}
	return street
}

// nearestStreet looks at every street: quays are few. It returns the nearest
// place of all, and the nearest that vehicles may take.
func (b *Builder) nearestStreet(quay uint32, limitM float64) (best, road landing) {
	best.metres, road.metres = math.Inf(1), math.Inf(1)
	frame := geodesy.NewFrame(b.points[quay].point())
	reach := int64(limitM/110_000*unitsPerDegree) + 1
	for i, w := range b.ways {
		if w.ferry >= 0 || noJoin[b.classes.sets[w.class].kind()] {
			continue
		}
		foot := onFoot[b.classes.sets[w.class].kind()]
		for r := w.first; r+1 < w.end; r++ {
			p, q := b.points[b.refs[r]], b.points[b.refs[r+1]]
			lat := int64(b.points[quay].lat)
			if int64(min(p.lat, q.lat)) > lat+reach || int64(max(p.lat, q.lat)) < lat-reach {
				continue
			}
			share, metres := nearestOn(frame, p, q)
			if metres > limitM {
				continue
			}
			if metres < best.metres {
				best = landing{uint32(i), r, share, metres}
			}
			if !foot && metres < road.metres {
				road = landing{uint32(i), r, share, metres}
			}
		}
	}
	return best, road
}

// nearestOn returns the share along a piece of the place nearest to the origin
// of a frame, and its distance in metres there.
func nearestOn(frame geodesy.Frame, p, q coord) (share, metres float64) {
	px, py := frame.ToMetres(p.point())
	qx, qy := frame.ToMetres(q.point())
	dx, dy := qx-px, qy-py
	if l := dx*dx + dy*dy; l > 0 {
		share = max(0, min(1, -(px*dx+py*dy)/l))
	}
	return share, math.Hypot(px+share*dx, py+share*dy)
}

// land adds the street from a quay to its landing, which becomes a point of the
// way there unless it is next to one already.
func (b *Builder) land(quay uint32, l landing, class uint32) []insertion {
	p, q := b.refs[l.ref], b.refs[l.ref+1]
	at := between(b.points[p], b.points[q], l.share)
	var end uint32
	var list []insertion
	switch at {
	case b.points[p]:
		end = p
	case b.points[q]:
		end = q
	default:
		end = uint32(len(b.points))
		b.points = append(b.points, at)
		list = []insertion{{l.way, l.ref, l.share, end}}
	}
	first := uint32(len(b.refs))
	b.refs = append(b.refs, quay, end)
	b.ways = append(b.ways, way{first: first, end: first + 2, class: class, ferry: -1})
	return list
}

// between is the place at a share of a piece.
func between(p, q coord, share float64) coord {
	east := eastOf(p.lon, q.lon)
	lon := float64(p.lon) + share*float64(east-int64(p.lon))
	lat := float64(p.lat) + share*float64(int64(q.lat)-int64(p.lat))
	at, _ := toCoord(coordPoint(lon, lat))
	return at
}

// insert writes the ways with new points anew, at the end of the refs.
func (b *Builder) insert(list []insertion) {
	slices.SortFunc(list, func(a, c insertion) int {
		return cmp.Or(cmp.Compare(a.way, c.way), cmp.Compare(a.ref, c.ref), cmp.Compare(a.share, c.share), cmp.Compare(a.point, c.point))
	})
	for len(list) > 0 {
		w := &b.ways[list[0].way]
		n := 0
		for n < len(list) && list[n].way == list[0].way {
			n++
		}
		first := uint32(len(b.refs))
		for r := w.first; r < w.end; r++ {
			b.refs = append(b.refs, b.refs[r])
			for len(list) > 0 && n > 0 && list[0].ref == r {
				b.refs = append(b.refs, list[0].point)
				list, n = list[1:], n-1
			}
		}
		w.first, w.end = first, uint32(len(b.refs))
	}
}
