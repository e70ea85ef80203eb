package network

import (
	"cmp"
	"math"
	"slices"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"
)

// noJoin are streets to which no quay is joined.
var noJoin = map[string]bool{
	"motorway": true, "motorway_link": true, "construction": true, "proposed": true, "raceway": true,
	"abandoned": true, "razed": true, "platform": true, "corridor": true, "elevator": true, profile.FerryLink: true,
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
	links := b.classes.intern(profile.NewTags(profile.Tag{Key: "highway", Value: profile.FerryLink}))
	for _, quay := range lonely {
		best, road := b.nearestStreet(quay, limit)
		if math.IsInf(best.metres, 1) {
			report.QuaysAlone = append(report.QuaysAlone, b.points[quay].Point())
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
	frame := geodesy.NewFrame(b.points[quay].Point())
	reach := int64(limitM/110_000*e7.PerDegree) + 1
	for i, w := range b.ways {
		if w.ferry >= 0 || noJoin[b.classes.sets[w.class].Kind()] {
			continue
		}
		foot := onFoot[b.classes.sets[w.class].Kind()]
		for r := w.first; r+1 < w.end; r++ {
			p, q := b.points[b.refs[r]], b.points[b.refs[r+1]]
			lat := int64(b.points[quay].Lat)
			if int64(min(p.Lat, q.Lat)) > lat+reach || int64(max(p.Lat, q.Lat)) < lat-reach {
				continue
			}
			share, metres := e7.NearestOn(frame, p, q)
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

// land adds the street from a quay to its landing, which becomes a point of the
// way there unless it is next to one already.
func (b *Builder) land(quay uint32, l landing, class uint32) []insertion {
	p, q := b.refs[l.ref], b.refs[l.ref+1]
	at, _ := e7.Of(e7.Between(b.points[p], b.points[q], l.share))
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
