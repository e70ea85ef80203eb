package osm

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"testing"
	"testing/iotest"

	"lifecircle/coverage"
	"lifecircle/data/osm/osmtest"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
	"go.uber.org/goleak"
)

func realFile(t testing.TB, path string) File {
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s: the shared data are not there", path)
	}
	return File{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

var ctx = context.Background()

// coast is a drawn town on the equator, 0.001 degree (111.3 m) a step:
//
//	          .20.
//	        .      .
//	1 -- 2 -> 3 -> 4     2-3-4 is one-way but for bicycles; 4-20-2 leads back
//	     |    |
//	     5    9          2-5 a footway, 9 a bollard
//	          |
//	          6 ~~~~ 7   a boat of 12 minutes every 20, 6 is its quay
//	                 |
//	                 8
func coast() *drawing {
	d := newDrawing("zlib")
	for i := range int64(4) {
		d.Node(1+i, float64(i)*0.001, 0)
	}
	d.Node(5, 0.001, -0.001)
	d.Node(6, 0.002, -0.001, "amenity", "ferry_terminal")
	d.Node(7, 0.02, -0.001)
	d.Node(8, 0.02, -0.002, "amenity", "clinic", "name", "岛上诊所")
	d.Node(9, 0.002, -0.0005, "barrier", "bollard")
	d.Node(20, 0.002, 0.001)
	d.Way(10, []int64{1, 2}, "highway", "residential")
	d.Way(11, []int64{2, 3, 4}, "highway", "residential", "oneway", "yes", "cycleway", "opposite_lane")
	d.Way(12, []int64{2, 5}, "highway", "footway")
	d.Way(13, []int64{3, 9, 6}, "highway", "service")
	d.Way(14, []int64{6, 7}, "route", "ferry", "duration", "00:12", "interval", "00:20", "foot", "yes", "motor_vehicle", "no", "name", "Boat")
	d.Way(15, []int64{7, 8}, "highway", "path")
	d.Way(16, []int64{1, 4}, "highway", "construction")
	d.Way(17, []int64{1, 99}, "highway", "residential") // 99 is nowhere
	d.Way(18, []int64{4, 20, 2}, "highway", "residential")
	d.Relation(20, []osmtest.Member{osmtest.Of(1, 10, "from"), osmtest.Of(0, 2, "via"), osmtest.Of(1, 11, "to")}, "type", "restriction", "restriction", "no_straight_on")
	d.Relation(21, []osmtest.Member{osmtest.Of(1, 10, "from"), osmtest.Of(1, 11, "via"), osmtest.Of(1, 12, "to")}, "type", "restriction", "restriction", "no_u_turn")
	return d
}

// ms is the time between two places, -1 when there is none.
func ms(t testing.TB, g *network.Graph, p profile.Profile, from, to orb.Point) float64 {
	t.Helper()
	w := search.Over(network.Compile(g, &p, network.Boats{}))
	s, a, err := search.NewSnapper(ctx, w, search.Points{At: []orb.Point{from}}, search.Land{}, search.SnapOptions{MinNodes: 1, NearM: -1, LimitM: 100})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Snap(ctx, search.Points{At: []orb.Point{to}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := search.Nearest(ctx, w, search.Sources{Places: a}, b, search.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if got.MS[0] == network.Never {
		return -1
	}
	return float64(got.MS[0])
}

func TestDrawnCoast(t *testing.T) {
	for _, pack := range []string{"", "zlib", "zstd"} {
		d := coast()
		d.Pack = pack
		g, report, built, err := Network(ctx, []File{d.file("coast.osm.pbf")}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if report.Streets != 6 || report.Ferries != 1 || report.Turns != 1 || report.TurnsLeftOut != 1 || report.Barriers != 1 || report.MissingNodes != 1 ||
			!slices.Equal(report.Examples, []int64{17}) || report.FerriesNoTime != 0 || report.FerriesNoHeadway != 0 || len(built.QuaysAlone) != 0 {
			t.Fatalf("%+v %+v", report, built)
		}
		step := 0.001 * math.Pi / 180 * 6378137 // m along the equator
		down := 0.001 * 110574.38               // m north to south
		foot, car, bike := profile.Walk(), profile.Car(), profile.Bicycle()
		clinic := orb.Point{0.02, -0.002}
		check := func(what string, got, want float64) {
			t.Helper()
			if math.Abs(got-want) > 60 {
				t.Errorf("%s, %s: %v ms, by hand %v", pack, what, got, want)
			}
		}
		// 1-2-3-6, boarding 5 min, wait 10, sailing 12, 7-8 on a path at 4.5 km/h.
		check("walk to the clinic", ms(t, g, foot, orb.Point{0, 0}, clinic), (2*step+down)*720+27*60_000+down*800)
		check("drive to the clinic", ms(t, g, car, orb.Point{0, 0}, clinic), -1)
		loop := 2 * math.Hypot(step, down) // from 2 over 20 to 4
		kmh25 := 3600.0 / 25
		// Straight on at 2 is forbidden: over 20 to 4, round there, and back to 2.
		check("drive east", ms(t, g, car, orb.Point{0, 0}, orb.Point{0.0015, 0}), (1.5*step+2*loop)*kmh25)
		check("drive within", ms(t, g, car, orb.Point{0.0012, 0}, orb.Point{0.0018, 0}), 0.6*step*kmh25)
		check("drive back", ms(t, g, car, orb.Point{0.0018, 0}, orb.Point{0.0012, 0}), (1.4*step+loop)*kmh25)
		check("past the bollard", ms(t, g, car, orb.Point{0.002, -0.0003}, orb.Point{0.002, -0.0007}), -1)
		check("up to the bollard", ms(t, g, car, orb.Point{0.002, -0.0001}, orb.Point{0.002, -0.0004}), 0.3*down*3600/12)
		check("cycle against the one-way", ms(t, g, bike, orb.Point{0.0018, 0}, orb.Point{0.0012, 0}), 0.6*step*3600/15)
	}
}

// halves cuts a drawing at a longitude as extracts are cut: every way that has a
// node on a side goes there whole (complete), or with its own nodes only.
func halves(d *drawing, lon float64, how string) (west, east *drawing) {
	side := map[int64]bool{}
	for _, n := range d.Nodes {
		side[n.ID] = n.Lon < lon
	}
	parts := []*drawing{newDrawing(d.Pack), newDrawing(d.Pack)}
	for i, part := range parts {
		need := map[int64]bool{}
		for _, w := range d.Ways {
			own := slices.DeleteFunc(slices.Clone(w.Refs), func(r int64) bool { return side[r] != (i == 0) })
			if len(own) == 0 {
				continue
			}
			if how == "clipped" {
				w.Refs = own
			}
			if how == "complete" {
				for _, r := range w.Refs {
					need[r] = true
				}
			}
			part.Ways = append(part.Ways, w)
		}
		for _, n := range d.Nodes {
			if side[n.ID] == (i == 0) || need[n.ID] {
				part.Nodes = append(part.Nodes, n)
			}
		}
		part.Relations = d.Relations
	}
	return parts[0], parts[1]
}

func encoded(t testing.TB, files ...File) []byte {
	t.Helper()
	g, _, _, err := Network(ctx, files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNeighboursAreTheirUnion(t *testing.T) {
	d := coast()
	whole := encoded(t, d.file("whole"))
	for _, how := range []string{"complete", "simple"} {
		west, east := halves(d, 0.0015, how)
		if !bytes.Equal(encoded(t, west.file("w"), east.file("e")), whole) || !bytes.Equal(encoded(t, east.file("e"), west.file("w")), whole) {
			t.Errorf("%s: two halves make another graph than the whole", how)
		}
	}
	if !bytes.Equal(encoded(t, d.file("a"), d.file("b")), whole) {
		t.Error("a file read twice makes another graph")
	}
	newer := coast()
	newer.Ways[0].Version, newer.Ways[0].Tags = 2, []string{"highway", "primary"}
	if !bytes.Equal(encoded(t, d.file("old"), newer.file("new")), encoded(t, newer.file("new"))) {
		t.Error("the older version of a way counts")
	}
}

// TestPortoInTwoHalves cuts a real city and joins it again.
func TestPortoInTwoHalves(t *testing.T) {
	file := real(t, "osm/porto-2015.osm.pbf")
	d := newDrawing("zlib")
	err := scan(ctx, file, want{
		node:     func(*osm.Node) bool { return true },
		way:      func(w *osm.Way) bool { return isStreet(w.Tags) || isFerry(w.Tags) },
		relation: func(r *osm.Relation) bool { return isRestriction(r.Tags) },
	}, func(o osm.Object) { d.copy(o) })
	if err != nil {
		t.Fatal(err)
	}
	whole := encoded(t, file)
	west, east := halves(d, -8.62, "complete")
	if len(west.Ways)+len(east.Ways) <= len(d.Ways) || len(west.Ways) == len(d.Ways) {
		t.Fatal("the cut cuts nothing")
	}
	if !bytes.Equal(encoded(t, east.file("e"), west.file("w")), whole) {
		t.Error("two halves make another city than the whole")
	}
}

// copy takes an element over into a drawing. All goes into one block a kind.
func (d *drawing) copy(o osm.Object) {
	pairs := func(t osm.Tags) (list []string) {
		for _, tag := range t {
			list = append(list, tag.Key, tag.Value)
		}
		return list
	}
	switch o := o.(type) {
	case *osm.Node:
		d.Node(int64(o.ID), o.Lon, o.Lat, pairs(o.Tags)...)
	case *osm.Way:
		var refs []int64
		for _, n := range o.Nodes {
			refs = append(refs, int64(n.ID))
		}
		d.Way(int64(o.ID), refs, pairs(o.Tags)...)
	case *osm.Relation:
		var list []osmtest.Member
		for _, m := range o.Members {
			kind := map[osm.Type]int{osm.TypeNode: 0, osm.TypeWay: 1, osm.TypeRelation: 2}[m.Type]
			list = append(list, osmtest.Of(kind, m.Ref, m.Role))
		}
		d.Relation(int64(o.ID), list, pairs(o.Tags)...)
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	defer goleak.VerifyNone(t)
	b := coast().Bytes()
	open := func(b []byte) File {
		return File{Name: "x", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
	}
	complete := 0
	for i := 0; i < len(b); i += 7 {
		_, _, _, err := Network(ctx, []File{open(b[:i])}, Options{})
		if err == nil {
			complete++ // cut between two blocks: nobody can tell
		} else if coverage.CodeOf(err) != coverage.Unusable {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if complete > 4 {
		t.Errorf("%d cuts went unnoticed", complete)
	}
	for i := 0; i < len(b); i += 5 {
		bad := bytes.Clone(b)
		bad[i] ^= 0x55
		_, _, _, _ = Network(ctx, []File{open(bad)}, Options{})
		_, _, _ = Facilities(ctx, []File{open(bad)}, []Match{{"amenity": nil}}, nil)
	}
	for name, b := range map[string][]byte{"empty": {}, "text": []byte("<osm version=\"0.6\">"), "zeros": make([]byte, 100), "huge": {0, 0, 255, 255, 1}} {
		_, _, _, err := Network(ctx, []File{open(b)}, Options{})
		var e *coverage.Error
		if name != "empty" && (!errors.As(err, &e) || e.In("zh") == e.In("en")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, _, _, err := Network(ctx, []File{{Name: "gone", Open: func() (io.ReadCloser, error) { return nil, os.ErrNotExist }}}, Options{})
	if coverage.CodeOf(err) != coverage.NotFound || !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	broken := File{Name: "net", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(b[:200]), iotest.ErrReader(errors.New("cable")))), nil
	}}
	if _, _, _, err := Network(ctx, []File{broken}, Options{}); err == nil {
		t.Error("a reader's error is lost")
	}
}

// cancelling cancels when so many bytes have been read.
type cancelling struct {
	r      io.Reader
	left   int
	cancel func()
}

func (c *cancelling) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= n; c.left < 0 {
		c.cancel()
	}
	return n, err
}

func TestReadingStopsWhenCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	b := coast().Bytes()
	for _, at := range []int{0, 100, 300, len(b) - 1, len(b) + 100} { // the last one in the second reading
		ctx, cancel := context.WithCancel(ctx)
		left := at
		f := File{Name: "x", Open: func() (io.ReadCloser, error) {
			c := &cancelling{bytes.NewReader(b), left, cancel}
			left -= len(b)
			return io.NopCloser(c), nil
		}}
		if _, _, _, err := Network(ctx, []File{f}, Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d of %d bytes: %v", at, len(b), err)
		}
		cancel()
	}
}

func FuzzNetwork(f *testing.F) {
	for _, pack := range []string{"", "zlib"} {
		d := coast()
		d.Pack = pack
		f.Add(d.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file := File{Name: "x", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
		_, _, _, _ = Network(ctx, []File{file}, Options{})
		_, _, _ = Facilities(ctx, []File{file}, []Match{{"amenity": nil}}, nil)
	})
}

func TestSpans(t *testing.T) {
	for s, want := range map[string]int32{
		"25": 1500, "04": 240, "00:25": 1500, "1:02:30": 3750, "PT1H30M": 5400, "P1DT1M": 86460, "PT45S": 45, "25 min": 1500, "2 h": 7200, "1.5 h": 5400, "0:00:30": 30,
		"": 0, "0": 0, "soon": 0, "-5": 0, "NaN": 0, "1:75": 0, "P1Y": 0, "PT": 0, "99999": 0, "1:2:3:4": 0, "h": 0,
	} {
		if got, ok := parseSpan(s); got != want || ok != (want > 0) {
			t.Errorf("%q: %d %v, want %d", s, got, ok, want)
		}
	}
	tt := timetable(osm.Tags{{Key: "interval", Value: "20"}, {Key: "opening_hours:forward", Value: "08:00-19:40"}, {Key: "opening_hours", Value: "Mo-Su 07:00-18:00"}}, ":forward")
	if tt.HeadwayS != 1200 || tt.FirstS != 8*3600 || tt.LastS != 19*3600+40*60 {
		t.Errorf("%+v", tt)
	}
	for _, odd := range []string{"Mo-Fr 08:00-18:00", "08:00-12:00,14:00-18:00", "sunrise-sunset", "Mo-Fr", "19:00-07:00"} {
		if tt := timetable(osm.Tags{{Key: "opening_hours", Value: odd}}, ""); tt.LastS != 0 {
			t.Errorf("%q: %+v", odd, tt)
		}
	}
}

func TestRealExtracts(t *testing.T) {
	for _, c := range []struct {
		path           string
		ferries, sites int // sites: counted with pyosmium
	}{
		{"comoros/comoros-2021.osm.pbf", 3, 39},
		{"osm/andorra.osm.pbf", 0, 7},
		{"osm/monaco/planetiler-core/src/test/resources/monaco-latest.osm.pbf", 1, 6},
		{"osm/fiji-ferry/fiji-ferry.pbf", 0, 0},
	} {
		file := real(t, c.path)
		g, _, _, err := Network(ctx, []File{file}, Options{})
		if err != nil {
			t.Fatal(c.path, err)
		}
		if len(g.Ferries()) != c.ferries || g.Edges() < 1000 {
			t.Errorf("%s: %d ferries, %d edges", c.path, len(g.Ferries()), g.Edges())
		}
		table := []Match{{"amenity": {"hospital", "clinic", "doctors"}}}
		list, lost, err := Facilities(ctx, []File{file}, table, nil)
		if err != nil || lost > 0 || len(list) != c.sites {
			t.Errorf("%s: %d facilities, %d lost, %v", c.path, len(list), lost, err)
		}
	}
}

// TestComorosOverTheSea: from the big island one reaches Mohéli by boat only.
func TestComorosOverTheSea(t *testing.T) {
	g, _, _, err := Network(ctx, []File{real(t, "comoros/comoros-2021.osm.pbf")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	moroni, fomboni := orb.Point{43.2551, -11.7022}, orb.Point{43.7418, -12.2800}
	time := func(b network.Boats) uint32 {
		p := profile.Walk()
		w := search.Over(network.Compile(g, &p, b))
		s, a, err := search.NewSnapper(ctx, w, search.Points{At: []orb.Point{moroni}}, search.Land{}, search.SnapOptions{})
		if err != nil {
			t.Fatal(err)
		}
		to, err := s.Snap(ctx, search.Points{At: []orb.Point{fomboni}})
		if err != nil || a.Miss[0] != search.Found || to.Miss[0] != search.Found {
			t.Fatal(a.Miss, to.Miss, err)
		}
		got, err := search.Nearest(ctx, w, search.Sources{Places: a}, to, search.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return got.MS[0]
	}
	typical, off, sure := time(network.Boats{}), time(network.Boats{Scenario: network.NoBoats}), time(network.Boats{Scenario: network.Guaranteed})
	if typical == network.Never || typical < 4*3600_000 || off != network.Never || sure != network.Never {
		t.Errorf("typical %d ms, without boats %d, guaranteed %d", typical, off, sure)
	}
}

// TestFijiAcrossTheAntimeridian: every street of an extract on both sides of 180
// degrees is short, and lines do not run round the Earth.
func TestFijiAcrossTheAntimeridian(t *testing.T) {
	g, _, _, err := Network(ctx, []File{real(t, "osm/fiji-ferry/fiji-ferry.pbf")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var west, east int
	for e := range uint32(g.Edges()) {
		if g.LengthMM(e) > 100_000_000 {
			t.Errorf("edge %d is %d mm long", e, g.LengthMM(e))
		}
		line := g.Line(e)
		for i := 1; i < len(line); i++ {
			if math.Abs(line[i][0]-line[i-1][0]) > 1 {
				t.Errorf("edge %d runs round the Earth", e)
			}
		}
		if line[0][0] < 0 {
			west++
		} else {
			east++
		}
	}
	if west == 0 || east == 0 {
		t.Errorf("%d streets in the west, %d in the east", west, east)
	}
}
