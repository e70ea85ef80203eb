package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
)

// sharedData is a folder beside the checkout with real data; tests that read it
// skip when it is absent.
func sharedData(t testing.TB, names ...string) string {
	t.Helper()
	dir := filepath.Join(root, "..", "shared", "data")
	for _, n := range names {
		if _, err := os.Stat(filepath.Join(dir, n)); err != nil {
			t.Skipf("real data %s not beside the checkout", n)
		}
	}
	return dir
}

// copyInto copies files into dir, since a project reads only its own folder.
func copyInto(t testing.TB, dir string, files ...string) {
	t.Helper()
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// command runs the program and returns its exit code and what it printed.
func command(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(context.Background(), append(args, "--lang=en"), &out, &err)
	return code, out.String(), err.String()
}

func mustRun(t testing.TB, args ...string) string {
	t.Helper()
	code, out, errText := command(t, args...)
	if code != exitOK {
		t.Fatalf("lifecircle %s: exit %d\n%s", strings.Join(args, " "), code, errText)
	}
	return out
}

const comorosProject = `name: {zh: 科摩罗, en: Comoros}
crs: EPSG:4326
credit: "WorldPop (CC BY 4.0), OpenStreetMap contributors (ODbL), GADM"
zones:
  - {file: zones.gpkg, id: GID_1, name: NAME_1, level: island}
population:
  - {file: worldpop-2020-100m.tif, group: all}
facilities:
  - {file: health.gpkg, layer: health, name: name, kind: {column: amenity, map: {hospital: hospital, clinic: clinic}, others: skip}}
land: zones
standards: [qinhuangdao-2020]
`

func comoros(t *testing.T) string {
	dir := filepath.Join(sharedData(t, "comoros"), "comoros")
	project := t.TempDir()
	copyInto(t, project, filepath.Join(dir, "zones.gpkg"), filepath.Join(dir, "worldpop-2020-100m.tif"), filepath.Join(dir, "health.gpkg"))
	if err := os.WriteFile(filepath.Join(project, "project.yaml"), []byte(comorosProject), 0o644); err != nil {
		t.Fatal(err)
	}
	return project
}

func rowsOf(t *testing.T, out string) map[string]coverage.Row {
	t.Helper()
	var answer struct {
		Rows []coverage.Row `json:"rows"`
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	rows := map[string]coverage.Row{}
	for _, r := range answer.Rows {
		rows[r.Standard+" "+r.Zone+" "+r.Group+" "+r.Setting] = r
	}
	return rows
}

// The known answers for the Comoros: people in all, by island, and shares by
// straight line to 36 hospitals and clinics.
func TestComoros(t *testing.T) {
	project := comoros(t)
	store := filepath.Join(project, "comoros.gpkg")
	mustRun(t, "check", project)
	mustRun(t, "import", project, "--store", store)
	ask := []string{"coverage", store, "--json", "--kind", "hospital,clinic", "--within", "1250m", "--within", "2.5km", "--within", "5km", "--within", "10km"}
	off := rowsOf(t, mustRun(t, append(ask, "--landmass", "off")...))
	total := off["hospital+clinic@1250m  all all"]
	if math.Round(total.Population) != 869_595 || total.Facilities != 36 {
		t.Errorf("%v people and %d facilities, want 869,595 and 36", total.Population, total.Facilities)
	}
	for zone, want := range map[string]float64{"Njazídja": 441_469, "Nzwani": 339_591, "Mwali": 64_339} {
		found := false
		for _, r := range off {
			if r.Name == zone && math.Round(r.Population) == want {
				found = true
			}
		}
		if !found {
			t.Errorf("zone %s does not have %v people", zone, want)
		}
	}
	// The published shares (11.47, 30.29, 66.76, 92.18 %) are those of a sphere:
	// on it the same cells and points give them to the last digit. On the
	// ellipsoid, which is what we answer, distances here are up to 0.5 % shorter.
	on := rowsOf(t, mustRun(t, ask...))
	for _, c := range []struct{ within, sphere, off, on string }{
		{"1250m", "11.47", "11.50", "11.50"},
		{"2500m", "30.29", "30.38", "30.38"},
		{"5000m", "66.76", "66.86", "66.52"},
		{"10000m", "92.18", "92.25", "91.02"},
	} {
		key := "hospital+clinic@" + c.within + "  all all"
		if got := fmt.Sprintf("%.2f", 100*off[key].Share); got != c.off {
			t.Errorf("share within %s without the landmass rule is %s %%, want %s %%", c.within, got, c.off)
		}
		if got := fmt.Sprintf("%.2f", 100*on[key].Share); got != c.on {
			t.Errorf("share within %s on the own landmass is %s %%, want %s %%", c.within, got, c.on)
		}
		if got := fmt.Sprintf("%.2f", 100*sphericalShare(t, store, off[key].Threshold.Metres)); got != c.sphere {
			t.Errorf("share within %s on a sphere is %s %%, published as %s %%", c.within, got, c.sphere)
		}
	}
	for key, r := range on {
		if r.Served > off[key].Served {
			t.Errorf("%s: the landmass rule serves more (%v) than without it (%v)", key, r.Served, off[key].Served)
		}
	}
}

// sphericalShare is the share of people within metres of a facility by the
// haversine formula on the mean sphere.
func sphericalShare(t *testing.T, url string, metres float64) float64 {
	t.Helper()
	ds, err := load(context.Background(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	const radius, degree = 6_371_008.8, math.Pi / 180
	var served, all float64
	for i, p := range ds.Demand.At {
		all += float64(ds.Demand.Pop[0][i])
		for _, f := range ds.Facilities {
			h := math.Pow(math.Sin((p[1]-f.At[1])*degree/2), 2) +
				math.Cos(p[1]*degree)*math.Cos(f.At[1]*degree)*math.Pow(math.Sin((p[0]-f.At[0])*degree/2), 2)
			if 2*radius*math.Asin(math.Sqrt(h)) <= metres {
				served += float64(ds.Demand.Pop[0][i])
				break
			}
		}
	}
	return served / all
}

// Wuhan's people aged 60+ from ten rasters of sexes and ages, by district from
// boundaries that are declared GCJ-02.
func TestWuhan(t *testing.T) {
	china := filepath.Join(sharedData(t, "china"), "china")
	project := t.TempDir()
	rasters, err := filepath.Glob(filepath.Join(china, "wuhan-worldpop", "*.tif"))
	if err != nil || len(rasters) != 10 {
		t.Fatalf("%d rasters, want 10 (%v)", len(rasters), err)
	}
	copyInto(t, project, append(rasters, filepath.Join(china, "gcj02", "420100.json"))...)
	text := "name: 武汉\nzones:\n  - {file: 420100.json, id: adcode, name: name, level: county, crs: GCJ-02}\npopulation:\n"
	for _, r := range rasters {
		text += fmt.Sprintf("  - {file: %s, group: 60+}\n", filepath.Base(r))
	}
	if err := os.WriteFile(filepath.Join(project, "project.yaml"), []byte(text+"land: none\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(project, "wuhan.gpkg")
	mustRun(t, "import", project, "--store", store)
	ds, err := load(context.Background(), store, nil)
	if err != nil {
		t.Fatal(err)
	}
	byZone := make([]float64, len(ds.Zones)+1)
	var sum float64
	for i, z := range ds.Demand.Zone {
		sum += float64(ds.Demand.Group("60+")[i])
		byZone[z+1] += float64(ds.Demand.Group("60+")[i])
	}
	if math.Round(sum) != 1_942_653 || len(ds.Zones) != 13 {
		t.Errorf("%v people in %d districts, want 1,942,653 in 13", sum, len(ds.Zones))
	}
	// Read as WGS 84, 6,680 would be outside; after the shift the districts fit.
	if byZone[0] > 2_000 {
		t.Errorf("%v people outside every district", byZone[0])
	}
	for z, people := range byZone[1:] {
		if people < 10_000 {
			t.Errorf("%s has only %v people", ds.Zones[z].Name, people)
		}
	}
}
