package analysis_test

import (
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/remedy"
)

// In the ferry town with the clinic on the other island and a school at B, the
// people of the first island wait too long for the boat: within 20 minutes the
// gap is A, B and the hamlet. Without the wait B alone would be served.
func TestRemediesOfATown(t *testing.T) {
	ds := coveragetest.FerryTown()
	school := ds.Facilities[0]
	school.ID, school.Name, school.Kind, school.At, school.Landmass = "S", "school", "school", ds.Demand.At[1], 0
	ds.Facilities = append(ds.Facilities, school)
	c := analysis.Choice{AdHoc: within("clinic", "16min"), Mode: "walk"} // B: 400 m and 900 s are 1,188 s; without a wait 888 s
	run, err := analysis.New(ds, "test").Remedies(t.Context(), c, remedy.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Coverage[0].Gaps) != 3 { // each cell by itself: they do not touch
		t.Fatalf("%d gaps", len(run.Coverage[0].Gaps))
	}
	kinds := map[float64][]string{}
	for _, g := range run.Coverage[0].Gaps {
		for _, r := range g.Remedies {
			if r.People != g.Population || r.Share != 1 {
				t.Errorf("gap of %v people: %+v", g.Population, r)
			}
			if r.Kind == "extension" && r.House != "S" {
				t.Errorf("%+v", r)
			}
			kinds[g.At[0]] = append(kinds[g.At[0]], r.Kind)
		}
	}
	// A is 648 s from the school, B at it, the hamlet 504 s: the extension serves
	// all of them, a boat only B.
	for row, want := range map[int]string{0: "mobile extension site", 1: "mobile sailing extension site", 4: "mobile extension site"} {
		if got := join(kinds[ds.Demand.At[row][0]]); got != want {
			t.Errorf("row %d: %s, want %s", row, got, want)
		}
	}
	costs := remedy.Options{Costs: remedy.Costs{Site: 1, Extension: 0.1, Mobile: 2, Sailing: 3}}
	if run, err = analysis.New(ds, "test").Remedies(t.Context(), c, costs, nil); err != nil {
		t.Fatal(err)
	}
	for _, g := range run.Coverage[0].Gaps {
		if g.Remedies[0].Kind != "extension" {
			t.Errorf("cheapest of %+v", g.Remedies)
		}
	}
	if run.Coverage[0].Cost[0] == coverage.Never {
		t.Error("A is told to be out of reach")
	}
}

func join(list []string) string {
	s := ""
	for i, w := range list {
		if i > 0 {
			s += " "
		}
		s += w
	}
	return s
}

// Of two cities W and E, with E its own city's: the people at the border (row 3,
// 10 of them) are a gap that E would serve if it opened to them.
func TestSharingIsARemedy(t *testing.T) {
	ds := twoCities()
	ds.Facilities[1].Share, ds.Facilities[1].Name = "", "East"
	c := analysis.Choice{AdHoc: within("clinic", "200m"), Borders: "town"}
	remedies := func() []coverage.Remedy {
		run, err := analysis.New(ds, "test").Remedies(t.Context(), c, remedy.Options{}, nil)
		if err != nil || len(run.Coverage[0].Gaps) != 1 || run.Coverage[0].Gaps[0].Population != 10 {
			t.Fatal(run, err)
		}
		return run.Coverage[0].Gaps[0].Remedies
	}
	want := coverage.Remedy{
		Kind: "sharing", At: ds.Facilities[1].At, Name: "East", Facility: "E", Zone: "b", ZoneName: "zone b", People: 10, Share: 1, Cost: 0.1,
	}
	if got := remedies(); got[0] != want || len(got) != 3 { // then mobile, site
		t.Errorf("%+v, want %+v first", got, want)
	}
	// One nearer, without a share: of those that serve as many the first stands.
	far := ds.Facilities[1]
	far.ID, far.Share = "E2", "b"
	ds.Facilities = append(ds.Facilities, far)
	if got := remedies(); got[0] != want {
		t.Errorf("%+v, want the first of two", got)
	}
	// A new site beyond the border is no remedy: it serves its own side.
	c.Borders = "town"
	for _, r := range remedies() {
		if r.Kind == "site" && r.At != ds.Demand.At[3] {
			t.Errorf("a site at %v", r.At)
		}
	}
	run, err := analysis.New(ds, "test").Remedies(t.Context(), analysis.Choice{AdHoc: c.AdHoc}, remedy.Options{}, nil)
	if err != nil || len(run.Coverage[0].Gaps) != 0 {
		t.Errorf("without borders: %v, %v", run.Coverage[0].Gaps, err)
	}
}
