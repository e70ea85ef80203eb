package ground

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// crossroads is a few uneven streets in Daishan and places a little beside them.
func crossroads(t *testing.T) (*network.Graph, []orb.Point) {
	f, b := geodesy.NewFrame(orb.Point{122.2, 30.25}), &network.Builder{}
	street := profile.NewTags(profile.Tag{Key: "highway", Value: "residential"})
	var at []orb.Point
	for k := range 12 {
		on := 260*float64(k-6) + 35*float64(k*k*5%7)
		var across, along orb.LineString
		for v := -1900.0; v <= 1900; v += 100 {
			across = append(across, f.ToPoint(v, on))
			along = append(along, f.ToPoint(on, v))
		}
		b.Line(across, street)
		b.Line(along, street)
		at = append(at, f.ToPoint(-1500+250*float64(k), on+12), f.ToPoint(on-17, 1400-230*float64(k)))
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g, at
}

// A list in zones that say nothing against it is told by the roads, once, with
// figures; one that is right is not, nor one that the zones spoke of.
func TestAuditRoads(t *testing.T) {
	g, at := crossroads(t)
	for _, c := range []struct{ truth, want string }{{"EPSG:4326", ""}, {"GCJ-02", "GCJ-02"}, {"BD-09", "BD-09"}} {
		iss := &coverage.Issues{}
		l := &Ground{Folder: source.New(t.Context(), fstest.MapFS{}, "project.yaml", iss, nil)}
		truth, _ := crs.Parse(c.truth)
		trail := &Trail{}
		for _, p := range at {
			trail.Add(&Placer{last: truth.FromWGS84(p), read: true}, nil)
		}
		l.AuditPoints(trail, &source.Records{File: "list.csv", CRS: crs.WGS84()})
		l.AuditRoads()
		if len(iss.List()) != 0 {
			t.Fatal("told without roads")
		}
		l.Dataset.Transport = &coverage.Transport{Roads: g}
		l.AuditRoads()
		var got []string
		for _, i := range iss.List() {
			got = append(got, fmt.Sprintf("%s %s %v", i.Key, i.Value, i.Args["of"]))
			if m := i.Message(); strings.ContainsAny(m.ZH+m.EN, "{}") {
				t.Error(m)
			}
			t.Log(i.Message().EN)
		}
		want := "audit.roads " + c.want + " 24"
		if s := strings.Join(got, "; "); s != want && !(c.want == "" && s == "") {
			t.Errorf("%s: %q", c.truth, s)
		}
	}
}
