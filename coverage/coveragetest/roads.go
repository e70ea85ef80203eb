package coveragetest

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"
)

// Roads are streets and ferries drawn over a town: letters of a drawing of the
// same shape are places, in the middle of their cells.
type Roads struct {
	Places  string
	Streets []Street
	Ferries []Ferry
}

// Street leads along places of one letter each. No tags: a residential street.
type Street struct {
	Along string
	Tags  []string // key, value, key, value ...
}

// Ferry sails between two places.
type Ferry struct {
	From, To string // a letter each
	SailS    float64
	network.Ferry
}

// Add puts the roads into a dataset, with the profiles that ship. Every street
// takes points, however short.
func (r Roads) Add(ds *coverage.Dataset) {
	var b network.Builder
	at := map[byte]uint32{}
	for cell, ch := range cells(r.Places) {
		if ch != '.' {
			x, y := ds.Demand.Grid.Centre(int32(cell))
			at[ch], _ = b.Point([2]float64{x, y})
		}
	}
	for _, s := range r.Streets {
		points := make([]uint32, len(s.Along))
		for i := range points {
			points[i] = at[s.Along[i]]
		}
		b.Way(points, tags(s.Tags, "highway", "residential"))
	}
	for _, f := range r.Ferries {
		b.Sail(b.Ferry(f.Ferry), []uint32{at[f.From[0]], at[f.To[0]]}, tags(nil, "route", "ferry"), f.SailS)
	}
	g, _, err := b.Build()
	if err != nil {
		panic(err) // a drawing is not too large
	}
	if ds.Transport == nil {
		ds.Transport = &coverage.Transport{}
	}
	ds.Transport.Roads, ds.Transport.Profiles = g, profile.Shipped()
	ds.Transport.Snap = search.SnapOptions{MinNodes: 1, NearM: -1}
}

func tags(list []string, otherwise ...string) profile.Tags {
	if len(list) == 0 {
		list = otherwise
	}
	var out []profile.Tag
	for i := 0; i+1 < len(list); i += 2 {
		out = append(out, profile.Tag{Key: list[i], Value: list[i+1]})
	}
	return profile.NewTags(out...)
}

// Ground puts open ground into a dataset on a grid of the town's shape: '.' and
// letters are walked at kmh, '#' is a barrier and '~' has no data.
func Ground(ds *coverage.Dataset, spec grid.Spec, drawing string, kmh float64) {
	if ds.Transport == nil {
		ds.Transport = &coverage.Transport{}
	}
	g := &coverage.Ground{Grid: spec, KMH: kmh}
	for _, ch := range cells(drawing) {
		pace := float32(3.6 / kmh)
		switch ch {
		case '#':
			pace = float32(math.Inf(1))
		case '~':
			pace = float32(math.NaN())
		}
		g.Seconds = append(g.Seconds, pace)
	}
	ds.Transport.Ground = g
}
