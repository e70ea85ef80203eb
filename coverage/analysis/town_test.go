package analysis_test

import (
	"context"
	"encoding/json"
	"math"
	"runtime"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"

	"github.com/google/go-cmp/cmp"
)

// Two islands with a 200 m strait. One clinic on each would be needed: from C
// the cells of the other island are as near as those of its own, and are not
// served while the landmass rule is on. Cells are 100 m.
func islands() *coverage.Dataset {
	return coveragetest.Town{
		Zones: `
			aaaa~~bb
			aaaa~~bb`,
		People: `
			1111..21
			11.1..13`,
		Groups: map[string]string{"60+": `
			1.......
			.......2`},
		Facilities: `
			...C....
			........`,
		Kinds: map[byte]string{'C': "clinic"},
		Rural: "b",
	}.Dataset()
}

func ask(t *testing.T, ds *coverage.Dataset, c analysis.Choice) *coverage.Run {
	t.Helper()
	run, err := analysis.New(ds, "test").Run(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func within(kind, threshold string) []analysis.AdHoc {
	t, err := coverage.ParseThreshold(threshold)
	if err != nil {
		panic(err)
	}
	return []analysis.AdHoc{{Kinds: []string{kind}, Within: t}}
}

type line struct {
	Level, Zone, Group, Setting string
	Population, Served          float64
	Facilities                  int
}

func linesOf(run *coverage.Run) []line {
	var out []line
	for _, r := range run.Coverage[0].Rows {
		out = append(out, line{r.Level, r.Zone, r.Group, r.Setting, r.Population, r.Served, r.Facilities})
	}
	return out
}

// 200 m from C along the row reaches two cells to the left and none across the
// strait; in the second row 200 m reaches (1 left, 1 down) at 141 m and the
// cell straight below; (2 left, 1 down) is 224 m away.
func TestServedOnTheOwnIsland(t *testing.T) {
	off := false
	for _, landmass := range []*bool{nil, &off} {
		run := ask(t, islands(), analysis.Choice{AdHoc: within("clinic", "300m"), Landmass: landmass})
		// Row 1: 300, 200, 100, 0 m: all of island a served. Row 2: columns 0, 1
		// and 3 at 316, 224, 100 m: column 0 is not.
		want := []line{
			{"total", "", "all", "all", 140, 60, 1},
			{"total", "", "all", "urban", 70, 60, 1},
			{"total", "", "all", "rural", 70, 0, 1},
			{"total", "", "60+", "all", 30, 10, 1},
			{"total", "", "60+", "urban", 10, 10, 1},
			{"total", "", "60+", "rural", 20, 0, 1},
			{"town", "a", "all", "all", 70, 60, 1},
			{"town", "a", "all", "urban", 70, 60, 1},
			{"town", "a", "all", "rural", 0, 0, 1},
			{"town", "a", "60+", "all", 10, 10, 1},
			{"town", "a", "60+", "urban", 10, 10, 1},
			{"town", "a", "60+", "rural", 0, 0, 1},
			{"town", "b", "all", "all", 70, 0, 0},
			{"town", "b", "all", "urban", 0, 0, 0},
			{"town", "b", "all", "rural", 70, 0, 0},
			{"town", "b", "60+", "all", 20, 0, 0},
			{"town", "b", "60+", "urban", 0, 0, 0},
			{"town", "b", "60+", "rural", 20, 0, 0},
		}
		if landmass != nil { // across the strait: (3 right, 0 down) is 300 m away
			for i := range want {
				if want[i].Group == "all" && want[i].Setting != "urban" && want[i].Zone != "a" {
					want[i].Served += 20
				}
			}
		}
		if diff := cmp.Diff(want, linesOf(run)); diff != "" {
			t.Errorf("landmass %v:\n%s", landmass, diff)
		}
	}
}

func TestGapsOfTheIslands(t *testing.T) {
	run := ask(t, islands(), analysis.Choice{AdHoc: within("clinic", "300m")})
	gaps := run.Coverage[0].Gaps
	if len(gaps) != 2 {
		t.Fatalf("%d gaps, want 2: island b whole, and the south-west cell of a", len(gaps))
	}
	b, a := gaps[0], gaps[1]
	// Island b: 20+10+10+30 people; the peak is the cell in row 2, column 8.
	if b.Population != 70 || b.Cells != 4 || b.Zone != "b" || b.Rank != 1 || b.ID != 16 || b.Groups["60+"] != 20 {
		t.Errorf("gap of b: %+v", b)
	}
	if b.Nearest.Facility != "" {
		t.Errorf("island b can reach %q although no line leaves an island", b.Nearest.Facility)
	}
	if math.Abs(b.AreaM2-40_000) > 1 {
		t.Errorf("area %v, want 4 cells of 10,000 m2", b.AreaM2)
	}
	if a.Population != 10 || a.Cells != 1 || a.Zone != "a" || a.Rank != 2 || a.ID != 9 || a.Nearest.Facility != "C" {
		t.Errorf("gap of a: %+v", a)
	}
	if want := math.Hypot(300, 100); math.Abs(a.Nearest.Metres-want) > 0.01 {
		t.Errorf("C is %v m away, want %v", a.Nearest.Metres, want)
	}
	if few := ask(t, islands(), analysis.Choice{AdHoc: within("clinic", "300m"), MinPeople: 11}).Coverage[0].Gaps; len(few) != 1 {
		t.Errorf("%d gaps with at least 11 people, want 1", len(few))
	}
}

// 300 m at 1.2 km/h are 15 minutes; a detour of 1.5 makes them 22.5.
func TestMinutesDetourAndClosedThreshold(t *testing.T) {
	for _, c := range []struct {
		within        string
		speed, detour float64
		served        float64
	}{
		{"15min", 1.2, 0, 60},
		{"899s", 1.2, 0, 50},    // 300 m take 900 s: the westmost cell of row 1 drops out
		{"15min", 1.2, 1.5, 40}, // 200 m: columns 1 to 3 of row 1, column 3 of row 2
		{"1350s", 1.2, 1.5, 60},
		{"15min", 0, 0, 70}, // the default 5 km/h: 1,250 m, the whole island
	} {
		run := ask(t, islands(), analysis.Choice{AdHoc: within("clinic", c.within), SpeedKMH: c.speed, Detour: c.detour})
		if got := run.Coverage[0].Rows[0].Served; got != c.served {
			t.Errorf("%+v: %v served", c, got)
		}
	}
}

// The rule of each setting applies to its own people, and those without a rule
// are outside the denominator.
func TestSettingsHaveTheirOwnRules(t *testing.T) {
	ds := islands()
	off := false
	ds.Standards = []coverage.Standard{{
		ID: "p/s", Kinds: []string{"clinic"}, Group: "all", Target: 0.5,
		Rules: []coverage.Rule{
			{Setting: coverage.Urban, Threshold: coverage.Threshold{Metres: 100}, Travel: coverage.Travel{Mode: "line", Detour: 1}},
			{Setting: coverage.Rural, Threshold: coverage.Threshold{Metres: 400}, Travel: coverage.Travel{Mode: "line", Detour: 1}},
		},
	}}
	run := ask(t, ds, analysis.Choice{Landmass: &off, Groups: []string{"all"}, Levels: []string{"total"}})
	// Town: 0 m and 100 m in row 1, 100 m in row 2. Country: 300, 400 in row 1; 316, 412 in row 2.
	want := []line{
		{"total", "", "all", "all", 140, 70, 1},
		{"total", "", "all", "urban", 70, 30, 1},
		{"total", "", "all", "rural", 70, 40, 1},
	}
	if diff := cmp.Diff(want, linesOf(run)); diff != "" {
		t.Error(diff)
	}
	by := run.Coverage[0].Rows[0].Threshold.BySetting
	if by["urban"].Metres != 100 || by["rural"].Metres != 400 {
		t.Errorf("the row for all settings names thresholds %+v", by)
	}
	ds.Standards[0].Rules = ds.Standards[0].Rules[:1]
	run = ask(t, ds, analysis.Choice{Landmass: &off, Groups: []string{"all"}, Levels: []string{"total"}})
	want = []line{{"total", "", "all", "all", 70, 30, 1}, {"total", "", "all", "urban", 70, 30, 1}}
	if diff := cmp.Diff(want, linesOf(run)); diff != "" {
		t.Error(diff)
	}
}

func TestAreaRuleCountsTheShareOfTheCell(t *testing.T) {
	ds := coveragetest.Town{
		Zones: "aaaa", People: "1111", Facilities: "C...", Kinds: map[byte]string{'C': "clinic"}, Rural: "?",
	}.Dataset()
	served := func(rule coverage.CellRule, m string) float64 {
		return ask(t, ds, analysis.Choice{AdHoc: within("clinic", m), CellRule: rule}).Coverage[0].Rows[0].Served
	}
	// 200 m reach the centre of the third cell and, by area, about half of it.
	if got := served(coverage.CellCentre, "200m"); got != 30 {
		t.Errorf("centre rule: %v served, want 30", got)
	}
	if got := served(coverage.CellArea, "200m"); math.Abs(got-25) > 0.5 {
		t.Errorf("area rule: %v served, want about 25", got)
	}
}

// The same question gives the same bytes on any number of cores.
func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	ds := bigTown(200_000)
	var first []byte
	for _, n := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(n)
		run := ask(t, ds, analysis.Choice{AdHoc: append(within("clinic", "15min"), within("clinic", "2km")...), Within: true})
		text, err := json.Marshal(struct {
			Run  *coverage.Run
			Cols []coverage.Coverage
		}{run, run.Coverage})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		} else if string(text) != string(first) {
			t.Fatalf("GOMAXPROCS=%d gives other bytes", n)
		}
	}
}
