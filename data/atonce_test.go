package data

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
)

// A project with a fault of every late check: zones that overlap, a zone without
// people, people outside, a facility listed twice and one without coordinates, an
// own table of kinds.
func faultyEverywhere(t *testing.T, share string) string {
	t.Helper()
	north := `,{"type":"Feature","properties":{"code":"330921103","name":"北镇"},"geometry":{"type":"Polygon","coordinates":[[[122,30.05],[122.1,30.05],[122.1,30.2],[122,30.2],[122,30.05]]]}}`
	grid := "ncols 22\nnrows 10\nxllcorner 121.99\nyllcorner 30\ncellsize 0.01\nNODATA_value -9\n" + strings.Repeat(strings.Repeat("10 ", 22)+"\n", 10)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"project.yaml":  "max_bad_share: " + share + "\nland_snap_m: 0\nkinds: kinds.yaml\nland: {file: land.geojson}\nzones: [{file: zones.geojson, id: code, name: name, level: town}]\npopulation: [{file: people.asc}]\nfacilities: [{file: f.csv, kind: {column: kind}}]\nscale_to: {file: census.csv, zone: town, groups: {all: people}}\n",
		"zones.geojson": faultZones(north), "land.geojson": faultZones(""), "people.asc": grid,
		"kinds.yaml": "- {kind: clinic, service: medical, words: [clinic]}\n",
		"census.csv": "town,people\n西镇,1000\n东镇,1200\n",
		"f.csv":      "name,kind,x,y\na,clinic,122.05,30.05\na,clinic,122.05,30.05\nb,clinic,,\n",
	} {
		write(t, dir, name, text)
	}
	return dir
}

func countsOf(iss *coverage.Issues) map[string]int64 {
	counts := map[string]int64{}
	for _, k := range iss.Keys() {
		counts[k] = iss.Count(k)
	}
	return counts
}

// Whoever mends a refused project hears of everything at once: a file that cannot
// be used hides only what needs it, and gives no false alarm.
func TestRefusedIsCheckedWhole(t *testing.T) {
	_, iss := mustOpen(t, faultyEverywhere(t, "1"))
	all := countsOf(iss)
	for _, k := range []string{"facility.near_duplicate", "lonlat.missing", "people.outside_zones", "people.off_land", "zone.overlaps", "zone.no_people", "scale.zone_missing"} {
		if all[k] == 0 {
			t.Errorf("%s is not told in %v", k, all)
		}
	}
	for _, c := range []struct {
		lost, key string
		hides     []string
	}{
		{"", "data.bad_share", nil},
		{"kinds.yaml", "data.missing", nil},
		{"f.csv", "data.missing", []string{"facility.near_duplicate", "lonlat.missing"}},
		{"census.csv", "data.missing", []string{"scale.zone_missing", "scale.factor"}},
		{"land.geojson", "vector.file.missing", []string{"people.off_land"}},
		{"people.asc", "data.missing", []string{"people.outside_zones", "people.off_land", "zone.no_people", "scale.zone_missing", "scale.factor"}},
		{"zones.geojson", "vector.file.missing", []string{"people.outside_zones", "people.off_land", "zone.overlaps", "zone.no_people", "scale.zone_missing", "scale.factor"}},
	} {
		share := "1"
		if c.lost == "" {
			share = "0.1"
		}
		dir := faultyEverywhere(t, share)
		if c.lost != "" {
			if err := os.Remove(filepath.Join(dir, c.lost)); err != nil {
				t.Fatal(err)
			}
		}
		ds, iss, err := Open(context.Background(), dir, Options{}, nil)
		if err == nil || ds != nil {
			t.Errorf("without %q: not refused", c.lost)
		}
		want := maps.Clone(all)
		want[c.key] = 1
		maps.DeleteFunc(want, func(k string, _ int64) bool { return slices.Contains(c.hides, k) })
		if got := countsOf(iss); !maps.Equal(got, want) {
			t.Errorf("without %q: %v, want %v", c.lost, got, want)
		}
	}
}
