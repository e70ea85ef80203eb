package terrain_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"lifecircle/data"
	"lifecircle/data/datatest"
	"lifecircle/data/terrain/hgt"
	"lifecircle/geo/friction"
)

// folder copies files of the shared real data into a new folder.
func folder(t testing.TB, project string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(shared, filepath.FromSlash(f)))
		if err != nil {
			t.Skip("the shared real data are not here")
		}
		put(t, dir, filepath.Base(f), string(text))
	}
	put(t, dir, "project.yaml", project)
	return dir
}

var shared = filepath.Join("..", "..", "..", "shared", "data")

var comoros = []string{
	"comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/health.gpkg", "comoros/comoros-2021.osm.pbf", "comoros/water.gpkg",
	"comoros/srtm/S12E043.SRTMGL1.hgt.zip", "comoros/srtm/S13E043.SRTMGL1.hgt.zip", "comoros/srtm/S13E044.SRTMGL1.hgt.zip",
	"comoros/landcover/landcover_Bare.tif", "comoros/landcover/landcover_BuiltUp.tif", "comoros/landcover/landcover_Crops.tif", "comoros/landcover/landcover_Grass.tif",
	"comoros/landcover/landcover_MossLichen.tif", "comoros/landcover/landcover_PermanentWater.tif", "comoros/landcover/landcover_SeasonalWater.tif",
	"comoros/landcover/landcover_Shrub.tif", "comoros/landcover/landcover_Snow.tif", "comoros/landcover/landcover_Tree.tif",
}

const comorosHead = `
zones: [{file: zones.gpkg, layer: gadm, id: GID_1, name: NAME_1, level: island}]
population: [{file: worldpop-2020-100m.tif}]
facilities: [{file: health.gpkg, layer: health, name: name, kind: {column: amenity, map: {hospital: hospital, clinic: clinic}, others: skip}}]
networks: [{file: comoros-2021.osm.pbf}]
`

const comorosGround = comorosHead + `
friction:
  shares:
    - {file: landcover_BuiltUp.tif, kmh: 5}
    - {file: landcover_Bare.tif, kmh: 4}
    - {file: landcover_Crops.tif, kmh: 4}
    - {file: landcover_Grass.tif, kmh: 4}
    - {file: landcover_MossLichen.tif, kmh: 4}
    - {file: landcover_Shrub.tif, kmh: 3}
    - {file: landcover_Tree.tif, kmh: 2}
    - {file: landcover_SeasonalWater.tif, kmh: 1}
    - {file: landcover_Snow.tif, kmh: 1}
    - {file: landcover_PermanentWater.tif, kmh: 0}
  heights: [{file: S12E043.SRTMGL1.hgt.zip}, {file: S13E043.SRTMGL1.hgt.zip}, {file: S13E044.SRTMGL1.hgt.zip}]
  barriers: [{file: water.gpkg, layer: water}]
`

