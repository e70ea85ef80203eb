package analysis_test

import (
	"math"
	"math/rand/v2"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// streetTown is a town on the equator out of a seed: crossings some 150 m apart,
// two of three streets between neighbours, of several classes, some one-way; a
// boat across; cells of 30 m with people along the streets; rough ground with
// barriers and hills. It can be built again with further streets.
type streetTown struct {
	side    int
	places  []orb.Point
	streets [][2]uint32
	tags    []profile.Tags
	quays   []uint32 // of a boat, nil for none
	ds      *coverage.Dataset
}

const equatorM = 6378137 * math.Pi / 180 // a degree along the equator

func (s *streetTown) at(east, north float64) orb.Point {
	return orb.Point{20 + east/equatorM, -north / 110574.27582}
}

var streetKinds = [][]string{
	{"highway", "residential"},
	{"highway", "residential"},
	{"highway", "tertiary"},
	{"highway", "service"},
	{"highway", "footway"},
	{"highway", "primary", "oneway", "yes"},
	{"highway", "residential", "foot", "no"},
}

func drawStreetTown(r *rand.Rand, side, clinics int) *streetTown {
	s := &streetTown{side: side}
	for y := range side {
		for x := range side {
			s.places = append(s.places, s.at(200+float64(150*x+r.IntN(60)), 200+float64(150*y+r.IntN(60))))
		}
	}
	for i := range side * side {
		for _, j := range []int{i + 1, i + side} {
			if j < side*side && (j != i+1 || j%side != 0) && r.IntN(3) > 0 {
				s.add(r, uint32(i), uint32(j))
			}
		}
	}
	if r.IntN(2) == 0 { // quays off the road would be joined to the nearest one
		s.quays = []uint32{s.streets[0][0], s.streets[len(s.streets)-1][1]}
	}
	s.people(r)
	for i := range clinics {
		p := s.beside(r)
		s.ds.Facilities = append(s.ds.Facilities, coverage.Facility{ID: string(rune('A' + i)), Kind: "clinic", At: p, Landmass: -1, DelayS: int32(r.IntN(3) * 7)})
	}
	s.ground(r)
	s.build()
	return s
}

func (s *streetTown) add(r *rand.Rand, from, to uint32) {
	s.streets = append(s.streets, [2]uint32{from, to})
	kind := streetKinds[r.IntN(len(streetKinds))]
	var tags []profile.Tag
	for i := 0; i < len(kind); i += 2 {
		tags = append(tags, profile.Tag{Key: kind[i], Value: kind[i+1]})
	}
	s.tags = append(s.tags, profile.NewTags(tags...))
}

// beside is a place within 25 m of a street.
func (s *streetTown) beside(r *rand.Rand) orb.Point {
	e := s.streets[r.IntN(len(s.streets))]
	p, q, share := s.places[e[0]], s.places[e[1]], r.Float64()
	off := func() float64 { return (r.Float64()*34 - 17) / equatorM }
	return orb.Point{p[0] + share*(q[0]-p[0]) + off(), p[1] + share*(q[1]-p[1]) + off()}
}

func (s *streetTown) people(r *rand.Rand) {
	cells := int32(150*s.side+400)/30 + 1
	at := s.at(0, 0)
	spec := grid.Spec{CRS: "EPSG:4326", X0: at[0], Y0: at[1], DX: 30 / equatorM, DY: 30 / 110574.27582, Cols: cells, Rows: cells}
	there := map[int32]bool{}
	for range 12 * s.side {
		p := s.beside(r)
		there[spec.Cell(p[0], p[1])] = true
	}
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{nil}}
	for cell := range cells * cells {
		if !there[cell] && r.IntN(40) > 0 {
			continue
		}
		x, y := spec.Centre(cell)
		d.Cell, d.At, d.Zone, d.Landmass = append(d.Cell, cell), append(d.At, orb.Point{x, y}), append(d.Zone, -1), append(d.Landmass, -1)
		d.Setting, d.Pop[0] = append(d.Setting, coverage.SettingAny), append(d.Pop[0], float32(1+r.IntN(50)))
	}
	s.ds = &coverage.Dataset{Demand: d}
}

// ground covers the people with cells of 60 m.
func (s *streetTown) ground(r *rand.Rand) {
	spec := s.ds.Demand.Grid
	spec.DX, spec.DY, spec.Cols, spec.Rows = 2*spec.DX, 2*spec.DY, spec.Cols/2+1, spec.Rows/2+1
	g := &coverage.Ground{Grid: spec, Slope: "tobler", Knights: r.IntN(2) == 0, Roads: "walk"}
	for c := range spec.Cells() {
		pace := float32(0.72 * (1 + r.Float64()))
		if r.IntN(9) == 0 {
			pace = float32(math.Inf(1))
		}
		g.Seconds = append(g.Seconds, pace)
		col, row := float64(c%int64(spec.Cols)), float64(c/int64(spec.Cols))
		g.Heights = append(g.Heights, float32(20*math.Sin(col/3)+10*math.Cos(row/2)))
	}
	s.ds.Transport = &coverage.Transport{Profiles: profile.Shipped(), Ground: g}
	s.ds.Transport.Snap.MinNodes = 1 // every street takes points
}

// build makes the graph; it makes a new transport, as an engine keeps what it knows of one.
func (s *streetTown) build() {
	var b network.Builder
	for _, p := range s.places {
		b.Point(p)
	}
	for i, e := range s.streets {
		b.Way(e[:], s.tags[i])
	}
	if s.quays != nil {
		f := b.Ferry(network.Ferry{Name: "boat", Out: network.Timetable{HeadwayS: 240}})
		b.Sail(f, []uint32{s.quays[0], s.quays[1]}, profile.NewTags(profile.Tag{Key: "route", Value: "ferry"}), 120)
	}
	g, _, err := b.Build()
	if err != nil {
		panic(err) // a drawing is not too large
	}
	t := *s.ds.Transport
	t.Roads = g
	ds := *s.ds
	ds.Transport = &t
	s.ds = &ds
}
