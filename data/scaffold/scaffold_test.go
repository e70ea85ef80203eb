package scaffold_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
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

// Wuhan: borders of a web map, people by age and sex, and a census.
func TestWuhan(t *testing.T) {
	dir := shared(t, "china/gcj02/420100.json", "china/wuhan-worldpop/pop_60_f_wuhan.tif", "china/wuhan-worldpop/pop_75_m_wuhan.tif", "china/census2020/census_county_2020_v1.xlsx")
	text := initIn(t, dir, "zh")
	t.Log(text)
	for _, want := range []string{"crs: GCJ-02}", "level: county", `group: "60+"}`, "# scale_to: {file: census_county_2020_v1.xlsx, zone: 区划代码, groups: {all: 人口数_合计}}"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	ds, iss, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil || len(ds.Zones) != 13 || iss.Count("audit.people") != 0 {
		t.Error(err)
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
	if !strings.Contains(text, "\n  - {file: comoros-2021.osm.pbf}\n") || !strings.Contains(text, "\n# networks: [{file: comoros-2021.osm.pbf}]\n") {
		t.Error(text)
	}
	ds, _, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil || len(ds.Facilities) < 200 {
		t.Error(err)
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