func TestComoros(t *testing.T) {
	dir := folder(t, comorosHead, comoros...)
	ds, iss, err := data.Open(ctx, dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g := ds.Transport.Ground
	if !g.Grid.SameAs(ds.Demand.Grid) || g.Roads != "walk" {
		t.Errorf("%+v", g.Grid)
	}
	plain, err := (&friction.Surface{Grid: g.Grid, Seconds: g.Seconds}).Survey()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v %v", plain, said(iss))
	// The islands have 1,659 km2, cells of 0.0084 km2 some 199,000; with those of
	// the coast where people live.
	if plain.Open < 195_000 || plain.Open > 210_000 || plain.Barriers != 0 || plain.Fastest != friction.Pace(4) || plain.Slowest != friction.Pace(4) {
		t.Error("not the islands")
	}
	for i, c := range ds.Demand.Cell { // everybody of a landmass stands on open ground
		if s := g.Seconds[c]; ds.Demand.Landmass[i] >= 0 && s != friction.Pace(4) {
			t.Fatalf("row %d of landmass %d stands on %v", i, ds.Demand.Landmass[i], s)
		}
	}
	put(t, dir, "project.yaml", comorosGround)
	ds, iss, err = data.Open(ctx, dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g = ds.Transport.Ground
	full, err := (&friction.Surface{Grid: g.Grid, Seconds: g.Seconds, Heights: g.Heights}).Survey()
	t.Logf("%+v %v", full, strings.Join(said(iss), "\n"))
	// Karthala rises to 2,361 m; SRTM and cells of 100 m take some off.
	if err != nil || full.Open+full.Barriers != plain.Open || full.Barriers == 0 || full.Highest < 2250 || full.Highest > 2365 || full.Lowest < -60 {
		t.Errorf("%+v %v", full, err)
	}
	if g.Slope != "tobler" || full.Fastest != friction.Pace(5) || full.Slowest != friction.Pace(1) && full.Slowest != friction.Pace(2) || full.NoHeight > full.Open/100 {
		t.Errorf("%q %+v", g.Slope, full)
	}
	if n := len(ds.Sources); n != 19 {
		t.Errorf("%d sources: %v", n, ds.Sources)
	}
	for _, cores := range []int{1, 7} {
		old := runtime.GOMAXPROCS(cores)
		again, _, err := data.Open(ctx, dir, data.Options{}, nil)
		runtime.GOMAXPROCS(old)
		if err != nil || !sameGround(again.Transport.Ground.Seconds, g.Seconds) || !sameGround(again.Transport.Ground.Heights, g.Heights) || !reflect.DeepEqual(again.Transport.Roads, ds.Transport.Roads) {
			t.Errorf("another transport on %d cores: %v", cores, err)
		}
	}
}

// sameGround compares bit by bit: NaN is no data.
func sameGround(a, b []float32) bool {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

// The demonstration of AccessMod: land cover, elevation, roads, rivers and a
// closed area in one projected system that the program does not know and the
// project states (NAD 27 is 200 m off, all files alike).
func TestAccessMod(t *testing.T) {
	var files []string
	root := filepath.Join(shared, "accessmod-demo")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".GeoTIFF") || strings.Count(filepath.ToSlash(path), "/") == strings.Count(filepath.ToSlash(root), "/")+3) {
			rel, _ := filepath.Rel(shared, path)
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Skip("the shared real data are not here")
	}
	dir := folder(t, `
crs: EPSG:32613
population: [{file: population__demo.GeoTIFF, crs: EPSG:32613}]
zones: [{file: zone_admin__city.shp, crs: EPSG:32613, id: id, name: zone, level: zone}]
facilities: [{file: health_facilities__demo.shp, crs: EPSG:32613, kind: hospital, name: name, capacity: capacity}]
land: none
networks: [{file: road__demo.shp, crs: EPSG:32613, class: class, map: {1001: primary, 1002: secondary, 1003: tertiary, 1004: unclassified, 1005: track}}]
friction:
  landcover: {file: land_cover__demo.GeoTIFF, crs: EPSG:32613, classes: {1: 2, 2: 4, 3: 3, 4: 3, 5: 4, 6: 0}}
  heights: [{file: dem__dem.GeoTIFF, crs: EPSG:32613}]
  slope: langmuir
  barriers: [{file: barrier__demo_river.shp, crs: EPSG:32613}, {file: barrier__demo.shp, crs: EPSG:32613}]
  roads: drive
`, files...)
	ds, iss, err := data.Open(ctx, dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g := ds.Transport.Ground
	v, err := (&friction.Surface{Grid: g.Grid, Seconds: g.Seconds, Heights: g.Heights}).Survey()
	var all []string
	for _, i := range iss.List() {
		all = append(all, i.Message().EN)
	}
	t.Logf("%+v, %d nodes, %d edges\n%s", v, ds.Transport.Roads.Nodes(), ds.Transport.Roads.Edges(), strings.Join(all, "\n"))
	// By the report of the demonstration 1.11 % of the cells have no land cover.
	cells := float64(g.Grid.Cells())
	if err != nil || math.Abs(float64(v.NoData)/cells-0.0111) > 0.0005 || v.Barriers < 1254365/900 || v.Lowest < 1000 || v.Highest > 1900 || v.NoHeight != 0 {
		t.Errorf("%+v of %.0f cells: %v", v, cells, err)
	}
	same(t, keys(iss), []string{"terrain.no_cover_no_land 3294 0", "terrain.closed_people 0 2011"})
	if g.Roads != "drive" || iss.Count("roads.class_unknown") != 0 || g.Slope != "langmuir" || ds.Transport.Roads.Edges() < 825 || len(ds.Facilities) != 6 {
		t.Errorf("%s %s %d", g.Roads, g.Slope, ds.Transport.Roads.Edges())
	}
	roles := map[string]int{}
	for _, s := range ds.Sources {
		roles[s.Role]++
	}
	same(t, roles, map[string]int{"project": 1, "population": 1, "zones": 1, "facilities": 1, "network": 1, "landcover": 1, "heights": 1, "barriers": 2})
}

// Heights of a real tile are where GDAL says that they are.
func TestTileAgreesWithGDAL(t *testing.T) {
	file := filepath.Join(shared, "comoros", "srtm", "S12E043.SRTMGL1.hgt.zip")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Skip("the shared real data are not here")
	}
	gdal := datatest.Program(t, "gdallocationinfo", "gdal-bin")
	heights, spec, err := hgt.Read(file, content)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, dir, filepath.Base(file), string(content))
	places := []int{0, 3600, 12_960_000, 12_967_200}
	for i := range 60 {
		places = append(places, (i*216_113+7)%len(heights))
	}
	var input strings.Builder
	for _, i := range places {
		x, y := spec.Centre(int32(i))
		fmt.Fprintf(&input, "%.9f %.9f\n", x, y)
	}
	cmd := exec.Command(gdal, "-valonly", "-wgs84", filepath.Join(dir, filepath.Base(file)))
	cmd.Stdin = strings.NewReader(input.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	land := 0
	for k, word := range strings.Fields(string(out)) {
		v, err := strconv.ParseFloat(word, 64)
		if got := float64(heights[places[k]]); err != nil || got != v && !(got != got && v == hgt.Void) {
			t.Errorf("sample %d: %v m, GDAL says %s", places[k], got, word)
		}
		if v > 0 {
			land++
		}
	}
	if n := len(strings.Fields(string(out))); n != len(places) || land < 3 {
		t.Errorf("%d places of %d, %d on land", n, len(places), land)
	}
}

func BenchmarkComoros(b *testing.B) {
	for name, project := range map[string]string{"straight": strings.Replace(comorosHead, "networks", "# networks", 1), "roads": comorosHead, "ground": comorosGround} {
		b.Run(name, func(b *testing.B) {
			dir := folder(b, project, comoros...)
			for b.Loop() {
				if _, _, err := data.Open(ctx, dir, data.Options{}, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
