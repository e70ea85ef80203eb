package data_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// A list of places beside the streets of a town, in coordinates of a web map that
// it does not state, in zones that hold both readings: the streets tell it.
func TestRoadsTellTheCoordinatesOfAList(t *testing.T) {
	for _, c := range []struct{ truth, told string }{{"EPSG:4326", ""}, {"GCJ-02", "GCJ-02"}} {
		dir := t.TempDir()
		truth, err := crs.Parse(c.truth)
		if err != nil {
			t.Fatal(err)
		}
		f := geodesy.NewFrame(orb.Point{122.2, 30.25})
		var streets []string
		list := "id,kind,lon,lat\n"
		people := "x,y,n\n"
		line := func(from, to orb.Point) string {
			return fmt.Sprintf(`{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[%.7f,%.7f],[%.7f,%.7f]]}}`, from[0], from[1], to[0], to[1])
		}
		for k := range 12 {
			on := 260*float64(k-6) + 35*float64(k*k*5%7)
			streets = append(streets, line(f.ToPoint(-1900, on), f.ToPoint(1900, on)), line(f.ToPoint(on, -1900), f.ToPoint(on, 1900)))
			for n, at := range []orb.Point{f.ToPoint(-1500+250*float64(k), on+12), f.ToPoint(on-17, 1400-230*float64(k))} {
				people += fmt.Sprintf("%.6f,%.6f,100\n", at[0], at[1])
				at = truth.FromWGS84(at)
				list += fmt.Sprintf("c%d-%d,clinic,%.7f,%.7f\n", k, n, at[0], at[1])
			}
		}
		for name, text := range map[string]string{
			"clinics.csv": list, "people.csv": people,
			"roads.geojson": `{"type":"FeatureCollection","features":[` + strings.Join(streets, ",") + `]}`,
			"zones.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.5,30],[122.5,30.5],[122,30.5],[122,30]]]}}]}`,
			"project.yaml": "zones:\n  - {file: zones.geojson, id: id, level: town}\n" +
				"population:\n  - points: {file: people.csv, x: x, y: y, groups: {all: n}}\n" +
				"facilities:\n  - {file: clinics.csv, kind: {column: kind}, id: id}\nnetworks:\n  - {file: roads.geojson}\n",
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, issues, err := data.Open(t.Context(), dir, data.Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, i := range issues.List() {
			if i.Key == "audit.roads" {
				told += i.Value
			}
		}
		if told != c.told {
			t.Errorf("a list in %s: told %q, want %q", c.truth, told, c.told)
		}
	}
}
