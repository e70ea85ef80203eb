package data

import (
	"context"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"
)

const comorosOSM = `
zones: [{file: zones.gpkg, id: GID_1, name: NAME_1, level: island}]
population: [{file: worldpop-2020-100m.tif}]
facilities: [{file: comoros-2021.osm.pbf, tags: [{kind: hospital, amenity: hospital}, {kind: clinic, amenity: clinic}, {kind: clinic, healthcare: [hospital, "yes"], amenity: "*"}]}]
`

// The hospitals and clinics of the extract that lie on the three islands are
// those of health.gpkg: 36 by amenity, drawn as points there.
func TestFacilitiesFromOSM(t *testing.T) {
	files := []string{"comoros/zones.gpkg", "comoros/worldpop-2020-100m.tif", "comoros/comoros-2021.osm.pbf", "comoros/health.gpkg"}
	dir := copyShared(t, comorosOSM, files...)
	ds, iss, err := Open(context.Background(), dir, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "project.yaml", `
zones: [{file: zones.gpkg, id: GID_1, name: NAME_1, level: island}]
population: [{file: worldpop-2020-100m.tif}]
facilities: [{file: health.gpkg, kind: {column: amenity, map: {hospital: hospital, clinic: clinic}, others: skip}}]
`)
	other, _ := mustOpen(t, dir)
	matched, far := 0, 0
	for _, want := range other.Facilities {
		near := false
		for _, f := range ds.Facilities {
			near = near || f.Kind == want.Kind && geodesy.Distance(f.At, want.At) < 100
		}
		if near {
			matched++
		} else {
			far++
			t.Logf("only in health.gpkg: %s %q at %v", want.Kind, want.Name, want.At)
		}
	}
	if matched != 36 || far != 0 || len(ds.Facilities) != 36 || iss.Count("osm.beyond") != 0 {
		t.Errorf("%d of %d matched; %v", matched, len(ds.Facilities), brief(iss))
	}
	// An extract of somewhere else: kept, and told once.
	write(t, dir, "counties.geojson", counties)
	write(t, dir, "project.yaml", "zones: [{file: counties.geojson, id: code, level: county}]\npopulation: [{file: worldpop-2020-100m.tif}]\nfacilities: [{file: comoros-2021.osm.pbf, tags: [{kind: hospital, amenity: hospital}]}]\n")
	ds, iss = mustOpen(t, dir)
	same(t, []int64{int64(len(ds.Facilities)), iss.Count("osm.beyond"), iss.Count("place.outside_zones")}, []int64{28, 1, 0})
	// With the table that ships, other kinds come too.
	write(t, dir, "project.yaml", "zones: [{file: zones.gpkg, id: GID_1, level: island}]\npopulation: [{file: worldpop-2020-100m.tif}]\nfacilities: [{file: comoros-2021.osm.pbf}]\n")
	ds, _ = mustOpen(t, dir)
	kinds := map[string]int{}
	for _, f := range ds.Facilities {
		kinds[f.Kind]++
	}
	t.Log(kinds)
	if kinds["pharmacy"] == 0 || kinds["school"] == 0 || kinds["hospital"] == 0 {
		t.Error(kinds)
	}
}

func TestOSMFileFaults(t *testing.T) {
	dir := town(t, base+"  - {file: none.osm.pbf}\n", nil)
	_, iss, err := Open(context.Background(), dir, Options{}, nil)
	if coverage.CodeOf(err) != coverage.NotFound || iss.Count("data.missing") != 1 {
		t.Error(err)
	}
	dir = town(t, base+"  - {file: bad.osm.pbf}\n", map[string]string{"bad.osm.pbf": "not a PBF at all"})
	if _, _, err := Open(context.Background(), dir, Options{}, nil); err == nil {
		t.Error("a damaged extract was read")
	}
	for key, entry := range map[string]string{
		"project.either":  "{file: a.pbf, kind: clinic, tags: [{kind: a, b: c}]}",
		"project.tags":    "{file: a.csv, kind: clinic, tags: [{kind: a, b: c}]}",
		"project.type":    "{file: a.pbf, tags: [{kind: a}]}",
		"project.missing": "{file: a.csv}",
	} {
		_, iss, err := Open(context.Background(), town(t, base+"  - "+entry+"\n", nil), Options{}, nil)
		if err == nil || iss.Count(key) != 1 {
			t.Errorf("%s: %v", key, brief(iss))
		}
	}
}

// The answer of check names the element, in no column for sheets.
func TestReportNamesElements(t *testing.T) {
	iss := &coverage.Issues{}
	iss.Add(coverage.Issue{Ref: coverage.Ref{File: "a.osm.pbf", Sheet: "w34"}, Key: "place.off_land"})
	iss.Add(coverage.Issue{Ref: coverage.Ref{File: "a.gpkg", Sheet: "w34", Row: 2}, Key: "place.off_land"})
	r := Report(iss, true)
	same(t, []string{r.Issues[0].Sheet, r.Issues[0].Element, r.Issues[1].Sheet, r.Issues[1].Element}, []string{"", "w34", "w34", ""})
}
