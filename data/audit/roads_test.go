package audit

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lifecircle/data/osm"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func pieces(lines []orb.LineString) func(func(a, b orb.Point) bool) {
	return func(yield func(a, b orb.Point) bool) {
		for _, l := range lines {
			for i := 1; i < len(l); i++ {
				if !yield(l[i-1], l[i]) {
					return
				}
			}
		}
	}
}

// townStreets is a town in Daishan: bent streets some 260 m apart, 4 km each way, and
// places 5 to 30 m beside them.
func townStreets() (lines []orb.LineString, at []orb.Point) {
	f := geodesy.NewFrame(orb.Point{122.2, 30.25})
	bend := func(v float64) float64 { return 40 * math.Sin(v/700) }
	street := func(k int) float64 { return 260*float64(k-7) + 35*float64(k*k*5%7) }
	for k := range 15 {
		var across, along orb.LineString
		for v := -1900.0; v <= 1900; v += 50 {
			across = append(across, f.ToPoint(v, street(k)+bend(v)))
			along = append(along, f.ToPoint(street(k)+bend(v), v))
		}
		lines = append(lines, across, along)
	}
	for i := range 40 {
		v := -1500 + 75*float64(i)
		side := 5 + float64(i*7%26)
		on := street(i*5%15) + bend(v)
		if i%2 == 0 {
			at = append(at, f.ToPoint(v, on+side))
		} else {
			at = append(at, f.ToPoint(on-side, v))
		}
	}
	return lines, at
}

// Every mistake with the coordinates of a town is told by its streets alone, and
// what is right is left in peace.
func TestRoadsTellReadings(t *testing.T) {
	lines, at := townStreets()
	for _, c := range []struct{ truth, declared, want string }{
		{"EPSG:4326", "EPSG:4326", ""},
		{"EPSG:4326", "EPSG:4490", ""},
		{"GCJ-02", "EPSG:4326", "GCJ-02"},
		{"BD-09", "EPSG:4326", "BD-09"},
		{"GCJ-02", "EPSG:4490", "GCJ-02"},
		{"EPSG:4326", "GCJ-02", "EPSG:4326"},
		{"BD-09", "GCJ-02", "BD-09"},
		{"GCJ-02", "BD-09", "GCJ-02"},
		{"GCJ-02", "GCJ-02", ""},
		{"BD-09", "BD-09", ""},
		{"EPSG:4550", "EPSG:4549", "EPSG:4550"},
		{"EPSG:4550", "EPSG:4550", ""},
		{"EPSG:32651", "EPSG:32650", "EPSG:32651"},
		{"swapped", "EPSG:4326", "EPSG:4326 x <-> y"},
	} {
		declared, err := crs.Parse(c.declared)
		if err != nil {
			t.Fatal(err)
		}
		truth, err := crs.Parse(c.truth)
		if err != nil {
			truth = crs.WGS84()
		}
		raw := read(at, truth.FromWGS84)
		if c.truth == "swapped" {
			raw = read(at, func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} })
		}
		best, told := ByRoads([]RoadList{{raw, declared, Readings(declared)}}, pieces(lines))
		f := best[0]
		if told[0] != (c.want != "") || told[0] && f.Reading.Name != c.want {
			t.Errorf("%s read as %s: %v %+v, want %q", c.truth, c.declared, told, f, c.want)
		}
		if told[0] && (f.AfterM > 25 || f.BeforeM < 30 || f.Of != 40 || f.Nearer < 30) {
			t.Errorf("%s read as %s: %+v", c.truth, c.declared, f)
		}
	}
	if _, told := ByRoads([]RoadList{{nil, crs.WGS84(), Readings(crs.WGS84())}}, pieces(lines)); told[0] {
		t.Error("an empty list is told")
	}
}

