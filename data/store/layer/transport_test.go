package layer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// TestSettingsAreWrittenSo holds the words of the settings: a store that is
// written today must be read in years to come.
func TestSettingsAreWrittenSo(t *testing.T) {
	tr := &coverage.Transport{
		Roads: &network.Graph{},
		Profiles: []profile.Profile{{
			Name: "a", KMH: map[string]float64{"b": 1}, OpenKMH: 2, LinkKMH: 3, Access: []string{"c"}, Closed: []string{"d"}, Open: []string{"e"},
			Slow: map[string]float64{"f": 4}, Oneway: []string{"g"}, OnewayKinds: []string{"h"}, MaxSpeed: "cap", MaxSpeedShare: 0.5,
			Surface: map[string]float64{"i=j": 5}, Barriers: []string{"k"}, Turns: []string{"l"}, FerryNeedsTag: true,
		}},
		Boats: network.Boats{Scenario: network.Guaranteed, WaitCapS: 1, HeadwayS: 2, BoardingS: 3, KMH: 4, StayS: 5, MaxDaysLost: 6},
		Snap:  search.SnapOptions{LimitM: 1, NearM: 2, WalkKMH: 3, MinNodes: 4, MinLengthM: 5},
		Ground: &coverage.Ground{
			Grid: grid.Spec{CRS: "EPSG:4326", X0: 1, Y0: 2, DX: 3, DY: 4, Cols: 5, Rows: 6}, Heights: []float32{1}, Slope: "tobler", Knights: true, Roads: "a", KMH: 4.5,
		},
	}
	const want = `{"roads":true,"profiles":[{"Name":"a","KMH":{"b":1},"OpenKMH":2,"LinkKMH":3,"Access":["c"],"Closed":["d"],"Open":["e"],"Slow":{"f":4},` +
		`"Oneway":["g"],"OnewayKinds":["h"],"MaxSpeed":"cap","MaxSpeedShare":0.5,"Surface":{"i=j":5},"Barriers":["k"],"Turns":["l"],"FerryNeedsTag":true}],` +
		`"boats":{"Scenario":2,"WaitCapS":1,"HeadwayS":2,"BoardingS":3,"KMH":4,"StayS":5,"MaxDaysLost":6},` +
		`"snap":{"LimitM":1,"NearM":2,"WalkKMH":3,"MinNodes":4,"MinLengthM":5},` +
		`"ground":{"grid":{"crs":"EPSG:4326","X0":1,"Y0":2,"DX":3,"DY":4,"Cols":5,"Rows":6},"heights":true,"slope":"tobler","knights":true,"roads":"a","kmh":4.5}}`
	if got, err := json.Marshal(specOf(tr)); err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// TestColumnsOfAnyLength cuts columns at and beside the ends of pieces.
func TestColumnsOfAnyLength(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int32{0, 1, 2, pieceBytes/4 - 1, pieceBytes / 4, pieceBytes/4 + 1, pieceBytes/2 + 1} {
		column := make([]float32, n)
		for i := range column {
			if i < 5000 || i > int(n)-5000 {
				column[i] = math.Float32frombits(rng.Uint32())
			}
		}
		p, err := newPacker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := p.floats("seconds", column); err != nil {
			t.Fatal(err)
		}
		var pieces [][]byte
		for i, piece := range p.pieces {
			if piece.number != i || piece.part != "seconds" || len(piece.data) > pieceBytes+1<<16 {
				t.Errorf("%d cells: piece %d is %s %d of %d bytes", n, i, piece.part, piece.number, len(piece.data))
			}
			pieces = append(pieces, piece.data)
		}
		u, err := newUnpacker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := u.floats(pieces, grid.Spec{Cols: n, Rows: 1})
		if err != nil || !slices.EqualFunc(got, column, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
			t.Errorf("%d cells come back as others: %v", n, err)
		}
		if _, err := u.floats(pieces, grid.Spec{Cols: n + 1, Rows: 1}); err == nil {
			t.Errorf("%d cells pass for one more", n)
		}
		u.close()
	}
}

// TestReaderOfPieces reads more than one piece, and stops at what is too much.
func TestReaderOfPieces(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	long := make([]byte, 2*pieceBytes+77)
	for i := range long {
		long[i] = byte(rng.Uint32())
	}
	p, err := newPacker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pack := func(b []byte) (pieces [][]byte) {
		p.pieces = nil
		if err := p.part("roads", func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
			t.Fatal(err)
		}
		for _, piece := range p.pieces {
			pieces = append(pieces, piece.data)
		}
		return pieces
	}
	u, err := newUnpacker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer u.close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(u.reader(pack(long))); err != nil || !bytes.Equal(got.Bytes(), long) {
		t.Errorf("%d bytes come back as %d: %v", len(long), got.Len(), err)
	}
	got.Reset()
	if _, err := got.ReadFrom(u.reader(pack(make([]byte, 2*pieceBytes)))); !errors.Is(err, errLength) || got.Len() > pieceBytes {
		t.Errorf("%d zeros come out of a few bytes: %v", got.Len(), err)
	}
	if p.raw <= mostRaw(p.packed) {
		t.Errorf("%d bytes in %d would be kept and never read", p.raw, p.packed)
	}
}

// TestPackingStops when the context ends.
func TestPackingStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := Dataset(ctx, &coverage.Dataset{Transport: &coverage.Transport{}})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestDrawnRoads draws a street over the antimeridian, one of no length and a
// boat with a broken name.
func TestDrawnRoads(t *testing.T) {
	var b network.Builder
	var p []uint32
	for _, at := range []orb.Point{{179.99, 0}, {-179.99, 0}, {10, 10}, {10, 10}, {10, 11}} {
		n, _ := b.Point(at)
		p = append(p, n)
	}
	tags := func(k, v string) profile.Tags { return profile.NewTags(profile.Tag{Key: k, Value: v}) }
	b.Way(p[:2], tags("highway", "a\x00\xff"))
	b.Way(p[2:4], tags("highway", "b"))
	b.Sail(b.Ferry(network.Ferry{Name: "\xb0"}), p[3:], tags("ferry", "yes"), 60)
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	l := drawnRoads(&coverage.Transport{Roads: g})
	if l.Len != g.Edges() || l.Len != 3 {
		t.Fatalf("%d lines of %d edges", l.Len, g.Edges())
	}
	drawn := map[string]orb.Geometry{}
	v := make([]any, len(roadColumns))
	for i := range l.Len {
		line := l.Row(i, v)
		drawn[v[4].(string)] = line
		if boat := v[4] == "ferry=yes"; boat != (v[1] == "yes") || boat != (v[2] == "\ufffd") {
			t.Errorf("%q is drawn as %q", v[4], v)
		}
	}
	crossing := drawn["highway=a\ufffd\ufffd"]
	if box := crossing.Bound(); box.Max[0]-box.Min[0] > 0.021 {
		t.Errorf("a street goes round the Earth: %v", crossing)
	}
	if drawn["highway=b"] != nil || drawn["ferry=yes"] == nil {
		t.Errorf("drawn: %v", drawn)
	}
}
