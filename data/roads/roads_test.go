package roads_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/data/osm/osmtest"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

var ctx = context.Background()

// people are four cells around 122 E 30 N.
const people = "ncols 2\nnrows 2\nxllcorner 122\nyllcorner 30\ncellsize 0.01\n1 2\n3 4\n"

// open opens a project of these keys with the files.
func open(t testing.TB, keys string, files map[string]string) (*coverage.Dataset, *coverage.Issues, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		put(t, dir, name, text)
	}
	put(t, dir, "pop.asc", people)
	put(t, dir, "project.yaml", "population: [{file: pop.asc}]\n"+keys)
	return data.Open(ctx, dir, data.Options{KeepAllIssues: true}, nil)
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, keys string, files map[string]string) (*coverage.Dataset, *coverage.Issues) {
	t.Helper()
	ds, iss, err := open(t, keys, files)
	if err != nil {
		t.Fatal(err)
	}
	return ds, iss
}

// brief says the issues of roads and ferries as "key row column value".
func brief(iss *coverage.Issues) (list []string) {
	for _, i := range iss.List() {
		if strings.HasPrefix(i.Key, "roads.") || strings.HasPrefix(i.Key, "ferry.") || strings.HasPrefix(i.Key, "lonlat.") || strings.HasPrefix(i.Key, "data.") {
			list = append(list, strings.TrimSpace(fmt.Sprintf("%s %d %s %s", i.Key, i.Row, i.Column, i.Value)))
			if m := i.Message(); strings.Contains(m.EN+m.ZH, "{") && i.Key != "roads.speed_capped" || m.EN == i.Key {
				list = append(list, "message: "+m.EN)
			}
		}
	}
	return list
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// seconds is the time between two places by a mode, -1 without a way.
func seconds(t testing.TB, ds *coverage.Dataset, mode string, from, to orb.Point) float64 {
	t.Helper()
	tr := ds.Transport
	w := search.Over(network.Compile(tr.Roads, tr.Profile(mode), tr.Boats))
	s, a, err := search.NewSnapper(ctx, w, search.Points{At: []orb.Point{from}}, search.Land{}, search.SnapOptions{MinNodes: 1, NearM: -1, LimitM: 500})
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
	return float64(got.MS[0]) / 1000
}

// direct is the time over the one street from a junction to another, -1 when it
// is closed that way.
func direct(t testing.TB, ds *coverage.Dataset, mode string, from, to orb.Point) float64 {
	t.Helper()
	g := ds.Transport.Roads
	w := network.Compile(g, ds.Transport.Profile(mode), ds.Transport.Boats)
	for e := range uint32(g.Edges()) {
		p, q := g.Ends(e)
		for _, back := range []bool{false, true} {
			if g.NodeAt(p) == from && g.NodeAt(q) == to {
				if ms := w.MS(e, back); ms != network.Never {
					return float64(ms) / 1000
				}
				return -1
			}
			p, q = q, p
		}
	}
	t.Fatalf("no street from %v to %v", from, to)
	return 0
}

// near checks a time to a quarter of a second.
func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.25 {
		t.Errorf("%s: %.2f s, by hand %.2f", what, got, want)
	}
}

// feature is a GeoJSON line with properties.
func feature(properties string, at ...float64) string {
	var points []string
	for i := 0; i < len(at); i += 2 {
		points = append(points, fmt.Sprintf("[%.7f,%.7f]", at[i], at[i+1]))
	}
	return fmt.Sprintf(`{"type":"Feature","properties":{%s},"geometry":{"type":"LineString","coordinates":[%s]}}`, properties, strings.Join(points, ","))
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",\n") + `]}`
}

// Roads A-B-C along the parallel of 30 N, a kilometre of so and so:
//
//	A --- B --- C      west to east, 0.01 degree each
//	      |
//	      D            0.01 degree south
var (
	a, b, c, d = orb.Point{122, 30}, orb.Point{122.01, 30}, orb.Point{122.02, 30}, orb.Point{122.01, 29.99}
	along      = geodesy.Distance(a, b)
	down       = geodesy.Distance(b, d)
)

func lineAB(properties string) string { return feature(properties, 122, 30, 122.01, 30) }

func lineBC(properties string) string { return feature(properties, 122.01, 30, 122.02, 30) }

