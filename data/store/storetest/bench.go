package storetest

import (
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/osm"
	"lifecircle/data/store"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// Bench measures Save, Load and SaveRun (one standard) on a million cells.
func Bench(b *testing.B, empty func(testing.TB) store.Store) {
	ds := Cells(1000)
	s := empty(b)
	b.Run("Save", func(b *testing.B) {
		for b.Loop() {
			mustSave(b, s, ds)
		}
	})
	b.Run("Load", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Load(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("SaveRun", func(b *testing.B) {
		seed := 0
		for b.Loop() {
			seed++
			mustSaveRun(b, s, RunOn(ds, seed))
		}
	})
}

// sharedData is the folder of real data beside the checkout, as the packages of
// the stores see it.
const sharedData = "../../../../shared/data"

// BenchTransport measures Save and Load of nothing but transport: the roads of
// two extracts, which lie beside the checkout, a lattice of 200,000 streets, and
// open ground of 16 million cells, plain and rough.
func BenchTransport(b *testing.B, empty func(testing.TB) store.Store) {
	for _, c := range []struct {
		name      string
		transport func(testing.TB) *coverage.Transport
	}{
		{"Comoros", func(t testing.TB) *coverage.Transport { return extract(t, "comoros/comoros-2021.osm.pbf") }},
		{"Porto", func(t testing.TB) *coverage.Transport { return extract(t, "osm/porto-2015.osm.pbf") }},
		{"Lattice", func(t testing.TB) *coverage.Transport { return &coverage.Transport{Roads: lattice(t, 317)} }},
		{"PlainGround", func(testing.TB) *coverage.Transport { return &coverage.Transport{Ground: plain(4000)} }},
		{"RoughGround", func(testing.TB) *coverage.Transport { return &coverage.Transport{Ground: rough(4000)} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			ds := &coverage.Dataset{Transport: c.transport(b)}
			s := empty(b)
			b.Run("Save", func(b *testing.B) {
				for b.Loop() {
					mustSave(b, s, ds)
				}
				if g := ds.Transport.Roads; g != nil {
					b.ReportMetric(float64(g.Edges()), "edges")
				}
			})
			b.Run("Load", func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Load(b.Context(), nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func extract(t testing.TB, name string) *coverage.Transport {
	t.Helper()
	path := filepath.Join(sharedData, name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real data are not beside the checkout: ", err)
	}
	file := osm.File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	g, _, _, err := osm.Network(t.Context(), []osm.File{file}, osm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &coverage.Transport{Roads: g, Profiles: profile.Shipped(), Ground: plain(2000)}
}

// lattice is a town of n x n crossings that lie a little off their places, with a
// bend in every street.
func lattice(t testing.TB, n int) *network.Graph {
	var b network.Builder
	rng := rand.New(rand.NewPCG(1, 2))
	at := func(x, y float64) uint32 {
		p, _ := b.Point(orb.Point{114 + (x+rng.Float64()/3)/1000, 30 + (y+rng.Float64()/3)/1000}) // on the Earth
		return p
	}
	crossing := make([]uint32, n*n)
	for i := range crossing {
		crossing[i] = at(float64(i%n), float64(i/n))
	}
	tags := profile.NewTags(profile.Tag{Key: "highway", Value: "residential"}, profile.Tag{Key: "surface", Value: "asphalt"})
	for i := range n {
		for j := range n - 1 {
			b.Way([]uint32{crossing[i*n+j], at(float64(j)+0.5, float64(i)), crossing[i*n+j+1]}, tags)
			b.Way([]uint32{crossing[j*n+i], at(float64(i), float64(j)+0.5), crossing[(j+1)*n+i]}, tags)
		}
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// rough is ground of ten kinds in patches, with heights that wander by whole
// metres as those of a satellite do.
func rough(side int32) *coverage.Ground {
	g := plain(side)
	rng := rand.New(rand.NewPCG(3, 4))
	height, pace := float32(100), float32(0.72)
	for i := range g.Seconds {
		if rng.IntN(20) == 0 {
			pace = 0.72 * float32(1+rng.IntN(10))
		}
		height += float32(rng.IntN(3) - 1)
		g.Seconds[i], g.Heights[i] = pace, height
	}
	return g
}