// Lists of a country as OpenStreetMap has them, read rightly, are left in peace
// in every direction; moved by 500 m, nearly all are found.
func TestRoadsOnRealLists(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "comoros", "comoros-2021.osm.pbf")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared real data are not here")
	}
	file := osm.File{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	g, _, _, err := osm.Network(context.Background(), []osm.File{file}, osm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lists := realLists(t, file)
	var clean, moved []RoadList
	for _, at := range lists {
		for dir := range 8 {
			sin, cos := math.Sincos(float64(dir) * math.Pi / 4)
			shift := func(m float64) Reading {
				return Reading{ToWGS84: func(p orb.Point) orb.Point { return geodesy.NewFrame(p).ToPoint(m*cos, m*sin) }}
			}
			clean = append(clean, RoadList{at, crs.WGS84(), []Reading{shift(500)}})
			if len(at) >= 20 {
				moved = append(moved, RoadList{read(at, shift(500).ToWGS84), crs.WGS84(), []Reading{shift(-500)}})
			}
		}
	}
	best, told := ByRoads(append(clean, moved...), Streets(g))
	alarms, hits := 0, 0
	for i, yes := range told {
		switch {
		case yes && i < len(clean):
			alarms++
			t.Errorf("a clean list of %d: %+v", len(clean[i].Raw), best[i])
		case yes:
			hits++
		}
	}
	t.Logf("%d lists: %d false alarms in %d trials; of %d trials with 20 places or more, %d shifts found", len(lists), alarms, len(clean), len(moved), hits)
	if len(lists) < 20 || hits*10 < len(moved)*8 {
		t.Errorf("%d lists, %d of %d found", len(lists), hits, len(moved))
	}
}

func realLists(t *testing.T, file osm.File) [][]orb.Point {
	byWord := map[string][]orb.Point{}
	for _, key := range []string{"amenity", "shop", "office", "tourism"} {
		list, _, err := osm.Facilities(context.Background(), []osm.File{file}, []osm.Match{{key: nil}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			byWord[key+p.Tags[key]] = append(byWord[key+p.Tags[key]], p.At)
		}
	}
	var lists [][]orb.Point
	for _, at := range byWord {
		if len(at) >= 10 {
			lists = append(lists, at)
		}
	}
	return lists
}

// The bins find what looking at every piece finds.
func TestDistancesAgainstAllPieces(t *testing.T) {
	place := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(122, 122.1).Draw(t, "x"), rapid.Float64Range(30, 30.1).Draw(t, "y")}
	})
	rapid.Check(t, func(t *rapid.T) {
		lat := rapid.SampledFrom([]float64{0, -42, 35}).Draw(t, "lat")
		move := func(p orb.Point) orb.Point { return orb.Point{p[0], p[1] + lat} }
		var roads [][2]orb.Point
		for _, a := range rapid.SliceOfN(place, 1, 12).Draw(t, "roads") {
			b := orb.Point{a[0] + rapid.Float64Range(-0.05, 0.05).Draw(t, "dx"), a[1] + rapid.Float64Range(-0.05, 0.05).Draw(t, "dy")}
			roads = append(roads, [2]orb.Point{move(a), move(b)})
		}
		var at []orb.Point
		for _, p := range rapid.SliceOfN(place, 1, 12).Draw(t, "places") {
			at = append(at, move(p))
		}
		got := distances([][]orb.Point{at}, func(yield func(a, b orb.Point) bool) {
			for _, r := range roads {
				if !yield(r[0], r[1]) {
					return
				}
			}
		})[0]
		for i, p := range at {
			want := roadCapM
			for _, r := range roads {
				for k := range 2001 { // a step every 3 m or less
					s := float64(k) / 2000
					want = min(want, geodesy.Distance(p, orb.Point{r[0][0] + s*(r[1][0]-r[0][0]), r[0][1] + s*(r[1][1]-r[0][1])}))
				}
			}
			// The frame is flat: 1 km off it is true to a metre or so.
			if math.Abs(got[i]-want) > 3 {
				t.Fatalf("%v: %v, want %v", p, got[i], want)
			}
		}
	})
}

// The approximation stands near the count over all throws of the coin, where no two
// differences are of one size.
func TestSignedRankAgainstAllSigns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SliceOfN(rapid.Float64Range(-5, 9), 8, 11).Draw(t, "d")
		sizes := make([]float64, len(d))
		for i, v := range d {
			sizes[i] = math.Abs(v) + 1e-9*float64(i+1) // no two alike, none of them 0
			d[i] = math.Copysign(sizes[i], v)
		}
		order := make([]int, len(d))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			if sizes[a] < sizes[b] {
				return -1
			}
			return 1
		})
		rank := make([]int, len(d))
		for k, i := range order {
			rank[i] = k + 1
		}
		have := 0
		for i, v := range d {
			if v > 0 {
				have += rank[i]
			}
		}
		atLeast := 0
		for signs := range 1 << len(d) {
			sum := 0
			for i := range d {
				if signs>>i&1 == 1 {
					sum += rank[i]
				}
			}
			if sum >= have {
				atLeast++
			}
		}
		want := float64(atLeast) / float64(int(1)<<len(d))
		if got := signedRank(d); math.Abs(got-want) > 0.02 {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