func TestExtracts(t *testing.T) {
	d1 := osmtest.Drawing{Pack: "zlib"}
	d1.Node(1, 122, 30)
	d1.Node(2, 122.01, 30)
	d1.Way(10, []int64{1, 2, 99}, "highway", "residential")
	d2 := osmtest.Drawing{}
	d2.Node(2, 122.01, 30)
	d2.Node(3, 122.02, 30)
	d2.Node(4, 122.05, 30)
	d2.Node(5, 122.05, 30.1)
	d2.Way(11, []int64{2, 3}, "highway", "residential", "oneway", "yes", "width", "narrow")
	d2.Way(12, []int64{3, 4}, "route", "ferry", "foot", "yes")
	files := map[string]string{"west.osm.pbf": string(d1.Bytes()), "east.osm.pbf": string(d2.Bytes())}
	ds, iss := must(t, "networks: [{file: west.osm.pbf}, {file: east.osm.pbf}]\nprofiles: {cart: {like: walk, kmh: {residential: 3, trak: 9}, oneway: oneway, surface: {width=narrow: 2}}}\n", files)
	near(t, "walk over the seam", seconds(t, ds, "walk", a, c), 2*along*3.6/5)
	near(t, "walk back", seconds(t, ds, "walk", c, a), 2*along*3.6/5)
	near(t, "a tag that only the own profile looks at", direct(t, ds, "cart", b, c), along*3.6/2)
	near(t, "against the one-way", direct(t, ds, "cart", c, b), -1)
	same(t, brief(iss), []string{
		"roads.missing_nodes 0", "ferry.no_time 0", "ferry.no_headway 0", "ferry.quay_alone 0  122.05, 30", "roads.class_unused 0 cart trak",
	})
	var roles []string
	for _, s := range ds.Sources {
		roles = append(roles, fmt.Sprint(s.Role, " ", s.File, " ", s.Rows, " ", len(s.SHA256)))
	}
	same(t, roles, []string{"project project.yaml 0 64", "population pop.asc 4 64", "network west.osm.pbf 3 64", "network east.osm.pbf 0 64"})
	names := []string{}
	for _, p := range ds.Transport.Profiles {
		names = append(names, p.Name)
	}
	same(t, names, []string{"walk", "bike", "ebike", "drive", "cart"})
	// Without the boats of one extract.
	ds, iss = must(t, "networks: [{file: west.osm.pbf}, {file: east.osm.pbf, ferries: false}]\n", files)
	same(t, len(ds.Transport.Roads.Ferries()), 0)
	near(t, "and still over the seam", seconds(t, ds, "walk", a, c), 2*along*3.6/5)
	same(t, brief(iss), []string{"roads.missing_nodes 0"})
}

// The words of one column, tried one by one on the road from A to B.
func TestOnewayWords(t *testing.T) {
	for words, want := range map[string]int{
		"yes|YES|1|true|t|是|单行|FT|Y|one way|单行道": 1, "no|0|false|F|f|否|双向|both|n|": 0, "-1|TF|reverse|反向|1 reverse": -1,
		"B;F|B;F": 1, "B;T": -1, "FT;N": 2, "TF;N": 2, "B;B": 0,
	} {
		for word := range strings.SplitSeq(words, "|") {
			other, own, two := strings.Cut(word, ";")
			if !two {
				other, own = "", word
			}
			ds, _ := must(t, "networks: [{file: r.geojson, oneway: ow}]\n", map[string]string{
				"r.geojson": collection(lineAB(`"ow":"`+own+`"`), lineBC(`"ow":"`+other+`"`)),
			})
			there, back := direct(t, ds, "drive", a, b) >= 0, direct(t, ds, "drive", b, a) >= 0
			if got := [2]bool{there, back}; got != map[int][2]bool{0: {true, true}, 1: {true, false}, -1: {false, true}, 2: {false, false}}[want] {
				t.Errorf("%q beside %q: %v", own, other, got)
			}
			if direct(t, ds, "walk", b, a) < 0 {
				t.Errorf("%q closes the road to people on foot", own)
			}
		}
	}
	_, iss := must(t, "networks: [{file: r.geojson, oneway: ow}]\n", map[string]string{"r.geojson": collection(lineAB(`"ow":"maybe"`), lineBC(`"ow":null`))})
	same(t, brief(iss), []string{"roads.oneway 1 ow maybe"})
	// Booleans and numbers of GeoJSON are words too.
	ds, iss := must(t, "networks: [{file: r.geojson, oneway: ow}]\n", map[string]string{"r.geojson": collection(lineAB(`"ow":true`), lineBC(`"ow":-1`))})
	same(t, []bool{direct(t, ds, "drive", b, a) < 0, direct(t, ds, "drive", b, c) < 0, len(brief(iss)) == 0}, []bool{true, true, true})
}

