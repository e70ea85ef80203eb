package scaffold_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data"
	"lifecircle/data/scaffold"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// Lists in a Gauss-Kruger zone, in the coordinates of a web map, and in longitude
// and latitude: the first two get their system, and the project opens clean.
func TestInitNamesTheSystemThatFits(t *testing.T) {
	for _, c := range []struct{ truth, told string }{{"EPSG:4549", "EPSG:4549"}, {"GCJ-02", "GCJ-02"}, {"EPSG:4326", ""}} {
		dir := t.TempDir()
		truth, err := crs.Parse(c.truth)
		if err != nil {
			t.Fatal(err)
		}
		list, people := "编号,名称,类别,乡镇,经度,纬度\n", "经度,纬度,人口\n"
		var towns []string
		for k := range 40 { // 40 towns of some 500 m by 500 m, a clinic in the middle of each
			x, y := 122.2+0.005*float64(k%8), 30.2+0.005*float64(k/8)
			towns = append(towns, fmt.Sprintf(`{"type":"Feature","properties":{"编号":"t%d","名称":"镇%d"},"geometry":{"type":"Polygon","coordinates":[[[%v,%v],[%v,%v],[%v,%v],[%v,%v],[%v,%v]]]}}`,
				k, k, x, y, x+0.005, y, x+0.005, y+0.005, x, y+0.005, x, y))
			at := truth.FromWGS84(orb.Point{x + 0.0025, y + 0.0025})
			list += fmt.Sprintf("c%d,卫生院%d,卫生院,镇%d,%.8f,%.8f\n", k, k, k, at[0], at[1])
			people += fmt.Sprintf("%v,%v,100\n", x+0.0025, y+0.0025)
		}
		if c.truth == "EPSG:4549" {
			list = strings.Replace(list, "经度,纬度", "x,y", 1)
		}
		for name, text := range map[string]string{
			"卫生院.csv": list, "人口.csv": people, "乡镇.geojson": `{"type":"FeatureCollection","features":[` + strings.Join(towns, ",") + `]}`,
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		file, err := scaffold.Init(t.Context(), dir, scaffold.Options{Lang: "zh"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if told := strings.Contains(strings.ReplaceAll(string(text), `"`, ""), "crs: "+c.told); c.told != "" && !told || strings.Contains(string(text), "猜测：按") != (c.told != "") {
			t.Errorf("%s:\n%s", c.truth, text)
		}
		ds, issues, err := data.Open(t.Context(), dir, data.Options{}, nil)
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.truth, err, text)
		}
		if len(ds.Facilities) != 40 {
			t.Errorf("%s: %d facilities", c.truth, len(ds.Facilities))
		}
		for _, i := range issues.List() {
			if strings.HasPrefix(i.Key, "audit.") || i.Fatal {
				t.Errorf("%s: %s", c.truth, i.Message().EN)
			}
		}
	}
}
