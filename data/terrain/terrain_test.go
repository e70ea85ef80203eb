package terrain_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/geo/friction"

	"github.com/google/go-cmp/cmp"
)

var ctx = context.Background()

func open(t testing.TB, project string, files map[string]string) (*coverage.Dataset, *coverage.Issues, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		put(t, dir, name, text)
	}
	put(t, dir, "project.yaml", project)
	return data.Open(ctx, dir, data.Options{KeepAllIssues: true}, nil)
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, project string, files map[string]string) (*coverage.Ground, *coverage.Issues) {
	t.Helper()
	ds, iss, err := open(t, project, files)
	if err != nil {
		t.Fatal(err)
	}
	if ds.Transport == nil || ds.Transport.Ground == nil {
		t.Fatal("no ground", said(iss))
	}
	return ds.Transport.Ground, iss
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// said are the issues about the ground, in English.
func said(iss *coverage.Issues) (list []string) {
	for _, i := range iss.List() {
		if strings.HasPrefix(i.Key, "terrain.") || strings.HasPrefix(i.Key, "hgt.") {
			m := i.Message()
			if m.ZH == "" || strings.Contains(m.EN+m.ZH, "{") {
				list = append(list, "a message without its values: "+m.EN)
			}
			list = append(list, i.Key+": "+m.EN)
		}
	}
	return list
}

// drawn shows ground by the speed of its cells: # a barrier, ~ no data, else km/h.
func drawn(g *coverage.Ground) []string {
	var rows []string
	for r := range int(g.Grid.Rows) {
		row := ""
		for _, s := range g.Seconds[r*int(g.Grid.Cols) : (r+1)*int(g.Grid.Cols)] {
			switch {
			case s != s:
				row += "~"
			case math.IsInf(float64(s), 1):
				row += "#"
			default:
				row += fmt.Sprintf("%.0f", 3.6/s)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// raster is an ASCII grid of cells of 0.01 degrees whose lower left corner is
// 122 E 30 N; rows are digits, "." is no data.
func raster(rows ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ncols %d\nnrows %d\nxllcorner 122\nyllcorner 30\ncellsize 0.01\nNODATA_value -9\n", len(rows[0]), len(rows))
	for _, r := range rows {
		for _, c := range r {
			if c == '.' {
				b.WriteString("-9 ")
			} else {
				b.WriteString(string(c) + " ")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func box(x0, y0, x1, y1 float64) string {
	return fmt.Sprintf("[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]", x0, y0, x1, y0, x1, y1, x0, y1, x0, y0)
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",\n") + `]}`
}

func shape(kind, coordinates, properties string) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{%s},"geometry":{"type":%q,"coordinates":%s}}`, properties, kind, coordinates)
}

// Two islands over a grid of 6 x 3 cells. The strait between them, 122.0295 to
// 122.0305, is narrower than a cell. Somebody lives on the coast east of the
// second one, in a cell whose centre is at sea, and somebody far out.
var islands = map[string]string{
	"pop.asc": raster("112300..", "111410.3", "111110.."),
	"zones.geojson": collection(
		shape("Polygon", box(122, 30, 122.0295, 30.03), `"id":"w"`),
		shape("Polygon", box(122.0305, 30, 122.043, 30.03), `"id":"e"`)),
}

const head = "population: [{file: pop.asc}]\nzones: [{file: zones.geojson, id: id, level: island}]\n"

func with(files map[string]string, more ...string) map[string]string {
	all := map[string]string{}
	for k, v := range files {
		all[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

func TestIslands(t *testing.T) {
	g, iss := must(t, head+"friction: {kmh: 3}\n", islands)
	// The second island's column 3 touches the first island's column 2. Of row 0
	// 2 and 3 people live there, of row 1 1 and 4, of row 2 1 and 1.
	same(t, drawn(g), []string{"33~3~~~~", "33~33~~~", "333~3~~~"})
	same(t, keys(iss), []string{"terrain.straits 3 3", "terrain.no_data_people 0 4"})
	same(t, find(iss, "terrain.straits").Args["people"], "4")
	same(t, find(iss, "terrain.no_data_people").Args["people"], "7")
	// No way leads from island to island, knight's moves included.
	surface := friction.Surface{Grid: g.Grid, Seconds: g.Seconds}
	near, err := friction.Nearest(ctx, &surface, []friction.Source{{Cell: 0}}, friction.Options{Neighbours: 16})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []int32{3, 11, 12, 20} {
		if near.MS[c] != friction.Never {
			t.Errorf("cell %d is reached over the strait", c)
		}
	}
	if near.MS[17] == friction.Never {
		t.Error("the island itself is not reached")
	}
}

func road() string {
	return collection(shape("LineString", "[[122.001,30.015],[122.039,30.015]]", ""))
}

func TestDefaultGround(t *testing.T) {
	g, _ := must(t, head+"networks: [{file: roads.geojson}]\n", with(islands, "roads.geojson", road()))
	if g.Roads != "walk" || !g.Knights || g.Slope != "" || g.Heights != nil || g.KMH != 0 || drawn(g)[0][0] != '4' {
		t.Errorf("%+v", g)
	}
	ds, _, err := open(t, head, islands)
	if err != nil || ds.Transport != nil {
		t.Error("transport of nothing", err)
	}
	// A land of none: every cell is open.
	g, iss := must(t, "population: [{file: pop.asc}]\nfriction: {neighbours: 8}\n", islands)
	same(t, drawn(g), []string{"44444444", "44444444", "44444444"})
	if g.Knights || g.Roads != "" || len(said(iss)) != 0 {
		t.Errorf("%+v %v", g, said(iss))
	}
}

func TestLandCover(t *testing.T) {
	files := with(islands, "lc.asc", raster("12123333", "10.23333", "15525333"))
	g, iss := must(t, head+"land: none\nfriction: {landcover: {file: lc.asc, classes: {1: 3, 2: 5, 3: 2, 0: 0}}}\n", files)
	same(t, drawn(g), []string{"35352222", "3#~52222", "34454222"})
	same(t, keys(iss), []string{"terrain.class_unknown 3 3", "terrain.no_cover_no_land 1 1", "terrain.closed_people 0 1", "terrain.no_data_people 0 1"})
	// With known land what has no class is land all the same.
	g, iss = must(t, head+"friction: {kmh: 1, landcover: {file: lc.asc, classes: {1: 3, 2: 5, 3: 2, 5: 6, 0: 0}}}\n", files)
	if got := drawn(g)[1]; got[1] != '#' || got[2] != '~' && got[2] != '1' {
		t.Error(drawn(g), said(iss))
	}
	_, iss, err := open(t, head+"friction: {landcover: {file: lc.asc, classes: {1: 3}}}\n", with(files, "lc.asc", strings.Replace(raster("12123333", "10.23333", "15525333"), " 2 ", " 2.5 ", 1)))
	if err == nil || iss.Count("terrain.not_classes") != 1 {
		t.Error(err)
	}
}

func TestShares(t *testing.T) {
	files := map[string]string{"pop.asc": raster("1111"), "a.asc": raster("520."), "b.asc": raster("530."), "c.asc": raster("420.")}
	g, iss := must(t, "population: [{file: pop.asc}]\nfriction: {shares: [{file: a.asc, kmh: 4}, {file: b.asc, kmh: 3}, {file: c.asc, kmh: 0}]}\n", files)
	same(t, drawn(g), []string{"43~~"}) // of equals the first; a share of 0 is none
	same(t, keys(iss), []string{"terrain.no_cover_no_land 2 2", "terrain.no_data_people 0 2"})
	g, _ = must(t, "population: [{file: pop.asc}]\nfriction: {shares: [{file: c.asc, kmh: 0}, {file: b.asc, kmh: 3}]}\n", files)
	same(t, drawn(g), []string{"33~~"})
}

func find(iss *coverage.Issues, key string) coverage.Issue {
	for _, i := range iss.List() {
		if i.Key == key {
			return i
		}
	}
	return coverage.Issue{}
}

// keys says issues as "key cells populated cells".
func keys(iss *coverage.Issues) (list []string) {
	for _, i := range iss.List() {
		if strings.HasPrefix(i.Key, "terrain.") {
			all := i.Args["all"]
			if all == nil {
				all = 0
			}
			list = append(list, fmt.Sprint(i.Key, " ", all, " ", i.Args["cells"]))
		}
	}
	return list
}

func TestBarriers(t *testing.T) {
	files := map[string]string{
		"pop.asc": raster("111111", "111111", "111111"),
		"river.geojson": collection(shape("LineString", "[[122.015,30.03],[122.015,30.012],[122.022,30.012]]", ""), shape("Point", "[122,30]", ""),
			shape("Polygon", box(122.041, 30.001, 122.059, 30.018), ""), shape("Polygon", box(122.031, 30.021, 122.039, 30.0215), "")),
	}
	key := "population: [{file: pop.asc}]\nfriction: {barriers: [{file: river.geojson}]}\n"
	g, iss := must(t, key, files)
	same(t, drawn(g), []string{"4#4444", "4##4##", "4444##"})
	same(t, keys(iss), []string{"terrain.barrier_points 0 <nil>", "terrain.thin 0 <nil>", "terrain.closed_people 0 7"})
	g, iss = must(t, strings.Replace(key, "river.geojson", "river.geojson, touch: true", 1), files)
	same(t, drawn(g), []string{"4#4#44", "4##4##", "4444##"})
	same(t, iss.Count("terrain.thin"), int64(0))
}

// tile is an SRTM tile of 1201 samples whose height is 5 m a sample east and a
// metre a sample south.
func tile() string {
	b := make([]byte, 0, 2*1201*1201)
	for r := range 1201 {
		for c := range 1201 {
			b = binary.BigEndian.AppendUint16(b, uint16(c*5+r))
		}
	}
	return string(b)
}

func TestHeights(t *testing.T) {
	files := map[string]string{"pop.asc": raster("1111", "1111"), "N30E122.hgt": tile(), "dem.asc": raster("7.", ".."), "wrong.asc": strings.Replace(raster("1"), "-9", "-7", 1)}
	g, iss := must(t, "population: [{file: pop.asc}]\nfriction: {heights: [{file: dem.asc}, {file: N30E122.hgt}]}\n", files)
	// The centre of the first cell of the second row: 122.005, 30.005 is 6 samples
	// east and 1194 south.
	want := []float32{7, 5*18 + 1182, 5*30 + 1182, 5*42 + 1182, 5*6 + 1194, 5*18 + 1194, 5*30 + 1194, 5*42 + 1194}
	for i := range want {
		if math.Abs(float64(g.Heights[i]-want[i])) > 0.01 {
			t.Errorf("cell %d: %v m, by hand %v", i, g.Heights[i], want[i])
		}
	}
	if g.Slope != "tobler" || len(said(iss)) != 0 {
		t.Error(g.Slope, said(iss))
	}
	if _, err := (&friction.Surface{Grid: g.Grid, Seconds: g.Seconds, Heights: g.Heights}).Survey(); err != nil {
		t.Error(err)
	}
	g, iss = must(t, "population: [{file: pop.asc}]\nfriction: {heights: [{file: dem.asc}], slope: naismith}\n", files)
	same(t, g.Slope, "naismith")
	same(t, keys(iss), []string{"terrain.no_height 7 7"})
	_, iss = must(t, "population: [{file: pop.asc}]\nfriction: {heights: [{file: dem.asc, crs: EPSG:32601}]}\n", files)
	if iss.Count("terrain.elsewhere") != 1 {
		t.Error(said(iss))
	}
}

func TestGrids(t *testing.T) {
	files := map[string]string{"pop.asc": raster("11", "11"), "villages.csv": "村,经度,纬度,人口\n甲,122.001,30.001,5\n乙,122.021,30.011,7\n", "clinics.csv": "名称,经度,纬度\n近,122.05,30\n远,123,30\n"}
	points := "population: [{points: {file: villages.csv, groups: {all: 人口}}}]\nfacilities: [{file: clinics.csv, kind: clinic}]\n"
	g, _ := must(t, points+"friction: {}\n", files)
	// From 122.001 to the clinic at 122.05, 4,728 m, and 30 to 30.011, 1,219 m, in
	// cells of 100 m with one to spare on every side.
	same(t, []int32{g.Grid.Cols, g.Grid.Rows}, []int32{48 + 2, 13 + 2})
	l, err := friction.Measure(g.Grid)
	if err != nil || math.Abs(l.Metres(g.Grid.Rows/2, 1, 0)-100) > 0.1 || math.Abs(l.Metres(g.Grid.Rows/2, 0, 1)-100) > 0.1 {
		t.Error(err, l.Metres(7, 1, 0), l.Metres(7, 0, 1))
	}
	g, _ = must(t, points+"friction: {cell_m: 250}\n", files)
	same(t, []int32{g.Grid.Cols, g.Grid.Rows}, []int32{19 + 2, 5 + 2})
	g, _ = must(t, "population: [{file: pop.asc}]\nfriction: {cell_m: 200}\n", files)
	same(t, []int32{g.Grid.Cols, g.Grid.Rows}, []int32{5 + 2, 6 + 2}) // over the centres: 965 m and 1,109 m
	_, iss, err := open(t, strings.Replace(points, "facilities", "land: none\nfacilities", 1)+"friction: {cell_m: 1}\n", with(files, "villages.csv", "村,经度,纬度,人口\n甲,122,30,5\n乙,123,31,7\n"))
	if err == nil || iss.Count("terrain.too_many") != 1 {
		t.Error(err)
	}
	g, iss = must(t, points+"friction: {}\n", with(files, "villages.csv", "村,经度,纬度,人口\n甲,122,30,5\n乙,127,36,7\n"))
	if iss.Count("terrain.coarser") != 1 || g.Grid.Cells() > 20_000_000 || g.Grid.Cells() < 15_000_000 {
		t.Error(g.Grid, said(iss))
	}
	ds, iss, err := open(t, "population: [{points: {file: villages.csv, groups: {all: 人口}}}]\nfriction: {}\n", with(files, "villages.csv", "村,经度,纬度,人口\n甲,179.9,30,5\n乙,-179.9,36,7\n"))
	if err != nil || ds.Transport.Ground != nil || iss.Count("terrain.antimeridian") != 1 {
		t.Error(err, said(iss))
	}
}

func TestRefusals(t *testing.T) {
	for key, want := range map[string]string{
		"landcover: {file: none.tif, classes: {1: 1}}":         "data.missing",
		"shares: [{file: none.tif, kmh: 1}]":                   "data.missing",
		"shares: [{file: bad.tif, kmh: 1}]":                    "raster.truncated",
		"landcover: {file: pop.asc, band: 2, classes: {1: 1}}": "raster.band",
		"heights: [{file: none.tif}]":                          "data.missing",
		"heights: [{file: N30E122.hgt}]":                       "hgt.size",
		"heights: [{file: n30e122.zip}]":                       "hgt.zip",
		"barriers: [{file: none.shp}]":                         "vector.file.missing",
	} {
		_, iss, err := open(t, "population: [{file: pop.asc}]\nfriction: {"+key+"}\n", map[string]string{"pop.asc": raster("1"), "bad.tif": "II*\x00", "N30E122.hgt": "abcd efgh", "n30e122.zip": "PK\x03\x04"})
		if err == nil || iss.Count(want) != 1 {
			t.Errorf("%s: %v, %v", key, err, iss.Keys())
		}
	}
	// What is missing is told though the people are missing too.
	_, iss, err := open(t, "population: [{file: pop.asc}]\nfriction: {heights: [{file: none.tif}]}\n", nil)
	if err == nil || iss.Count("data.missing") != 2 {
		t.Error(iss.Keys())
	}
}