func TestClassesAndSpeeds(t *testing.T) {
	files := map[string]string{"r.geojson": collection(lineAB(`"k":"国道","v":"60 km/h","s":"gravel"`), lineBC(`"k":"村道","v":0,"s":""`), feature(`"k":"铁路","v":80`, 122.02, 30, 122.03, 30),
		feature(`"k":"砼路","v":"fast"`, 122.01, 30, 122.01, 29.99), feature(`"k":"","v":5`, 122.03, 30, 122.04, 30), feature(`"k":"track_grade4"`, 122.04, 30, 122.05, 30),
		feature(`"k":"construction"`, 122.05, 30, 122.06, 30), feature(`"k":"Motorway"`, 122, 29.98, 122.01, 29.98))}
	keys := "networks: [{file: r.geojson, class: k, map: {国道: primary}, speed: v, tags: {surface: s, name: k}}]\n"
	ds, iss := must(t, keys, files)
	same(t, brief(iss), []string{
		"roads.tag_unused 0 k name", "roads.speed 4 v fast", "roads.class_by_table 2 k 村道", "roads.class_left_out 3 k 铁路",
		"roads.class_unknown 4 k 砼路", "roads.class_missing 5 k", "roads.class_left_out 7 k construction", "roads.no_speed 0 v",
	})
	near(t, "primary: 0.9 of 60 km/h, 40 on gravel", seconds(t, ds, "drive", a, b), along*3.6/40)
	near(t, "村道 is unclassified", seconds(t, ds, "drive", b, c), along*3.6/32)
	near(t, "an unknown word is unclassified", seconds(t, ds, "drive", b, d), down*3.6/32)
	near(t, "no rails for cars", seconds(t, ds, "walk", c, orb.Point{122.03, 30}), -1)
	near(t, "5 km/h is obeyed", seconds(t, ds, "drive", orb.Point{122.03, 30}, orb.Point{122.04, 30}), along*3.6/4.5)
	near(t, "a bad track", seconds(t, ds, "drive", orb.Point{122.04, 30}, orb.Point{122.05, 30}), along*3.6/10)
	near(t, "motorways go both ways without a column", seconds(t, ds, "drive", orb.Point{122.01, 29.98}, orb.Point{122, 29.98}), geodesy.Distance(orb.Point{122, 29.98}, orb.Point{122.01, 29.98})*3.6/100)

	// A limit over the speed of the class: held to that, and told; or used.
	fast := map[string]string{"r.geojson": collection(lineAB(`"v":70`), lineBC(`"v":30`))}
	ds, iss = must(t, "networks: [{file: r.geojson, speed: v}]\n", fast)
	same(t, brief(iss), []string{"roads.speed_capped 0 v drive"})
	near(t, "capped", seconds(t, ds, "drive", a, b), along*3.6/32)
	near(t, "obeyed", seconds(t, ds, "drive", b, c), along*3.6/27)
	ds, iss = must(t, "networks: [{file: r.geojson, speed: v}]\nprofiles: {drive: {maxspeed: use, maxspeed_share: 1}}\n", fast)
	same(t, len(brief(iss)), 0)
	near(t, "used", seconds(t, ds, "drive", a, b), along*3.6/70)
	near(t, "not by people on foot", seconds(t, ds, "walk", a, b), along*3.6/5)
}

func TestLinesMeet(t *testing.T) {
	// From B south, but beginning 0.3 m short of the road A-C that has no vertex there.
	short := 0.3 / down * 0.01
	files := map[string]string{"r.geojson": collection(feature("", 122, 30, 122.02, 30), feature("", 122.01, 30-short, 122.01, 29.99))}
	for join, want := range map[string]bool{"": true, ", join_m: 0.29": false, ", join_m: 0.31": true, ", join_m: 0": false} {
		ds, iss := must(t, "networks: [{file: r.geojson"+join+"}]\n", files)
		if got := seconds(t, ds, "walk", a, d); (got >= 0) != want {
			t.Errorf("join %q: %v", join, got)
		} else if want {
			near(t, "round the corner", got, (along+down)*3.6/5)
		}
		same(t, len(brief(iss)), 0)
	}
	// Layers join with one another, and a Shapefile's kinds of fault are told by row.
	ds, iss := must(t, "networks: [{file: r.geojson}, {file: s.geojson}]\nmax_bad_share: 0.9\n", map[string]string{
		"r.geojson": collection(lineAB("")), "s.geojson": collection(lineBC(""), `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[122,30]}}`, feature("", 422, 30, 122, 30), feature("", 122, 30, 122, 30)),
	})
	near(t, "from layer to layer", seconds(t, ds, "walk", a, c), 2*along*3.6/5)
	same(t, brief(iss), []string{"roads.not_line 2  Point", "lonlat.range 3  422, 30", "roads.no_length 0"})
}

