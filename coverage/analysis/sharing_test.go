package analysis_test

import (
	"context"
	"math"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/travel"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Two cities: a of 60 people with a clinic W for half of them (cells 0, 1 and 2),
// b of 40 with clinics E, F and N for all of its own. By what the data say E, which
// is 100 m from cell 5, is open to a; N, right below cell 4, is not.
func sharingTown() *coverage.Dataset {
	ds := coveragetest.Town{
		Zones: `
			aaaaaabbbb
			aaaabbbbbb`,
		People: `
			1111111111
			..........`,
		Facilities: `
			.W....E.F.
			....N.....`,
		Kinds: map[byte]string{'W': "clinic", 'E': "clinic", 'F': "clinic", 'N': "clinic"}, Rural: "?",
	}.Dataset()
	for i := range ds.Facilities {
		if ds.Facilities[i].ID == "E" {
			ds.Facilities[i].Share = "a"
		}
	}
	return ds
}

// Within 100 m: own cells 0 to 2 of a, and 6 to 9 of b; with E cell 5; with N cell 4.
func TestSharingOfTwoCities(t *testing.T) {
	answer, err := analysis.New(sharingTown(), "test").Sharing(t.Context(), analysis.Choice{AdHoc: within("clinic", "100m"), Borders: "town"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := answer.Rows[0].Standard
	want := []analysis.SharingRow{
		{Standard: id, Level: "total", Group: "all", Population: 100, Own: 70, Stated: 80, Open: 90, ShareOwn: 0.7, ShareStated: 0.8, ShareOpen: 0.9, Gained: 10, CouldGain: 10},
		{Standard: id, Level: "town", Zone: "a", Name: "zone a", Group: "all", Population: 60, Own: 30, Stated: 40, Open: 50, ShareOwn: 0.5, ShareStated: 40. / 60, ShareOpen: 50. / 60, Gained: 10, CouldGain: 10},
		{Standard: id, Level: "town", Zone: "b", Name: "zone b", Group: "all", Population: 40, Own: 40, Stated: 40, Open: 40, ShareOwn: 1, ShareStated: 1, ShareOpen: 1},
	}
	if d := cmp.Diff(want, answer.Rows); d != "" {
		t.Error(d)
	}
	var cases []string
	for _, r := range answer.Runs {
		cases = append(cases, r.Case+" "+r.Options.Borders)
	}
	if d := cmp.Diff([]string{"own town", "stated town", "open "}, cases); d != "" {
		t.Error(d)
	}
	_, err = analysis.New(sharingTown(), "test").Sharing(t.Context(), analysis.Choice{AdHoc: within("clinic", "100m")}, nil)
	if said, ok := err.(*coverage.Error); !ok || said.Key != "sharing.no_borders" {
		t.Errorf("without borders: %v", err)
	}
}

// The rows are those of the three runs, own <= stated <= open, zones sum up.
func TestSharingIsThreeRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := counties(t)
		e := analysis.New(ds, "test")
		c := inSeconds(rapid.SampledFrom([]string{"line", "walk", "friction"}).Draw(t, "mode"), 400)
		c.Borders = rapid.SampledFrom([]string{"county", "town"}).Draw(t, "borders")
		answer, err := e.Sharing(context.Background(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		stated := map[string]float64{}
		for _, r := range runOf(t, e, c).Coverage[0].Rows {
			if r.Group == "all" && r.Setting == "all" {
				stated[r.Zone] = r.Served
			}
		}
		towns := 0.0
		for _, r := range answer.Rows {
			if r.Own > r.Stated || r.Stated > r.Open || r.Open > r.Population || math.Abs(r.Stated-stated[r.Zone]) > 1e-9 {
				t.Fatalf("%+v, stated %v", r, stated[r.Zone])
			}
			if r.Level == "county" {
				towns += r.CouldGain
			}
		}
		if math.Abs(towns-answer.Rows[0].CouldGain) > 1e-9 {
			t.Fatalf("counties could gain %v, all %v", towns, answer.Rows[0].CouldGain)
		}
	})
}

// Where sites are looked for, a new place serves the people of its own zone, and a
// facility that stands those whom it serves.
func TestPairsHeedBorders(t *testing.T) {
	ds := sharingTown()
	e := analysis.New(ds, "test")
	rows := make([]int32, ds.Demand.Len())
	for i := range rows {
		rows[i] = int32(i)
	}
	for _, c := range []struct {
		name  string
		place int32 // a facility
		off   float64
		want  []uint32
	}{
		{"the clinic W", 0, 0, []uint32{0, 1, 2}},
		{"the clinic E, open to a", 1, 0, []uint32{5, 6, 7}},
		{"its neighbour, which is not", 1, 1e-7, []uint32{6, 7}},
	} {
		s, err := e.Stand(t.Context(), analysis.Choice{AdHoc: within("clinic", "100.1m"), Borders: "town"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		p := analysis.FacilityPoints(ds, []int32{c.place}, true)
		p.At[0][0] += c.off
		rule := s.Part(0).Standard.Rules[0]
		m, err := s.Pairs(nil)(t.Context(), travel.Points{At: p.At, Land: p.Land}, rule, rows, rule.Threshold.Limit())
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, m.Row); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}
