package main

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting/plan"

	"github.com/paulmach/orb"
)

// comorosByRoad imports the Comoros with their streets and boats.
func comorosByRoad(t *testing.T) (string, *coverage.Dataset) {
	t.Helper()
	dir := filepath.Join(sharedData(t, "comoros"), "comoros")
	return imported(t, comorosProject+"networks:\n  - {file: comoros-2021.osm.pbf}\n", nil,
		filepath.Join(dir, "zones.gpkg"), filepath.Join(dir, "worldpop-2020-100m.tif"), filepath.Join(dir, "health.gpkg"), filepath.Join(dir, "comoros-2021.osm.pbf"))
}

// People within so many minutes of one of 28 hospitals, by island and in all.
// The figures are those of testdata/judge.py for every one of the 203,208 rows;
// the test asks it again for some.
var comorosHospitals = []struct {
	mode                            string
	minutes                         int
	mwali, njazidja, nzwani, nobody float64 // nobody's: in cells of no zone
}{
	{"walk", 15, 1084.475042, 23515.310521, 30005.540794, 2482.981575},
	{"walk", 30, 2146.228956, 55213.160562, 64316.827319, 4406.314851},
	{"walk", 60, 4283.551338, 111975.570420, 126222.702093, 7407.198952},
	{"drive", 15, 6937.544250, 165829.388604, 151591.162345, 9246.778928},
	{"drive", 30, 10320.672295, 245991.072615, 183918.428192, 12488.412765},
	{"drive", 60, 24407.120058, 262171.794875, 183918.428192, 13522.742162},
}

func TestComorosByRoad(t *testing.T) {
	store, ds := comorosByRoad(t)
	for _, mode := range []string{"walk", "drive"} {
		rows := rowsOf(t, mustRun(t, "coverage", store, "--json", "--mode", mode, "--kind", "hospital", "--within", "15min", "--within", "30min", "--within", "60min"))
		for _, want := range comorosHospitals {
			if want.mode != mode {
				continue
			}
			all := want.mwali + want.njazidja + want.nzwani + want.nobody
			for name, people := range map[string]float64{"Mwali": want.mwali, "Njazídja": want.njazidja, "Nzwani": want.nzwani, "": all} {
				found := false
				for _, r := range rows {
					if r.Name == name && r.Threshold.Seconds == int32(want.minutes)*60 {
						found = true
						if math.Abs(r.Served-people) > 0.01 || r.Mode != mode {
							t.Errorf("%s within %d min of a hospital on %q: %.2f people by %s, want %.2f", mode, want.minutes, name, r.Served, r.Mode, people)
						}
					}
				}
				if !found {
					t.Errorf("no row of %q for %d min", name, want.minutes)
				}
			}
		}
		t.Run("routes by "+mode, func(t *testing.T) { routesAgree(t, ds, mode) })
		t.Run("judge "+mode, func(t *testing.T) {
			if h := hear(t, ds, asked(mode, 30, "hospital"), 101); h.nodes < 7_000 || h.served < 800 || h.misses < 800 {
				t.Errorf("too little to judge: %+v", h)
			}
		})
	}
	t.Run("sites", func(t *testing.T) { comorosSites(t, ds) })
	t.Run("over the sea", func(t *testing.T) { comorosOverTheSea(t, store, ds) })
}

