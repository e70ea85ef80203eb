package data

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

func audits(iss *coverage.Issues) []string {
	var out []string
	for _, i := range iss.List() {
		if strings.HasPrefix(i.Key, "audit.") {
			out = append(out, fmt.Sprintf("%s %s %s", i.Key, i.File, i.Value))
		}
	}
	return out
}

// The same counties in shifted and in true coordinates are told apart, with
// either of the two called wrong, and nothing is said when all is declared.
func TestCountiesToldApart(t *testing.T) {
	for _, city := range []string{"330900", "420100", "421200", "340600", "130300"} {
		for _, c := range []struct{ zones, land, want string }{
			{"file: " + city + ".json, id: adcode, level: county", "file: selected_counties_wkt.csv", "audit.zones_land " + city + ".json GCJ-02"},
			{"file: " + city + ".json, id: adcode, level: county, crs: GCJ-02", "file: selected_counties_wkt.csv", ""},
			{"file: " + city + ".json, id: adcode, level: county, crs: BD-09", "file: selected_counties_wkt.csv", "audit.zones_land " + city + ".json GCJ-02"},
			{"file: " + city + ".json, id: adcode, level: county, crs: GCJ-02", "file: selected_counties_wkt.csv, crs: GCJ-02", "audit.zones_land " + city + ".json EPSG:4326"},
		} {
			dir := copyShared(t, "zones: [{"+c.zones+"}]\npopulation: [{points: {file: p.csv, groups: {all: n}}}]\nland: {"+c.land+"}\nmax_bad_share: 1\n",
				"china/gcj02/"+city+".json", "china/wgs84/selected_counties_wkt.csv")
			write(t, dir, "p.csv", "x,y,n\n110,32,5\n")
			_, iss, err := Open(context.Background(), dir, Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(audits(iss), "; "); got != c.want {
				t.Errorf("%s, %s: %q, want %q", c.zones, c.land, got, c.want)
			}
			for _, i := range iss.List() {
				if strings.HasPrefix(i.Key, "audit.") {
					t.Log(i.Message().EN)
				}
			}
		}
	}
}

// A list of points by their stated town, read in every wrong way.
func TestPointsToldApart(t *testing.T) {
	for _, c := range []struct{ truth, declared, want string }{
		{"EPSG:4326", "EPSG:4326", ""},
		{"EPSG:4490", "EPSG:4326", ""},
		{"GCJ-02", "EPSG:4326", "GCJ-02"},
		{"BD-09", "EPSG:4490", "BD-09"},
		{"EPSG:4326", "GCJ-02", "EPSG:4326"},
		{"BD-09", "GCJ-02", "BD-09"},
		{"GCJ-02", "GCJ-02", ""},
		{"EPSG:4550", "EPSG:4550", ""},
		{"EPSG:4550", "EPSG:4549", "EPSG:4550"},
		{"EPSG:32651", "EPSG:32650", "EPSG:32651"},
		{"EPSG:4550", "EPSG:4326", "EPSG:4550"},
		{"EPSG:4529", "EPSG:4326", "EPSG:4529"},
		{"EPSG:4549", "EPSG:4490", "EPSG:4549"},
		{"EPSG:4499", "EPSG:4326", "EPSG:4499"},
		{"EPSG:3857", "EPSG:4326", "EPSG:3857"},
		{"EPSG:32651", "EPSG:4326", "EPSG:32651"},
		{"swapped EPSG:4550", "EPSG:4326", "EPSG:4550 x <-> y"},
		{"swapped", "EPSG:4326", "EPSG:4326 x <-> y"},
	} {
		var list strings.Builder
		list.WriteString("名称,x,y,所属乡镇\n")
		code, swapped := strings.CutPrefix(c.truth, "swapped")
		if code = strings.TrimSpace(code); code == "" {
			code = "EPSG:4326"
		}
		system, err := crs.Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 24 {
			// Twelve points 300 m inside each side of the border of the two towns.
			town, x := "西镇", 122.0969
			if i%2 == 1 {
				town, x = "东镇", 122.1031
			}
			p := system.FromWGS84(orb.Point{x, 30.004 + 0.004*float64(i)})
			if swapped {
				p = orb.Point{p[1], p[0]}
			}
			fmt.Fprintf(&list, "n%d,%.8f,%.8f,%s\n", i, p[0], p[1], town)
		}
		dir := faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"p.csv": list.String()})
		write(t, dir, "project.yaml", strings.Replace(strings.Replace(faultProject, "facilities:\n", "facilities:\n  - {file: p.csv, kind: clinic, crs: '"+c.declared+"'}\n", 1), "max_bad_share: 0.9", "max_bad_share: 1", 1))
		_, iss, err := Open(context.Background(), dir, Options{}, nil)
		if err != nil && coverage.CodeOf(err) != coverage.Unusable {
			t.Fatal(err)
		}
		want := c.want
		if want != "" {
			want = "audit.stated_zones p.csv " + want
		}
		if got := strings.Join(audits(iss), "; "); got != want {
			t.Errorf("%s read as %s: %q, want %q", c.truth, c.declared, got, want)
		}
		for _, i := range iss.List() {
			if strings.HasPrefix(i.Key, "audit.") && c.truth == "GCJ-02" {
				t.Log(i.Message().EN, i.Message().ZH)
			}
		}
	}
}
