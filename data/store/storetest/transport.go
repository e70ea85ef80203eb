package storetest

import (
	"fmt"
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// townTransport has all that a transport may hold.
func townTransport() *coverage.Transport {
	return &coverage.Transport{
		Roads:    townRoads(),
		Profiles: append(profile.Shipped(), profile.Profile{Name: "三轮 \"tuk\"", KMH: map[string]float64{"residential": 0.1 + 0.2, "man_made=pier": 7}}),
		Boats:    network.Boats{Scenario: network.Guaranteed, WaitCapS: 1.0 / 3, HeadwayS: 5400, BoardingS: 60, KMH: 18.5, StayS: 3600, MaxDaysLost: 12},
		Snap:     search.SnapOptions{LimitM: 750.5, NearM: -1, WalkKMH: 4.8, MinNodes: 12, MinLengthM: 1500},
		Ground:   townGround(),
	}
}

// townRoads are streets on two islands with a boat between them, a gate and a
// turn that is forbidden.
func townRoads() *network.Graph {
	var b network.Builder
	var p []uint32
	for _, at := range []orb.Point{{122.01, 30.31}, {122.02, 30.31}, {122.03, 30.315}, {122.02, 30.33}, {122.11, 30.41}, {122.13, 30.42}} {
		n, _ := b.Point(at) // they are on the Earth
		p = append(p, n)
	}
	street := func(kind string, more ...profile.Tag) profile.Tags {
		return profile.NewTags(append(more, profile.Tag{Key: "highway", Value: kind})...)
	}
	main := b.Way(p[:3], street("primary", profile.Tag{Key: "surface", Value: "石板 \"slab\""}))
	lane := b.Way([]uint32{p[1], p[3]}, street("residential", profile.Tag{Key: "oneway", Value: "yes"}))
	b.Way(p[4:], street("track"))
	out := network.Timetable{DeparturesS: []int32{6 * 3600, 9 * 3600, 17*3600 + 1800}}
	boat := b.Ferry(network.Ferry{Name: "高亭—衢山", Out: out, Back: network.Timetable{HeadwayS: 7200, FirstS: 7 * 3600, LastS: 18 * 3600}, BoardingS: 240, DaysLost: 20.5, SeasonDays: 300})
	b.Sail(boat, []uint32{p[2], p[4]}, profile.NewTags(profile.Tag{Key: "route", Value: "ferry"}), 2400)
	b.Barrier(p[3], profile.NewTags(profile.Tag{Key: "barrier", Value: "gate"}))
	b.Ban(network.Ban{FromWay: main, ToWay: lane, Via: p[1], Tags: profile.NewTags(profile.Tag{Key: "restriction", Value: "no_left_turn"})})
	g, _, err := b.Build()
	if err != nil {
		panic(err) // six points are not too many
	}
	return g
}

// townGround has every number that a cell may have: a barrier, two kinds of no
// data, the smallest and largest speeds, heights below the sea.
func townGround() *coverage.Ground {
	g := plain(6)
	g.Slope, g.Knights, g.Roads, g.KMH = "langmuir", true, "walk", 4.5
	odd := math.Float32frombits(0x7fc12345) // a NaN with something in it
	copy(g.Seconds, []float32{float32(math.Inf(1)), float32(math.NaN()), odd, math.SmallestNonzeroFloat32, math.MaxFloat32, 1.0 / 3})
	copy(g.Heights, []float32{float32(math.NaN()), float32(math.Copysign(0, -1)), -4.25, 1128, odd, 0})
	return g
}

// plain is flat ground of side x side cells that are all alike but for the last.
func plain(side int32) *coverage.Ground {
	g := &coverage.Ground{Grid: grid.Spec{CRS: "EPSG:4326", X0: 122, Y0: 30.5, DX: 0.1 / 3, DY: 0.01, Cols: side, Rows: side}}
	g.Seconds, g.Heights = make([]float32, g.Grid.Cells()), make([]float32, g.Grid.Cells())
	for i := range g.Seconds {
		g.Seconds[i], g.Heights[i] = 0.72, 31.5
	}
	g.Seconds[len(g.Seconds)-1] = 1.5
	return g
}

func randomTransport(t *rapid.T) *coverage.Transport {
	tr := &coverage.Transport{
		Boats: network.Boats{Scenario: network.Scenario(rapid.IntRange(0, 3).Draw(t, "scenario")), WaitCapS: finite(t, "wait")},
		Snap:  search.SnapOptions{LimitM: finite(t, "limit"), MinNodes: rapid.Int().Draw(t, "nodes")},
	}
	for range rapid.IntRange(0, 2).Draw(t, "profiles") {
		p := profile.Car()
		p.Name, p.Access = text(t, "profile"), []string{text(t, "access")}
		p.KMH[text(t, "kind")] = rapid.Float64Range(0, 300).Draw(t, "kmh")
		tr.Profiles = append(tr.Profiles, p)
	}
	if rapid.Bool().Draw(t, "roads") {
		tr.Roads = randomRoads(t)
	}
	if rapid.Bool().Draw(t, "ground") {
		tr.Ground = randomGround(t)
	}
	return tr
}

func randomRoads(t *rapid.T) *network.Graph {
	var b network.Builder
	for range rapid.IntRange(0, 6).Draw(t, "points") {
		b.Point(place(t))
	}
	for range rapid.IntRange(0, 6).Draw(t, "ways") {
		refs := rapid.SliceOfN(rapid.Uint32Range(0, 5), 0, 5).Draw(t, "refs")
		tags := profile.NewTags(profile.Tag{Key: "highway", Value: text(t, "kind")}, profile.Tag{Key: text(t, "key"), Value: text(t, "value")})
		if rapid.Bool().Draw(t, "boat") {
			b.Sail(b.Ferry(network.Ferry{Name: text(t, "boat"), Out: network.Timetable{HeadwayS: rapid.Int32Min(0).Draw(t, "headway")}}), refs, tags, 60)
		} else {
			b.Way(refs, tags)
		}
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func randomGround(t *rapid.T) *coverage.Ground {
	g := &coverage.Ground{
		Slope: rapid.SampledFrom([]string{"", "tobler", "naismith", "langmuir"}).Draw(t, "slope"), Knights: rapid.Bool().Draw(t, "knights"),
		Roads: text(t, "roads"), KMH: math.Abs(finite(t, "kmh")),
	}
	g.Grid = grid.Spec{CRS: fmt.Sprint("EPSG:", rapid.IntRange(1024, 32767).Draw(t, "crs")), X0: finite(t, "x0"), Y0: finite(t, "y0"), DX: 30, DY: 30}
	g.Grid.Cols, g.Grid.Rows = rapid.Int32Range(0, 7).Draw(t, "cols"), rapid.Int32Range(0, 7).Draw(t, "rows")
	n := int(g.Grid.Cells())
	bits := rapid.SliceOfN(rapid.Uint32(), n, n)
	for _, v := range bits.Draw(t, "seconds") {
		s := math.Float32frombits(v)
		if s <= 0 {
			s = 1 - s // -Inf becomes a barrier
		}
		g.Seconds = append(g.Seconds, s)
	}
	if rapid.Bool().Draw(t, "heights") {
		for _, v := range bits.Draw(t, "heights") {
			h := math.Float32frombits(v)
			if math.IsInf(float64(h), 0) {
				h = 0
			}
			g.Heights = append(g.Heights, h)
		}
	}
	return g
}