// comorosSites holds what the siting counts against what-if, which searches the
// streets anew for the sites of the answer alone.
func comorosSites(t *testing.T, ds *coverage.Dataset) {
	list, err := plan.FromCells(ds, 0, 2000)
	if err != nil {
		t.Fatal(err)
	}
	a, err := advice.On(analysis.New(ds, "test")).Site(t.Context(), asked("drive", 30, "hospital"), advice.SiteAsk{P: 7, Candidates: list}, advice.SolveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !a.Proven || math.Abs(a.Effect.Rows[0].After-a.Value) > 1e-6 {
		t.Errorf("the siting counts %v (proven %v), what-if %v", a.Value, a.Proven, a.Effect.Rows[0].After)
	}
}

// routesAgree holds the routes of some rows against their column of coverage.
func routesAgree(t *testing.T, ds *coverage.Dataset, mode string) {
	engine := analysis.New(ds, "test")
	run, err := engine.Run(t.Context(), asked(mode, 30, "hospital"), nil)
	if err != nil {
		t.Fatal(err)
	}
	ways, none := 0, 0
	for i := 7; i < ds.Demand.Len(); i += 3607 {
		want := run.Coverage[0].Cost[i]
		r, err := engine.Route(t.Context(), ds.Demand.At[i], []string{"hospital"}, false, analysis.Choice{Mode: mode})
		switch {
		case want == coverage.Never && coverage.CodeOf(err) == coverage.Infeasible:
			none++
		case want == coverage.Never || err != nil || r.Route.Cost != want:
			t.Errorf("row %d takes %d ms, its route %+v, %v", i, want, r, err)
		default:
			ways++
		}
	}
	if ways < 15 || none < 15 {
		t.Errorf("%d routes, %d rows without: too few to tell", ways, none)
	}
}

// islandOf tells the three islands apart by longitude alone.
func islandOf(p orb.Point) string {
	switch {
	case p[0] < 43.57:
		return "Njazidja"
	case p[0] < 44:
		return "Mwali"
	}
	return "Nzwani"
}

// All clinics are on Njazidja: from the other islands one sails, or cannot get to
// any. The extract says neither when boats leave nor how long they sail: a boat an
// hour, so 30 minutes to wait, 5 to board, and 15 km/h along the line. The lines
// from Nzwani to Mwali and on to Njazidja are 72,708.265 m and 94,839.645 m long
// (summed from ferry.gpkg on the ellipsoid, apart from this program), hence 290
// minutes 50 seconds and 379 minutes 21.5 seconds.
func comorosOverTheSea(t *testing.T, store string, ds *coverage.Dataset) {
	const waitMS, sailMS, firstMS = 35 * 60_000, 94_839_645 * 3.6 / 15, 72_708_265 * 3.6 / 15
	boatMS := map[string]float64{"Mwali": waitMS + sailMS, "Nzwani": waitMS + firstMS + waitMS + sailMS}
	engine := analysis.New(ds, "test")
	run := func(boats string) *coverage.Coverage {
		c := asked("walk", 24*60, "clinic")
		c.Boats = boats
		r, err := engine.Run(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		return &r.Coverage[0]
	}
	off, on := run("off"), run("typical")
	sailed, best := map[string]int{}, map[string]float64{"Mwali": math.Inf(1), "Nzwani": math.Inf(1)}
	for i, at := range ds.Demand.At {
		if n := off.Nearest[i]; n >= 0 && islandOf(ds.Facilities[n].At) != islandOf(at) {
			t.Fatalf("without boats row %d on %s goes to %s", i, islandOf(at), islandOf(ds.Facilities[n].At))
		}
		if n := on.Nearest[i]; n >= 0 && islandOf(ds.Facilities[n].At) != islandOf(at) {
			sailed[islandOf(at)]++
			best[islandOf(at)] = min(best[islandOf(at)], float64(on.Cost[i]))
		}
		if on.Cost[i] > off.Cost[i] {
			t.Errorf("row %d takes longer with boats", i)
		}
	}
	for island, boat := range boatMS { // somebody lives near the quay
		if sailed[island] < 1_000 || best[island] < boat || best[island] > boat+90*60_000 {
			t.Errorf("%s: %d rows sail, the fastest in %.0f ms: the boats alone take %.0f", island, sailed[island], best[island], boat)
		}
	}
	var said struct {
		Seconds int64
		Steps   []analysis.StepSaid
	}
	if err := json.Unmarshal([]byte(mustRun(t, "route", store, "--from", "43.7418,-12.28", "--kind", "clinic", "--mode", "walk", "--json")), &said); err != nil {
		t.Fatal(err)
	}
	sum, kinds := uint32(0), ""
	for _, s := range said.Steps {
		sum += *s.MS
		kinds += s.Kind + " "
		if want := map[string]float64{"board": waitMS, "sail": sailMS}[s.Kind]; want > 0 && math.Abs(float64(*s.MS)-want) > 100 {
			t.Errorf("%s takes %d ms, by hand %.0f", s.Kind, *s.MS, want)
		}
	}
	if kinds != "walk street board sail street walk " || said.Seconds != int64(sum+999)/1000 {
		t.Errorf("%s in %d s, the steps take %d ms", kinds, said.Seconds, sum)
	}
	if code, out, errText := command(t, "route", store, "--from", "43.7418,-12.28", "--kind", "clinic", "--mode", "walk", "--boats", "off"); code != exitInfeasible {
		t.Errorf("a way without boats: exit %d %s %s", code, out, errText)
	}
	h := hear(t, ds, asked("walk", 24*60, "clinic"), 409)
	if h.served < 200 {
		t.Errorf("too little to judge: %+v", h)
	}
}

// Suva lies at 178 degrees east, Taveuni at 180 west. A ferry from Fiji's own
// timetable joins them: a boat a day at midnight, back at noon, 719 minutes.
func TestFijiOverTheAntimeridian(t *testing.T) {
	pbf := filepath.Join(sharedData(t, "osm"), "osm", "fiji-ferry", "fiji-ferry.pbf")
	people := "lon,lat,all\n178.4234745,-18.135791,1\n-179.8820305,-16.6862018,1\n-179.985,-16.781,1\n-179.87,-16.69,1\n179.99,-16.7,1\n"
	for i := range 200 {
		people += fmt.Sprintf("%.6f,%.6f,1\n", -179.99+0.001*float64(i), -16.81+0.0007*float64(i%180))
		people += fmt.Sprintf("%.6f,%.6f,1\n", 178.40+0.0004*float64(i), -18.15+0.0005*float64(i%90))
	}
	store, ds := imported(t, `name: Fiji
population: [{points: {file: people.csv, x: lon, y: lat, groups: {all: all}}}]
facilities: [{file: clinics.csv, kind: clinic, x: lon, y: lat}]
networks: [{file: fiji-ferry.pbf}]
ferries: [{file: ferries.csv}]
land: none
`, map[string]string{
		"people.csv":  people,
		"clinics.csv": "name,lon,lat\nColonial War Memorial Hospital,178.4290,-18.1330\n",
		"ferries.csv": "name,from_lon,from_lat,to_lon,to_lat,minutes,departures,return_departures\nFiji Ferry,178.4234745,-18.135791,-179.8820305,-16.6862018,719,00:00,12:00\n",
	}, pbf)
	h := hear(t, ds, asked("walk", 24*60, "clinic"), 1)
	if h.rows != ds.Demand.Len() || h.served < 100 || h.misses == 0 {
		t.Errorf("too little to judge: %+v", h)
	}
	run, err := analysis.New(ds, "test").Run(t.Context(), asked("walk", 24*60, "clinic"), nil)
	if err != nil {
		t.Fatal(err)
	}
	west := 0
	for i, at := range ds.Demand.At {
		if c := run.Coverage[0].Cost[i]; at[0] < 0 && c != coverage.Never {
			west++
			if c < (719+5+30)*60_000 {
				t.Errorf("row %d at %v gets to Suva in %d ms", i, at, c)
			}
		}
	}
	if west < 50 {
		t.Errorf("only %d rows of Taveuni reach Suva", west)
	}
	var said struct{ Steps []analysis.StepSaid }
	if err := json.Unmarshal([]byte(mustRun(t, "route", store, "--from", "-179.87,-16.69", "--kind", "clinic", "--mode", "walk", "--json")), &said); err != nil {
		t.Fatal(err)
	}
	sailed := uint32(0)
	var last orb.Point
	for n, s := range said.Steps {
		if s.Kind == "sail" {
			sailed += *s.MS
		}
		for _, p := range s.Line {
			if n > 0 && math.Abs(p[0]-last[0]) > 2 {
				t.Errorf("the line jumps from %v to %v", last, p)
			}
			last = p
		}
	}
	if sailed != 719*60_000 {
		t.Errorf("%d ms on board, want 719 minutes", sailed)
	}
	answer, err := analysis.New(ds, "test").Isochrone(t.Context(), ds.Facilities[0].At, []coverage.Threshold{{Seconds: 15 * 3600}}, false, analysis.Choice{Mode: "walk"})
	if err != nil {
		t.Fatal(err)
	}
	box := answer.Areas[0].Geometry.Bound() // longitudes run on past 180
	if box.Left() < 178 || box.Right() < 180 || box.Right() > 180.3 || answer.Areas[0].People[0] < 100 {
		t.Errorf("what is reached from Suva lies in %v, %v people", box, answer.Areas[0].People)
	}
	suva := ds.Facilities[0].At
	east, farWest := 0, 0 // written, it is cut at 180 degrees
	text := mustRun(t, "isochrone", store, "--from", fmt.Sprintf("%v,%v", suva[0], suva[1]), "--within", "15h", "--mode", "walk")
	for _, number := range regexp.MustCompile(`\[(-?[0-9.]+),-?[0-9.]+\]`).FindAllStringSubmatch(text, -1) {
		lon, err := strconv.ParseFloat(number[1], 64)
		if err != nil || math.Abs(lon) > 180 {
			t.Fatalf("longitude %s", number[1])
		}
		if lon > 0 {
			east++
		} else {
			farWest++
		}
	}
	if east < 10 || farWest < 10 {
		t.Errorf("%d positions east and %d west of 180 degrees", east, farWest)
	}
}
