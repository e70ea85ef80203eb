package scaffold_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/data/scaffold"
)

// shared copies files of the real data into a new folder.
func shared(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(f)))
		if err != nil {
			t.Skip("the shared real data are not here")
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func initIn(t *testing.T, dir, lang string) string {
	t.Helper()
	name, err := scaffold.Init(context.Background(), dir, scaffold.Options{Lang: lang}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The Comoros folder opens with no edit at all, in both languages.
func TestComoros(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		dir := shared(t, "comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/health.gpkg", "comoros/water.gpkg", "comoros/roads.gpkg", "comoros/ferry.gpkg",
			"comoros/landcover/landcover_Bare.tif")
		text := initIn(t, dir, lang)
		t.Log(text)
		ds, iss, err := data.Open(context.Background(), dir, data.Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		hospitals := 0
		for _, f := range ds.Facilities {
			if f.Kind == "hospital" || f.Kind == "clinic" {
				hospitals++
			}
		}
		if hospitals != 36 || len(ds.Zones) != 3 || ds.Zones[0].Level != "island" || ds.Zones[0].ID != "COM.1_1" || ds.Zones[0].Name != "Mwali" || len(ds.Standards) == 0 {
			t.Errorf("%d hospitals and clinics, zones %+v, %d standards", hospitals, ds.Zones[0].ID, len(ds.Standards))
		}
		if n := iss.Count("people.outside_zones"); n != 1 || iss.Fatal() != 0 {
			t.Errorf("%d, %d fatal", n, iss.Fatal())
		}
		if _, err := scaffold.Init(context.Background(), dir, scaffold.Options{}, nil); coverage.CodeOf(err) != coverage.Conflict {
			t.Errorf("a second time: %v", err)
		}
		if again, _ := os.ReadFile(filepath.Join(dir, "project.yaml")); string(again) != text {
			t.Error("the file was changed")
		}
	}
}

// Wuhan: borders of districts from a web map, the border of the whole city, people
// by age and sex, and a census.
func TestWuhan(t *testing.T) {
	dir := shared(t, "china/gcj02/420100.json", "china/wuhan-worldpop/pop_60_f_wuhan.tif", "china/wuhan-worldpop/pop_75_m_wuhan.tif", "china/census2020/census_county_2020_v1.xlsx",
		"china/wuhan-worldpop/wuhan-boundary.shp", "china/wuhan-worldpop/wuhan-boundary.shx", "china/wuhan-worldpop/wuhan-boundary.dbf", "china/wuhan-worldpop/wuhan-boundary.prj", "china/wuhan-worldpop/wuhan-boundary.cpg")
	text := initIn(t, dir, "zh")
	t.Log(text)
	for _, want := range []string{"crs: GCJ-02}", "level: county", `group: "60+"}`, "# scale_to: {file: census_county_2020_v1.xlsx, zone: 区划代码, groups: {all: 人口数_合计}}"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	ds, iss, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil || len(ds.Zones) != 14 || ds.Zones[0].Level != "zone" || ds.Zones[13].Level != "county" || iss.Count("audit.people") != 0 {
		t.Error(err)
	}
	if n := iss.Count("zone.no_people"); n != 0 {
		t.Errorf("%d districts without people", n)
	}
}

const asc = "ncols 4\nnrows 4\nxllcorner 122\nyllcorner 30\ncellsize 0.01\n1 2 3 4\n5 6 7 8\n9 10 11 12\n1 1 1 1\n"

// What a county bureau keeps: Chinese tables, one of them of people.
func TestTables(t *testing.T) {
	files := fstest.MapFS{
		"人口.asc":       {Data: []byte(asc)},
		"医疗 机构.csv":    {Data: []byte("机构一览\n编号,名称,类别,经度,纬度\nA1,甲,卫生院,122.005,30.005\nA2,乙,卫生所2,122.006,30.006\nA3,丙,xyz,122.006,30.007\nA4,丁,\"a: b # c\",122.007,30.006\nA5,戊,村卫生室,122.008,30.006\n")},
		"幼儿园.csv":      {Data: []byte("名称,经度,纬度\n甲,122.005,30.005\n")},
		"villages.csv": {Data: []byte("村名,经度,纬度,人口,老年人口\n甲,122.005,30.005,100,20\n")},
		"census.csv":   {Data: []byte("代码,人口\n330921,1000\n")},
		"readme.txt":   {Data: []byte("hello")},
		"broken.tif":   {Data: []byte("II*\x00")},
		".hidden":      {Data: []byte("x")},
		"a/b/deep.csv": {Data: []byte("x,y\n1,2\n")},
	}
	got, err := scaffold.Text(context.Background(), files, "岱山 县", scaffold.Options{Lang: "en"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	t.Log(text)
	for _, want := range []string{
		`name: "岱山 县"`, "- {file: 人口.asc, group: all}", `- file: "医疗 机构.csv"`, "        卫生院: township_hospital # 1 rows", "        # 卫生所2: clinic # 1 rows, a guess", "        # xyz: # 1 rows",
		`        # "a: b # c": # 1 rows`, "- {file: 幼儿园.csv, kind: kindergarten}", `# - {points: {file: villages.csv, groups: {all: 人口, "60+": 老年人口}}}`,
		"# scale_to: {file: census.csv, zone: 代码, groups: {all: 人口}}", "#   broken.tif", "#   readme.txt",
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(text, "deep") || strings.Contains(text, "hidden") {
		t.Error("files that are not looked at")
	}
}

// Without a list, facilities come from the OpenStreetMap extract.
func TestOSM(t *testing.T) {
	dir := shared(t, "comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/comoros-2021.osm.pbf")
	text := initIn(t, dir, "en")
	if !strings.Contains(text, "\n  - {file: comoros-2021.osm.pbf}\n") || !strings.Contains(text, "\nnetworks:\n  - {file: comoros-2021.osm.pbf}\n") {
		t.Error(text)
	}
	ds, _, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil || len(ds.Facilities) < 200 {
		t.Error(err)
	}
}

// Everything that moves people is taken: the extract, heights, shares of land
// cover; and of a folder without extract its layers of roads and ferries.
func TestMoving(t *testing.T) {
	files := []string{"comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/health.gpkg", "comoros/water.gpkg", "comoros/roads.gpkg", "comoros/ferry.gpkg", "comoros/srtm/S13E043.SRTMGL1.hgt.zip"}
	for _, c := range []string{"Bare", "BuiltUp", "Crops", "Grass", "MossLichen", "PermanentWater", "SeasonalWater", "Shrub", "Snow", "Tree"} {
		files = append(files, "comoros/landcover/landcover_"+c+".tif")
	}
	for _, lang := range []string{"zh", "en"} {
		for _, extract := range []bool{false, true} {
			list := files
			want := []string{"networks:\n", "  - {file: roads.gpkg, layer: roads, class: highway, tags: {surface: surface, tracktype: tracktype, smoothness: smoothness}}\n"}
			if extract {
				list = append(slices.Clone(files), "comoros/comoros-2021.osm.pbf")
				want = []string{"networks:\n  - {file: comoros-2021.osm.pbf}\n", "  # - {file: roads.gpkg, layer: roads, class: highway"}
			}
			dir := shared(t, list...)
			text := initIn(t, dir, lang)
			for _, w := range append(want, "ferries:\n  - {file: ferry.gpkg, layer: ferry}\n", "    - {file: landcover_Tree.tif, kmh: 2}\n", "    - {file: landcover_PermanentWater.tif, kmh: 0}\n",
				"    - {file: landcover_SeasonalWater.tif, kmh: 1}\n", "    - {file: landcover_MossLichen.tif, kmh: 4}\n", "    - {file: landcover_BuiltUp.tif, kmh: 5}\n",
				"  heights:\n", "    - {file: S13E043.SRTMGL1.hgt.zip}\n", "# friction: {barriers: [{file: water.gpkg, layer: water}]}\n") {
				if !strings.Contains(text, w) {
					t.Errorf("lacks %q:\n%s", w, text)
				}
			}
			ds, iss, err := data.Open(context.Background(), dir, data.Options{}, nil)
			if err != nil || ds.Transport.Roads == nil || ds.Transport.Ground.Heights == nil || iss.Fatal() != 0 {
				t.Error(err)
			}
		}
	}
}

// Tables of ferries, elevation and land cover are known by their columns and names.
func TestMovingTables(t *testing.T) {
	files := fstest.MapFS{
		"人口.asc":               {Data: []byte(asc)},
		"boats.csv":            {Data: []byte("航线,起点经度,起点纬度,终点经度,终点纬度,间隔\n甲,122.005,30.005,122.03,30.005,30\n")},
		"轮渡.csv":               {Data: []byte("航线,起点,终点,航行时间\n甲,乙码头,丙码头,20\n")},
		"高程.asc":               {Data: []byte(asc)},
		"ESA_WorldCover.asc":   {Data: []byte(asc)},
		"land_cover_local.asc": {Data: []byte(asc)},
		"landcover_Tree.asc":   {Data: []byte(asc)},
		"道路.geojson":           {Data: []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"等级":"国道","限速":60,"单行":"否"},"geometry":{"type":"LineString","coordinates":[[122.001,30.005],[122.03,30.005]]}}]}`)},
		"contours.geojson":     {Data: []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"z":10},"geometry":{"type":"LineString","coordinates":[[122.001,30.005],[122.03,30.005]]}}]}`)},
	}
	dir := t.TempDir()
	for name, f := range files {
		if err := os.WriteFile(filepath.Join(dir, name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text := initIn(t, dir, "zh")
	for _, want := range []string{
		"networks:\n", "  - {file: 道路.geojson, class: 等级, speed: 限速, oneway: 单行}\n", "ferries:\n  - {file: boats.csv}\n", "# ferries: [{file: 轮渡.csv, quays: {file: quays.csv}}]\n",
		"friction:\n", "  landcover: {file: ESA_WorldCover.asc, classes: {10: 2,", "    - {file: 高程.asc}\n", "# friction: {landcover: {file: land_cover_local.asc, classes: {1: 4, 2: 2}}}\n",
		"#   contours.geojson\n", "#   landcover_Tree.asc\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	ds, iss, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil || ds.Transport.Roads == nil || len(ds.Transport.Roads.Ferries()) != 1 || ds.Transport.Ground.Slope != "tobler" {
		t.Error(err, iss.Keys())
	}
}

func TestNothing(t *testing.T) {
	for _, files := range []fs.FS{fstest.MapFS{}, fstest.MapFS{"a.txt": {Data: []byte("x")}}} {
		if _, err := scaffold.Text(context.Background(), files, "x", scaffold.Options{}, nil); coverage.CodeOf(err) != coverage.Unusable {
			t.Error(err)
		}
	}
	if _, err := scaffold.Init(context.Background(), filepath.Join(t.TempDir(), "none"), scaffold.Options{}, nil); coverage.CodeOf(err) != coverage.NotFound {
		t.Error(err)
	}
}