func TestRefusals(t *testing.T) {
	for keys, want := range map[string]string{
		"networks: [{file: none.pbf}]\n":                    "data.missing",
		"networks: [{file: none.geojson}]\n":                "vector.file.missing",
		"networks: [{file: pop.asc}]\n":                     "vector.file.format",
		"networks: [{file: a.osm.pbf}]\n":                   "osm.format",
		"networks: [{file: r.geojson, class: nope}]\n":      "data.no_column",
		"networks: [{file: r.geojson, tags: {surface: x}}]": "data.no_column",
		"networks: [{file: points.geojson}]\n":              "data.bad_share",
		"ferries: [{file: none.csv}]\n":                     "data.missing",
		"ferries: [{file: f.csv, name: nope}]\n":            "data.no_column",
		"ferries: [{file: f.csv}]\n":                        "ferry.no_columns",
	} {
		_, iss, err := open(t, keys, map[string]string{
			"a.osm.pbf": "nothing of the kind", "r.geojson": collection(lineAB("")), "f.csv": "航线,航时\n甲,20\n",
			"points.geojson": collection(`{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[122,30]}}`),
		})
		if err == nil || iss.Count(want) == 0 {
			t.Errorf("%s: %v, %v", keys, err, brief(iss))
		}
	}
}

// The Comoros by their extract, and the same roads as a plain layer.
func TestComoros(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared", "data", "comoros")
	files := map[string]string{}
	for _, f := range []string{"comoros-2021.osm.pbf", "roads.gpkg", "ferry.gpkg"} {
		text, err := os.ReadFile(filepath.Join(shared, f))
		if err != nil {
			t.Skip("the shared real data are not here")
		}
		files[f] = string(text)
	}
	ds, iss := must(t, "networks: [{file: comoros-2021.osm.pbf}]\n", files)
	g := ds.Transport.Roads
	t.Log(g.Nodes(), g.Edges(), len(g.Ferries()), brief(iss))
	if g.Nodes() < 7000 || g.Edges() < 9000 || len(g.Ferries()) != 3 || iss.Count("ferry.no_headway") != 1 {
		t.Error("not the roads of the Comoros")
	}
	moroni, north := orb.Point{43.2551, -11.7022}, orb.Point{43.3972, -11.3897} // Moroni to Mitsamiouli, some 45 km of road
	drive := seconds(t, ds, "drive", moroni, north)
	ds, iss = must(t, "networks: [{file: roads.gpkg, layer: roads, class: highway, tags: {surface: surface, tracktype: tracktype, smoothness: smoothness}}]\nferries: [{file: ferry.gpkg}]\n", files)
	layer := seconds(t, ds, "drive", moroni, north)
	t.Log(ds.Transport.Roads.Nodes(), ds.Transport.Roads.Edges(), drive, layer, brief(iss))
	if drive < 30*60 || drive > 90*60 || math.Abs(layer/drive-1) > 0.05 {
		t.Errorf("%.0f s over the extract, %.0f s over the layer", drive, layer)
	}
	if got := len(ds.Transport.Roads.Ferries()); got != 3 {
		t.Errorf("%d ferries of 3 lines", got)
	}
	if !slices.ContainsFunc(ds.Transport.Profiles, func(p profile.Profile) bool { return p.Name == "drive" }) {
		t.Error("no car")
	}
}

func readAll(t testing.TB, dir string, names ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, n := range names {
		text, err := os.ReadFile(filepath.Join(dir, n))
		if err != nil {
			t.Fatal(err)
		}
		files[n] = string(text)
	}
	return files
}

// boatsExtract is the road A-B and a boat to E.
func boatsExtract() string {
	var x osmtest.Drawing
	x.Node(1, 122, 30)
	x.Node(2, 122.01, 30)
	x.Node(3, 122.05, 30)
	x.Way(10, []int64{1, 2}, "highway", "residential")
	x.Way(11, []int64{2, 3}, "route", "ferry")
	return string(x.Bytes())
}
