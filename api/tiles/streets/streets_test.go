package streets_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"sort"
	"strings"
	"testing"

	"lifecircle/api/tiles/streets"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/tile"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

var kindOf = map[string]string{"motorway": "motorway", "primary": "main", "tertiary": "main", "residential": "street", "service": "street", "footway": "path", "somewhere": "street"}

type way struct {
	class string // "" a boat
	line  orb.LineString
}

func (w way) kind() string {
	if w.class == "" {
		return "ferry"
	}
	return kindOf[w.class]
}

// drawWays draws ways over some places about a corner of tiles, at the antimeridian or not.
func drawWays(t *rapid.T) ([]way, *network.Graph) {
	west := rapid.SampledFrom([]float64{121.99, 179.99}).Draw(t, "west")
	places := make([]orb.Point, 12)
	for i := range places {
		x, y := rapid.IntRange(0, 200).Draw(t, "x"), rapid.IntRange(0, 200).Draw(t, "y")
		places[i] = orb.Point{west + float64(x)*1e-4, 30 + float64(y)*1e-4}
		if places[i][0] > 180 {
			places[i][0] -= 360
		}
	}
	var b network.Builder
	b.JoinM = -1
	var ways []way
	classes := []string{"motorway", "primary", "tertiary", "residential", "service", "footway", "somewhere", ""}
	for range rapid.IntRange(1, 14).Draw(t, "ways") {
		w := way{class: rapid.SampledFrom(classes).Draw(t, "class")}
		n := rapid.IntRange(2, 5).Draw(t, "points")
		if w.class == "" {
			n = 2
		}
		for range n {
			w.line = append(w.line, rapid.SampledFrom(places).Draw(t, "at"))
		}
		if w.class == "" {
			if w.line[0] == w.line[1] {
				continue
			}
			b.FerryBetween(w.line[0], w.line[1], network.Ferry{Name: fmt.Sprint(len(ways))}, nil, 300)
		} else {
			b.Line(w.line, profile.NewTags(profile.Tag{Key: "highway", Value: w.class}))
		}
		ways = append(ways, w)
	}
	if len(ways) == 0 {
		t.Skip("no way at all")
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return ways, g
}

// unitsOf is a line in the units of a tile, as far round the world as is near it.
func unitsOf(line orb.LineString, id tile.ID) orb.LineString {
	n := math.Exp2(float64(id.Z))
	var out orb.LineString
	for _, p := range line {
		x, y := tile.World(p)
		for x*n-float64(id.X) > n/2 {
			x--
		}
		for x*n-float64(id.X) < -n/2 {
			x++
		}
		out = append(out, orb.Point{(x*n - float64(id.X)) * tile.Extent, (y*n - float64(id.Y)) * tile.Extent})
	}
	return out
}

var frame = orb.Bound{Min: orb.Point{-tile.Buffer, -tile.Buffer}, Max: orb.Point{tile.Extent + tile.Buffer, tile.Extent + tile.Buffer}}

// Close up a tile has just the pieces of the ways that lie over it.
func TestCloseUpEveryPieceIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ways, g := drawWays(t)
		id := someTile(t, ways, 14)
		want := map[string]bool{}
		for _, w := range ways {
			line := unitsOf(w.line, id)
			for i := 1; i < len(line); i++ {
				for _, piece := range clip.LineString(frame, orb.LineString{line[i-1], line[i]}) {
					addPiece(want, w.kind(), piece[0], piece[len(piece)-1])
				}
			}
		}
		got := map[string]bool{}
		for _, l := range draw(t, g, id) {
			for i := 1; i < len(l.line); i++ {
				addPiece(got, l.kind, l.line[i-1], l.line[i])
			}
		}
		if d := cmp.Diff(sorted(want), sorted(got)); d != "" {
			t.Fatalf("tile %v (-want +drawn)\n%s", id, d)
		}
	})
}

func addPiece(set map[string]bool, kind string, a, b orb.Point) {
	ends := []string{name(a), name(b)}
	if sort.Strings(ends); ends[0] != ends[1] {
		set[kind+" "+ends[0]+" "+ends[1]] = true
	}
}

func name(p orb.Point) string { return fmt.Sprint(int(math.Round(p[0])), int(math.Round(p[1]))) }

