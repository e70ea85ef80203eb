package data

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"lifecircle/coverage"
)

// copyShared copies files of the shared real data into a new folder, next to a
// project.yaml, and returns the folder. Links would leave the folder.
func copyShared(t testing.TB, project string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", filepath.FromSlash(f)))
		if err != nil {
			t.Skip("the shared real data are not here")
		}
		write(t, dir, filepath.Base(f), string(b))
	}
	write(t, dir, "project.yaml", project)
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// sums returns the people of a group by zone id, "" for none, and in all.
func sums(ds *coverage.Dataset, group string) (map[string]float64, float64) {
	by, all := map[string]float64{}, 0.0
	for i, n := range ds.Demand.Group(group) {
		id := ""
		if z := ds.Demand.Zone[i]; z >= 0 {
			id = ds.Zones[z].ID
		}
		by[id] += float64(n)
		all += float64(n)
	}
	return by, all
}

func TestComoros(t *testing.T) {
	dir := copyShared(t, `
name: {zh: 科摩罗, en: Comoros}
zones:
  - {file: zones.gpkg, layer: gadm, id: GID_1, name: NAME_1, level: island}
population:
  - {file: worldpop-2020-100m.tif, group: all}
facilities:
  - {file: health.gpkg, layer: health, name: name, kind: {column: amenity, map: {hospital: hospital, clinic: clinic}, others: skip}}
land: zones
`, "comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/health.gpkg")
	ds, iss, err := Open(context.Background(), dir, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 7} {
		old := runtime.GOMAXPROCS(n)
		again, _, err := Open(context.Background(), dir, Options{}, nil)
		runtime.GOMAXPROCS(old)
		if err != nil || !reflect.DeepEqual(ds, again) {
			t.Errorf("another dataset on %d cores: %v", n, err)
		}
	}
	by, all := sums(ds, "all")
	want := map[string]float64{"Njazídja": 441469, "Nzwani": 339591, "Mwali": 64339}
	for _, z := range ds.Zones {
		if n, known := want[z.Name]; !known || math.Abs(by[z.ID]-n) > 0.5 {
			t.Errorf("%s: %.2f people, want %.0f", z.Name, by[z.ID], n)
		}
	}
	if math.Abs(all-869595) > 0.5 || math.Abs(by[""]-24196) > 0.5 {
		t.Errorf("%.2f people, %.2f outside", all, by[""])
	}
	if len(ds.Facilities) != 36 {
		t.Errorf("%d facilities", len(ds.Facilities))
	}
	outside := find(iss, "people.outside_zones")
	if len(outside) != 1 || outside[0].Value != "24196" {
		t.Errorf("%+v", outside)
	}
	lands := map[int32]int{}
	for i := range ds.Demand.Landmass {
		lands[ds.Demand.Landmass[i]]++
	}
	t.Logf("%d rows, %d landmasses, %d rows off land", ds.Demand.Len(), len(ds.Land), lands[-1])
	for _, i := range iss.List() {
		t.Log(i.Message().EN)
	}
}

func find(iss *coverage.Issues, key string) []coverage.Issue {
	var out []coverage.Issue
	for _, i := range iss.List() {
		if i.Key == key {
			out = append(out, i)
		}
	}
	return out
}

func TestWuhanSixtyPlus(t *testing.T) {
	var files, entries []string
	for _, age := range []string{"60", "65", "70", "75", "80"} {
		for _, sex := range []string{"f", "m"} {
			name := "pop_" + age + "_" + sex + "_wuhan.tif"
			files = append(files, "china/wuhan-worldpop/"+name)
			entries = append(entries, "  - {file: "+name+", group: \"60+\"}\n")
		}
	}
	dir := copyShared(t, "zones: [{file: 420100.json, id: adcode, name: name, level: district, crs: GCJ-02}]\npopulation:\n"+strings.Join(entries, ""),
		append(files, "china/gcj02/420100.json")...)
	ds, iss, err := Open(context.Background(), dir, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	by, all := sums(ds, "60+")
	if math.Abs(all-1942653) > 0.5 {
		t.Errorf("%.2f people, want 1,942,653", all)
	}
	in := 0.0
	for _, z := range ds.Zones {
		t.Logf("%s %s %.1f", z.ID, z.Name, by[z.ID])
		in += by[z.ID]
	}
	// The shift to WGS 84 matters: declared WGS 84, far more people of the
	// city's own grid fall outside its districts.
	if len(ds.Zones) != 13 || all-in > 0.01*all {
		t.Errorf("%d zones, %.0f of %.0f people inside", len(ds.Zones), in, all)
	}
	text, _ := os.ReadFile(filepath.Join(dir, "project.yaml"))
	write(t, dir, "project.yaml", strings.Replace(string(text), ", crs: GCJ-02", "", 1))
	asWGS, wrongIss, err := Open(context.Background(), dir, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, audits(iss), []string(nil))
	same(t, audits(wrongIss), []string{"audit.people 420100.json GCJ-02"})
	wrong, _ := sums(asWGS, "60+")
	t.Logf("outside: %.1f as GCJ-02, %.1f as WGS 84", by[""], wrong[""])
	if by[""] >= wrong[""] {
		t.Error("the districts fit better unshifted")
	}
	for _, i := range iss.List() {
		t.Log(i.Message().EN)
	}
}

func BenchmarkComoros(b *testing.B) {
	dir := copyShared(b, "zones: [{file: zones.gpkg, id: GID_1, level: island}]\npopulation: [{file: worldpop-2020-100m.tif}]\n", "comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif")
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Open(context.Background(), dir, Options{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
