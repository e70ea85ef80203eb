package sketch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"lifecircle/data/sample/sketch/plane"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// part is a piece of land that villages share: an island, or what one town has
// of the main island.
type part struct {
	key, town string
	rings     [][]plane.XY // usually one
	villages  []int        // indices into land.villages
}

// land is the drawn county.
type land struct {
	coasts   [][]plane.XY // roughened islands
	parts    []part
	villages []village
	shapes   []orb.MultiPolygon      // of the villages
	islets   map[string][][]plane.XY // land without villages, by town
}

// coastRoughness and borderRoughness are how far a midpoint moves sideways, as
// a share of its edge.
const (
	coastRoughness, borderRoughness = 0.24, 0.12
	coastDepth, borderDepth         = 5, 4
)

func drawLand() (*land, error) {
	l := &land{villages: villages(), islets: map[string][][]plane.XY{}}
	for _, is := range islands {
		ring, err := coast(is.ring)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", is.key, err)
		}
		l.coasts = append(l.coasts, ring)
		if err := l.addIsland(is, ring); err != nil {
			return nil, fmt.Errorf("%s: %w", is.key, err)
		}
	}
	for i := range l.parts {
		l.settle(&l.parts[i], uint64(i))
	}
	return l, l.divide()
}

// coast roughens an island, less and less until it does not cross itself.
func coast(ring []plane.XY) ([]plane.XY, error) {
	var err error
	for roughness := coastRoughness; roughness > 0.05; roughness *= 0.93 {
		rough := plane.Roughen(ring, roughness, coastDepth)
		if err = simple(rough).Validate(); err == nil {
			return rough, nil
		}
	}
	return nil, err
}

// addIsland makes parts of an island: one, or one a town.
func (l *land) addIsland(is island, ring []plane.XY) error {
	if is.town != "" {
		p := part{key: is.key, town: is.town, rings: [][]plane.XY{ring}, villages: l.of(is.key)}
		if len(p.villages) == 0 {
			l.islets[is.town] = append(l.islets[is.town], ring)
			return nil
		}
		l.parts = append(l.parts, p)
		return nil
	}
	for _, t := range towns {
		region, ok := regions()[t.code]
		if !ok {
			continue
		}
		rings, err := intersect(ring, plane.Roughen(region, borderRoughness, borderDepth))
		if err != nil {
			return err
		}
		l.parts = append(l.parts, part{key: mainPart(t.code), town: t.code, rings: rings, villages: l.of(mainPart(t.code))})
	}
	return nil
}

// of returns the villages of a part.
func (l *land) of(key string) []int {
	var list []int
	for i, v := range l.villages {
		if v.part == key {
			list = append(list, i)
		}
	}
	return list
}

// settle puts the villages that have no place yet where there is most room.
func (l *land) settle(p *part, stream uint64) {
	r := plane.Random(2000 + stream)
	placed := map[int]bool{}
	for _, i := range p.villages {
		placed[i] = l.villages[i].at != plane.XY{}
	}
	for _, i := range p.villages {
		if placed[i] {
			continue
		}
		best := math.Inf(-1)
		var at plane.XY
		for range 80 {
			c := p.randomPoint(r)
			if room := l.room(p, placed, c); room > best {
				best, at = room, c
			}
		}
		l.villages[i].at, placed[i] = at, true
	}
}

// room is how much a village would have around c: the distance to the next one,
// or to the coast, which it may be nearer to.
func (l *land) room(p *part, placed map[int]bool, c plane.XY) float64 {
	room := 3.2 * min(plane.ToRing(p.rings[0], c), 0.7)
	for _, i := range p.villages {
		if placed[i] {
			room = min(room, l.villages[i].at.To(c))
		}
	}
	return room
}

// randomPoint is a point on the largest piece of the part.
func (p *part) randomPoint(r *rand.Rand) plane.XY {
	ring := p.rings[0]
	low, high := ring[0], ring[0]
	for _, q := range ring {
		low, high = plane.XY{min(low[0], q[0]), min(low[1], q[1])}, plane.XY{max(high[0], q[0]), max(high[1], q[1])}
	}
	for {
		c := plane.XY{low[0] + r.Float64()*(high[0]-low[0]), low[1] + r.Float64()*(high[1]-low[1])}
		if plane.Inside(ring, c) {
			return c
		}
	}
}

