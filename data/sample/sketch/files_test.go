package sketch

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lifecircle/data/raster"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write the files of the example anew")

const folder = "../files"

var once = sync.OnceValues(Files)

// drawn is the drawing that the tests share.
func drawn(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestFiles holds the shipped files to the drawing.
func TestFiles(t *testing.T) {
	files := drawn(t)
	shipped, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(shipped) != len(files)+2 && !*update { // and project.yaml, daishan-roads.yaml
		t.Errorf("%d files shipped, %d drawn", len(shipped), len(files)+2)
	}
	for name, want := range files {
		path := filepath.Join(folder, name)
		got, err := os.ReadFile(path)
		if *update && (err != nil || content(t, name, got) != content(t, name, want)) {
			err = os.WriteFile(path, want, 0o644)
			got = want
		}
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(content(t, name, want), content(t, name, got)); d != "" {
			t.Errorf("%s is not as drawn (go test ./data/sample/sketch -update):\n%.600s", name, d)
		}
	}
}

// content is what a file says: a workbook's cells, other files byte by byte.
func content(t *testing.T, name string, b []byte) string {
	t.Helper()
	if filepath.Ext(name) != ".xlsx" {
		return string(b)
	}
	text, err := json.Marshal(sheet(t, b))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sheet(t *testing.T, b []byte) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("设施")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func grids(t *testing.T, files map[string][]byte) map[string][]float32 {
	t.Helper()
	out := map[string][]float32{}
	for _, g := range groups {
		b := files[g.file]
		f, err := raster.Open(g.file, bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if f.Header().Spec != gridSpec() {
			t.Errorf("%s: %+v", g.file, f.Header().Spec)
		}
		if out[g.name], err = f.ReadBand(context.Background(), 0, nil); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestPeople: the grids add up to the census, group by group, and no cell has
// more of a group than people.
func TestPeople(t *testing.T) {
	data := grids(t, drawn(t))
	want := map[string]float64{"all": 207982, "0-2": 2264, "3-6": 3459, "60+": 57452, "80+": 7428}
	sums, populated := map[string]float64{}, 0
	for i, all := range data["all"] {
		if all != all {
			continue
		}
		populated++
		for name := range want {
			sums[name] += float64(data[name][i])
		}
		parts := data["0-2"][i] + data["3-6"][i] + data["60+"][i]
		if !(parts <= all) || !(data["80+"][i] <= data["60+"][i]) || all < 1 {
			t.Fatalf("cell %d: %v people, parts %v, 60+ %v, 80+ %v", i, all, parts, data["60+"][i], data["80+"][i])
		}
	}
	if d := cmp.Diff(want, sums); d != "" {
		t.Error(d)
	}
	if populated < 3000 || populated > 12000 {
		t.Errorf("%d populated cells", populated)
	}
}

// place is a zone as it stands in a GeoJSON file.
type place struct {
	Properties map[string]string
	Geometry   struct{ Coordinates orb.MultiPolygon }
}

func features(t *testing.T, b []byte) []place {
	t.Helper()
	var c struct{ Features []place }
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c.Features
}

// TestSettings: town and country have the people of the census, every populated
// cell in one village.
func TestSettings(t *testing.T) {
	files := drawn(t)
	spec, all := gridSpec(), grids(t, files)["all"]
	villages := features(t, files["villages.geojson"])
	if len(villages) != 88 {
		t.Errorf("%d villages, the public list has 88", len(villages))
	}
	bySetting, perVillage := map[string]float64{}, make([]float64, len(villages))
	for i, people := range all {
		if people != people {
			continue
		}
		x, y := spec.Centre(int32(i))
		held := 0
		for k, v := range villages {
			m := v.Geometry.Coordinates
			if m.Bound().Contains(orb.Point{x, y}) && planar.MultiPolygonContains(m, orb.Point{x, y}) {
				held++
				bySetting[v.Properties["setting"]] += float64(people)
				perVillage[k] += float64(people)
			}
		}
		if held != 1 {
			t.Errorf("cell %d is in %d villages", i, held)
		}
	}
	if d := cmp.Diff(map[string]float64{"urban": 142851, "rural": 65131}, bySetting); d != "" {
		t.Error(d)
	}
	for k, people := range perVillage {
		if people < 50 {
			t.Errorf("%s has %v people", villages[k].Properties["name"], people)
		}
	}
}

// TestAreas: villages fill towns, and towns the county, to a thousandth.
func TestAreas(t *testing.T) {
	files := drawn(t)
	county := planar.Area(features(t, files["county.geojson"])[0].Geometry.Coordinates)
	byTown := map[string]float64{}
	for _, v := range features(t, files["villages.geojson"]) {
		byTown[v.Properties["town"]] += planar.Area(v.Geometry.Coordinates)
	}
	sum := 0.0
	for _, f := range features(t, files["towns.geojson"]) {
		a := planar.Area(f.Geometry.Coordinates)
		sum += a
		if b := byTown[f.Properties["code"]]; math.Abs(a-b) > a/1000 {
			t.Errorf("%s: %g, its villages %g", f.Properties["name"], a, b)
		}
	}
	if math.Abs(sum-county) > county/1000 || len(byTown) != 7 {
		t.Errorf("county %g, %d towns %g", county, len(byTown), sum)
	}
}

// TestFacilities: each stands on land in the town that its row names, and its
// name says that it is invented.
func TestFacilities(t *testing.T) {
	files := drawn(t)
	rows, towns := sheet(t, files["facilities.xlsx"]), features(t, files["towns.geojson"])
	if len(rows) < 60 || len(rows) > 110 {
		t.Errorf("%d rows", len(rows))
	}
	l, err := drawLand()
	if err != nil {
		t.Fatal(err)
	}
	all, err := l.site(append(append(care(), daily()...), schools()...), l.populate(), 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range all {
		if seen[f.name] || !bytes.HasSuffix([]byte(f.name), []byte(mark)) {
			t.Errorf("name %q", f.name)
		}
		seen[f.name] = true
		for _, z := range towns {
			m := z.Geometry.Coordinates
			if in := planar.MultiPolygonContains(m, f.at); in != (z.Properties["code"] == f.town) {
				t.Errorf("%s at %v: in %s %v", f.name, f.at, z.Properties["name"], in)
			}
		}
	}
}

// TestGaps: the example has what it is to show: islands with people and no
// medical care at all.
func TestGaps(t *testing.T) {
	l, err := drawLand()
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, v := range l.villages {
		part[v.name] = v.part
	}
	cared := map[string]bool{}
	for _, s := range care() {
		switch s.kind {
		case "综合医院", "中医医院", "乡镇卫生院", "社区卫生服务中心", "社区卫生服务站", "村卫生室":
			cared[part[s.village]] = true
		}
	}
	for _, island := range []string{"jiangnan", "guanshan", "huangze", "zhangmu", "xiaoqu"} {
		if cared[island] {
			t.Errorf("%s has medical care", island)
		}
	}
	for _, island := range []string{mainPart(gaoting), "qushan", "xiushan", "dachangtu", "yushan", "shulang"} {
		if !cared[island] {
			t.Errorf("%s has no medical care", island)
		}
	}
}

// TestSame: two drawings are the same byte by byte.
func TestSame(t *testing.T) {
	a := drawn(t)
	b, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for name := range a {
		if content(t, name, a[name]) != content(t, name, b[name]) {
			t.Errorf("%s differs from run to run", name)
		}
	}
}