func sorted(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func someTile(t *rapid.T, ways []way, zoom uint32) tile.ID {
	w := rapid.SampledFrom(ways).Draw(t, "over")
	x, y := tile.World(rapid.SampledFrom([]orb.Point(w.line)).Draw(t, "about"))
	n := math.Exp2(float64(zoom))
	return tile.ID{Z: zoom, X: uint32(x * n), Y: uint32(y * n)}
}

type drawn struct {
	kind string
	line orb.LineString
}

func draw(t interface{ Fatal(...any) }, g *network.Graph, id tile.ID) []drawn {
	m, err := streets.New(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	body, err := m.Draw(id)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, body)
}

func read(t interface{ Fatal(...any) }, body []byte) []drawn {
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var out []drawn
	for _, l := range layers {
		for _, f := range l.Features {
			kind, _ := f.Properties["kind"].(string)
			switch g := f.Geometry.(type) {
			case orb.LineString:
				out = append(out, drawn{kind, g})
			case orb.MultiLineString:
				for _, line := range g {
					out = append(out, drawn{kind, line})
				}
			default:
				t.Fatal("a", g.GeoJSONType())
			}
		}
	}
	return out
}

// Far away, what is drawn lies by a way of its kind, and every way of a kind that
// is drawn there lies by what is drawn: no holes.
func TestFarAwayLinesStayByTheirWays(t *testing.T) {
	from := map[string]uint32{"motorway": 4, "": 5, "primary": 6, "tertiary": 9, "residential": 11, "somewhere": 11, "service": 13, "footway": 13}
	const off = 2 + 1.5 // simplified, and rounded twice
	rapid.Check(t, func(t *rapid.T) {
		ways, g := drawWays(t)
		id := someTile(t, ways, rapid.Uint32Range(3, 13).Draw(t, "zoom"))
		lines := draw(t, g, id)
		there, by := map[string]orb.MultiLineString{}, map[string]orb.MultiLineString{}
		for _, w := range ways {
			if id.Z >= from[w.class] {
				there[w.kind()] = append(there[w.kind()], unitsOf(w.line, id))
			}
		}
		for _, l := range lines {
			by[l.kind] = append(by[l.kind], l.line)
			for _, p := range l.line {
				if d := distance(there[l.kind], p); d > off {
					t.Fatalf("%s at %v is %v away from every such way", l.kind, p, d)
				}
			}
		}
		for kind, list := range there {
			for _, line := range list {
				for _, p := range line {
					if !frame.Contains(p) || extent(list) < 3 {
						continue
					}
					if d := distance(by[kind], p); d > off+2 {
						t.Fatalf("zoom %d: nothing drawn within %v of a %s at %v", id.Z, d, kind, p)
					}
				}
			}
		}
	})
}

// extent is how far lines reach: what is smaller than a unit vanishes.
func extent(list orb.MultiLineString) float64 {
	least := math.Inf(1)
	for _, l := range list {
		b := l.Bound()
		least = min(least, max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]))
	}
	return least
}

func distance(lines orb.MultiLineString, p orb.Point) float64 {
	least := math.Inf(1)
	for _, l := range lines {
		least = min(least, planar.DistanceFrom(l, p))
	}
	return least
}

// lattice is n by n residential streets every so many degrees, and a motorway
// across.
func lattice(t testing.TB, n int, step float64) *network.Graph {
	var b network.Builder
	tags := func(class string) profile.Tags { return profile.NewTags(profile.Tag{Key: "highway", Value: class}) }
	at := func(i, j int) orb.Point { return orb.Point{121 + float64(i)*step, 30 + float64(j)*step} }
	for i := range n {
		var across, down orb.LineString
		for j := range n {
			across, down = append(across, at(j, i)), append(down, at(i, j))
		}
		b.Line(across, tags("residential"))
		b.Line(down, tags("residential"))
	}
	b.Line(orb.LineString{at(0, 0), at(n, n)}, tags("motorway"))
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// However many streets there are, a tile is bounded; what is left out are the
// lesser ones; and it is the same every time.
func TestTilesAreBounded(t *testing.T) {
	g := lattice(t, 200, 1e-4)
	m, err := streets.New(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[uint32]string{}
	for z := range uint32(17) {
		x, y := tile.World(orb.Point{121.01, 30.01})
		n := math.Exp2(float64(z))
		id := tile.ID{Z: z, X: uint32(x * n), Y: uint32(y * n)}
		body, err := m.Draw(id)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := m.Draw(id)
		if !bytes.Equal(body, again) {
			t.Errorf("zoom %d: drawn differently a second time", z)
		}
		vertices := 0
		for _, l := range read(t, body) {
			vertices += len(l.line)
			if !strings.Contains(kinds[z], l.kind) {
				kinds[z] += l.kind
			}
		}
		if vertices > streets.MaxVertices {
			t.Errorf("zoom %d: %d vertices, %d bytes", z, vertices, len(body))
		}
	}
	if d := cmp.Diff(map[uint32]string{3: "", 4: "motorway", 12: "motorway", 16: "motorwaystreet"}, map[uint32]string{3: kinds[3], 4: kinds[4], 12: kinds[12], 16: kinds[16]}); d != "" {
		t.Error(d)
	}
}