// divide gives each village the land that is nearest to it within its part.
func (l *land) divide() error {
	l.shapes = make([]orb.MultiPolygon, len(l.villages))
	for _, p := range l.parts {
		for _, i := range p.villages {
			cell := l.voronoi(p, i)
			for _, ring := range p.rings {
				pieces, err := intersect(ring, cell)
				if err != nil {
					return fmt.Errorf("%s: %w", l.villages[i].name, err)
				}
				l.shapes[i] = append(l.shapes[i], polygons(pieces)...)
			}
		}
	}
	l.giveIslets()
	return nil
}

// giveIslets adds land without villages to the nearest village of its town.
func (l *land) giveIslets() {
	for _, t := range towns {
		for _, ring := range l.islets[t.code] {
			best, at := math.Inf(1), -1
			for i, v := range l.villages {
				if d := v.at.To(ring[0]); v.town() == t.code && d < best {
					best, at = d, i
				}
			}
			l.shapes[at] = append(l.shapes[at], polygons([][]plane.XY{ring})...)
		}
	}
}

// voronoi is the convex cell of points nearer to village i than to any other of
// its part.
func (l *land) voronoi(p part, i int) []plane.XY {
	cell := []plane.XY{{-80, -80}, {80, -80}, {80, 80}, {-80, 80}}
	at := l.villages[i].at
	for _, j := range p.villages {
		if other := l.villages[j].at; j != i {
			cell = nearer(cell, at, other)
		}
	}
	return cell
}

// nearer keeps the part of a convex ring that is nearer to a than to b.
func nearer(ring []plane.XY, a, b plane.XY) []plane.XY {
	// Positive on a's side of the perpendicular bisector.
	side := func(p plane.XY) float64 { return (a[0]-b[0])*(p[0]-(a[0]+b[0])/2) + (a[1]-b[1])*(p[1]-(a[1]+b[1])/2) }
	var out []plane.XY
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sp, sq := side(p), side(q)
		if sp >= 0 {
			out = append(out, p)
		}
		if (sp >= 0) != (sq >= 0) {
			t := sp / (sp - sq)
			out = append(out, plane.XY{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])})
		}
	}
	return out
}

// intersect returns the outer rings of the common area of two rings, largest
// first; none of the drawings has holes.
func intersect(a, b []plane.XY) ([][]plane.XY, error) {
	for _, ring := range [][]plane.XY{a, b} { // of rings that cross themselves the result is not to be trusted
		if err := simple(ring).Validate(); err != nil {
			return nil, err
		}
	}
	g, err := geom.Intersection(simple(a), simple(b))
	if err != nil {
		return nil, err
	}
	var rings [][]plane.XY
	for _, one := range g.Dump() {
		polygon, ok := one.AsPolygon()
		if !ok || polygon.Area() < 1e-4 { // below 100 m2: a sliver
			continue
		}
		seq := polygon.ExteriorRing().Coordinates()
		ring := make([]plane.XY, seq.Length()-1)
		for i := range ring {
			ring[i] = plane.XY{seq.GetXY(i).X, seq.GetXY(i).Y}
		}
		rings = append(rings, ring)
	}
	sort.SliceStable(rings, func(i, j int) bool { return area(rings[i]) > area(rings[j]) })
	return rings, nil
}

func simple(ring []plane.XY) geom.Geometry {
	var flat []float64
	for _, p := range append(ring[:len(ring):len(ring)], ring[0]) {
		flat = append(flat, p[0], p[1])
	}
	return geom.NewPolygon([]geom.LineString{geom.NewLineString(geom.NewSequence(flat, geom.DimXY))}).AsGeometry()
}

// area is the area of a ring, km2.
func area(ring []plane.XY) float64 {
	sum := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(sum) / 2
}

// polygons turns rings into closed WGS 84 polygons, counter-clockwise.
func polygons(rings [][]plane.XY) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, ring := range rings {
		var closed orb.Ring
		for _, p := range ring {
			if q := p.LonLat(); len(closed) == 0 || closed[len(closed)-1] != q {
				closed = append(closed, q)
			}
		}
		if closed[0] != closed[len(closed)-1] {
			closed = append(closed, closed[0])
		}
		if closed.Orientation() != orb.CCW {
			closed.Reverse()
		}
		out = append(out, orb.Polygon{closed})
	}
	return out
}
