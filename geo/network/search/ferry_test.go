package search

import (
	"slices"
	"testing"

	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
)

// Ferries are tested by the journeys over them: what a boat costs is told by the
// weights of network and found by the searches here.

// strait is a coast with a road along it, a quay Q on the road, an island with a
// quay R and a village V, and a boat between the quays:
//
//	A --500 m-- Q --500 m-- B     on the coast
//	            |
//	         3,000 m of water
//	            |
//	            R --400 m-- V     on the island
func strait(t testing.TB, f network.Ferry, sailS float64, tags ...string) (*town, *network.Graph) {
	w := newTown(t)
	w.put("A", -500, 0)
	w.put("Q", 0, 0)
	w.put("B", 500, 0)
	w.put("R", 0, -3000)
	w.put("V", 400, -3000)
	w.street("AQB")
	w.street("RV")
	w.b.Sail(w.b.Ferry(f), w.points("QR"), profile.NewTags(append(tagsOf(tags...), profile.Tag{Key: "route", Value: "ferry"})...), sailS)
	return w, w.build()
}

const (
	walk500 = 360 // s at 5 km/h
	walk400 = 288
)

func TestBoatCostsItsOwnWait(t *testing.T) {
	half := network.Timetable{FirstS: 7 * 3600, LastS: 19 * 3600}
	every := func(minutes int32) network.Ferry {
		t := half
		t.HeadwayS = minutes * 60
		return network.Ferry{Out: t}
	}
	three := network.Ferry{Out: network.Timetable{DeparturesS: []int32{8 * 3600, 9 * 3600, 12 * 3600}}}
	for _, c := range []struct {
		name  string
		ferry network.Ferry
		boats network.Boats
		want  float64 // boarding and wait, seconds
	}{
		{"every ten minutes: five, not half an hour", every(10), network.Boats{}, 300 + 300},
		{"every 40 minutes: twenty", every(40), network.Boats{}, 300 + 1200},
		{"every two hours: the cap of half an hour", every(120), network.Boats{}, 300 + 1800},
		{"every two hours, cap of 50 minutes", every(120), network.Boats{WaitCapS: 3000}, 300 + 3000},
		{"own boarding time", network.Ferry{Out: every(10).Out, BoardingS: 60}, network.Boats{}, 60 + 300},
		{"nothing known: as if every hour", network.Ferry{}, network.Boats{}, 300 + 1800},
		{"nothing known, every 20 minutes assumed", network.Ferry{}, network.Boats{HeadwayS: 1200}, 300 + 600},
		// Come at any time from 8 to 12: (1*1 + 3*3) / (2*4) h = 75 min.
		{"8, 9 and 12 o'clock, no cap to speak of", three, network.Boats{WaitCapS: 99999}, 300 + 75*60},
		{"one boat a day: people come for it", network.Ferry{Out: network.Timetable{DeparturesS: []int32{30000}}}, network.Boats{}, 300 + 1800},
		{"best: no wait", every(10), network.Boats{Scenario: network.Best}, 300},
		{"best knows no timetable either", network.Ferry{}, network.Boats{Scenario: network.Best}, 300},
		{"guaranteed: the boat has just left", every(40), network.Boats{Scenario: network.Guaranteed}, 300 + 2400},
		{"guaranteed: no cap", every(120), network.Boats{Scenario: network.Guaranteed}, 300 + 7200},
		// 8 + 5 min + 10 min + 2 h stay = 10:15, back at 12.
		{"guaranteed by departures: the longest gap", three, network.Boats{Scenario: network.Guaranteed}, 300 + 3*3600},
	} {
		w, g := strait(t, c.ferry, 600)
		weights := walk(g, c.boats)
		about(t, c.name, w.seconds(weights, "A", "V"), walk500+c.want+600+walk400)
		about(t, c.name+", back", w.seconds(weights, "V", "A"), walk500+c.want+600+walk400)
	}
}

func TestBoatsThatAreNotCountedUpon(t *testing.T) {
	day := network.Timetable{HeadwayS: 1200, FirstS: 7 * 3600, LastS: 19 * 3600}
	early := network.Timetable{DeparturesS: []int32{7 * 3600, 8 * 3600}}
	for _, c := range []struct {
		name        string
		ferry       network.Ferry
		boats       network.Boats
		out, back   bool // whether one gets over, and back
		why         []network.Left
		tagsOfFerry []string
	}{
		{"no boats", network.Ferry{Out: day}, network.Boats{Scenario: network.NoBoats}, false, false, []network.Left{network.LeftOff, network.LeftOff}, nil},
		{"guaranteed, all known", network.Ferry{Out: day}, network.Boats{Scenario: network.Guaranteed}, true, true, nil, nil},
		{"guaranteed, nothing known", network.Ferry{}, network.Boats{Scenario: network.Guaranteed}, false, false, []network.Left{network.LeftTimetable, network.LeftTimetable}, nil},
		{"headway but no last boat", network.Ferry{Out: network.Timetable{HeadwayS: 600}}, network.Boats{Scenario: network.Guaranteed}, false, false, []network.Left{network.LeftTimetable, network.LeftTimetable}, nil},
		{"five days of storm", network.Ferry{Out: day, DaysLost: 5}, network.Boats{Scenario: network.Guaranteed}, false, false, []network.Left{network.LeftWeather, network.LeftWeather}, nil},
		{"five days of storm are borne", network.Ferry{Out: day, DaysLost: 5}, network.Boats{Scenario: network.Guaranteed, MaxDaysLost: 5}, true, true, nil, nil},
		{"storm is typical", network.Ferry{Out: day, DaysLost: 5}, network.Boats{}, true, true, nil, nil},
		{"summer only", network.Ferry{Out: day, SeasonDays: 120}, network.Boats{Scenario: network.Guaranteed}, false, false, []network.Left{network.LeftSeason, network.LeftSeason}, nil},
		// Out at 7 and 8, home at 7 and 8: with a stay of two hours no boat home.
		{"last boat home too early", network.Ferry{Out: early}, network.Boats{Scenario: network.Guaranteed}, false, false, []network.Left{network.LeftReturn, network.LeftReturn}, nil},
		{"half an hour is enough", network.Ferry{Out: early}, network.Boats{Scenario: network.Guaranteed, StayS: 1800}, true, true, nil, nil},
		// Islanders leave at 7 and come home by day; those of the coast leave at 15 at the earliest and have missed the last boat home.
		{
			"commuters' boat",
			network.Ferry{Out: network.Timetable{DeparturesS: []int32{15 * 3600, 16 * 3600}}, Back: early},
			network.Boats{Scenario: network.Guaranteed},
			false, true,
			[]network.Left{network.LeftReturn},
			nil,
		},
		{"foot passengers refused", network.Ferry{Out: day}, network.Boats{}, false, false, []network.Left{network.LeftAccess, network.LeftAccess}, []string{"foot", "no"}},
	} {
		w, g := strait(t, c.ferry, 600, c.tagsOfFerry...)
		weights := walk(g, c.boats)
		if got := w.seconds(weights, "A", "V") > 0; got != c.out {
			t.Errorf("%s: out %v, want %v", c.name, got, c.out)
		}
		if got := w.seconds(weights, "V", "A") > 0; got != c.back {
			t.Errorf("%s: back %v, want %v", c.name, got, c.back)
		}
		var why []network.Left
		for _, l := range weights.LeftFerries() {
			why = append(why, l.Why)
		}
		if !slices.Equal(why, c.why) {
			t.Errorf("%s: left out for %v, want %v", c.name, why, c.why)
		}
	}
}

func TestWorstCaseIsNeverFasterThanTypicalNorTypicalThanBest(t *testing.T) {
	for _, tt := range []network.Timetable{
		{HeadwayS: 600, FirstS: 0, LastS: 80000},
		{HeadwayS: 7200, FirstS: 0, LastS: 80000},
		{DeparturesS: []int32{100, 20000, 80000}},
		{DeparturesS: []int32{100, 101, 80000}},
	} {
		var last float64
		for _, s := range []network.Scenario{network.Best, network.Typical, network.Guaranteed} {
			w, g := strait(t, network.Ferry{Out: tt}, 600)
			got := w.seconds(walk(g, network.Boats{Scenario: s}), "A", "V")
			if got < last || got < 0 {
				t.Errorf("%v, scenario %d: %v s after %v s", tt, s, got, last)
			}
			last = got
		}
	}
}

func TestCarsNeedABoatThatCarriesThem(t *testing.T) {
	w, g := strait(t, network.Ferry{}, 600)
	if got := w.seconds(drive(g), "A", "V"); got != -1 {
		t.Errorf("a passenger boat took a car in %v s", got)
	}
	w, g = strait(t, network.Ferry{}, 600, "motor_vehicle", "yes")
	if got := w.seconds(drive(g), "A", "V"); got < 600+300+1800 {
		t.Errorf("a car ferry took %v s", got)
	}
}

func TestNobodyBoardsBetweenQuays(t *testing.T) {
	// The boat from Q to R passes over M, a point of the road on a mole where it
	// does not stop.
	w := newTown(t)
	w.put("Q", 0, 0)
	w.put("M", 1000, 0)
	w.put("R", 2000, 0)
	w.put("N", 1000, 500)
	w.street("NM")
	w.put("U", 0, 300)
	w.street("QU")
	w.put("W", 2000, 300)
	w.street("RW")
	w.b.Sail(w.b.Ferry(network.Ferry{}), w.points("QMR"), tagsOf("route", "ferry"), 600)
	weights := walk(w.build(), network.Boats{})
	if got := w.seconds(weights, "N", "W"); got != -1 {
		t.Errorf("boarded under way: %v s", got)
	}
	if got := w.seconds(weights, "U", "N"); got != -1 {
		t.Errorf("left under way: %v s", got)
	}
	about(t, "quay to quay", w.seconds(weights, "U", "W"), 216+300+1800+600+216)

	w = newTown(t)
	w.put("Q", 0, 0)
	w.put("M", 1000, 0)
	w.put("R", 2000, 0)
	w.put("N", 1000, 500)
	w.street("NM")
	w.b.Quay(w.place["M"]) // now it stops there
	w.b.Sail(w.b.Ferry(network.Ferry{}), w.points("QMR"), tagsOf("route", "ferry"), 600)
	w.put("W", 2000, 300)
	w.street("RW")
	about(t, "boarded half way, half the sailing", w.seconds(walk(w.build(), network.Boats{}), "N", "W"), 360+300+1800+300+216)
}

func TestChangingBoatsWaitsAgainStayingOnBoardDoesNot(t *testing.T) {
	three := func(sameBoat bool) float64 {
		w := newTown(t)
		w.put("A", 0, 0)
		w.put("B", 3000, 0)
		w.put("C", 6000, 0)
		for i, p := range []string{"A", "B", "C"} { // each quay has a short street
			w.put("x", float64(3000*i), 200)
			w.spot[p+"x"] = w.spot["x"]
			w.street(p + "x")
		}
		first := w.b.Ferry(network.Ferry{Out: network.Timetable{HeadwayS: 1200}})
		second := first
		if !sameBoat {
			second = w.b.Ferry(network.Ferry{Out: network.Timetable{HeadwayS: 2400}})
		}
		w.b.Sail(first, w.points("AB"), tagsOf("route", "ferry"), 600)
		w.b.Sail(second, w.points("BC"), tagsOf("route", "ferry"), 700)
		return w.secondsAt(walk(w.build(), network.Boats{}), w.spot["Ax"], w.spot["Cx"], all)
	}
	about(t, "same boat", three(true), 144+300+600+600+700+144)
	about(t, "other boat", three(false), 144+300+600+600+300+1200+700+144)
}

func TestLinesThatMeetAtSeaAreOneBoat(t *testing.T) {
	// Three lines fork at S, which is no quay: one wait, and no landing at S.
	w := newTown(t)
	w.put("A", 0, 0)
	w.put("S", 2000, 0)
	w.put("B", 4000, 1000)
	w.put("C", 4000, -1000)
	for _, p := range []string{"A", "B", "C"} {
		w.spot[p+"x"] = at(w.spot[p][0]*metresPerDegree, w.spot[p][1]*110574.3886+200)
		n, _ := w.b.Point(w.spot[p+"x"])
		w.b.Way([]uint32{w.place[p], n}, tagsOf("highway", "footway"))
	}
	for _, line := range []string{"AS", "SB", "CS"} {
		w.b.Sail(w.b.Ferry(network.Ferry{Name: line}), w.points(line), tagsOf("route", "ferry"), 600)
	}
	g := w.build()
	if len(g.Ferries()) != 1 {
		t.Fatalf("%d services", len(g.Ferries()))
	}
	weights := walk(g, network.Boats{})
	want := 144.0 + 300 + 1800 + 600 + 600 + 144
	about(t, "A to B", w.secondsAt(weights, w.spot["Ax"], w.spot["Bx"], all), want)
	about(t, "A to C, against the direction of the line", w.secondsAt(weights, w.spot["Ax"], w.spot["Cx"], all), want)
	about(t, "B to C", w.secondsAt(weights, w.spot["Bx"], w.spot["Cx"], all), want)
}

// TestPierAndFiftyMetresInlandAgree: from the end of a pier and from 50 m inland
// the way along the coast differs by the walk between the two and nothing else,
// and walking along the water's edge pays no boat.
func TestPierAndFiftyMetresInlandAgree(t *testing.T) {
	build := func(boat bool) (*town, *network.Graph) {
		w := newTown(t)
		w.put("Q", 0, 0)        // the quay, at the end of the pier
		w.put("P", 0, 30)       // where the pier meets the shore path
		w.put("I", 0, 50)       // inland
		w.put("L", -1500, 30)   // along the shore
		w.put("F", 1500, 30)    // the facility, along the shore the other way
		w.put("R", 1600, -3000) // the next quay of the boat
		w.put("G", 1600, 30)
		w.street("QPI", "highway", "footway")
		w.street("LPFG", "highway", "footway")
		w.street("RG", "highway", "footway")
		if boat {
			w.b.Sail(w.b.Ferry(network.Ferry{Out: network.Timetable{HeadwayS: 600}}), w.points("QR"), tagsOf("route", "ferry"), 1200)
		}
		return w, w.build()
	}
	w, g := build(true)
	dry, gDry := build(false)
	weights, dryWeights := walk(g, network.Boats{}), walk(gDry, network.Boats{})
	pier, inland := w.seconds(weights, "Q", "F"), w.seconds(weights, "I", "F")
	about(t, "from the pier", pier, (30+1500)*0.72)
	about(t, "from inland", inland, (20+1500)*0.72)
	for _, from := range []string{"Q", "P", "I", "L"} {
		if a, b := w.seconds(weights, from, "F"), dry.seconds(dryWeights, from, "F"); a > b {
			t.Errorf("%s: a boat nearby makes the walk %v s instead of %v s", from, a, b)
		}
	}
	about(t, "past the pier", w.seconds(weights, "L", "F"), 3000*0.72)
}

func TestQuaysOffTheRoadAreJoined(t *testing.T) {
	w := newTown(t)
	w.put("A", -500, 0)
	w.put("B", 500, 0)
	w.street("AB")
	w.put("V", 0, -3200)
	w.put("R", 0, -3000)
	w.street("RV")
	f := network.Ferry{Out: network.Timetable{HeadwayS: 600}}
	if !w.b.FerryBetween(at(0, -100), at(0, -3000-40), f, tagsOf("route", "ferry"), 600) {
		t.Fatal("refused")
	}
	if w.b.FerryBetween(at(0, -100), at(0, -3000), network.Ferry{DaysLost: -1}, nil, 1) {
		t.Error("a ferry that loses -1 days")
	}
	g, report, err := w.b.Build()
	if err != nil || report.QuaysJoined != 2 || len(report.QuaysAlone) != 0 {
		t.Fatal(report, err)
	}
	// The quay is 100 m from the middle of AB; the other one lies on RV itself.
	weights := walk(g, network.Boats{})
	about(t, "A to V", w.seconds(weights, "A", "V"), 360+72+300+300+600+160*0.72)
	about(t, "A to B does not care", w.seconds(weights, "A", "B"), 720)

	lost := newTown(t)
	lost.put("A", 0, 0)
	lost.put("B", 100, 0)
	lost.street("AB")
	lost.b.FerryBetween(at(0, -300), at(0, -3000), f, nil, 600)
	if _, report, _ = lost.b.Build(); len(report.QuaysAlone) != 2 {
		t.Error(report)
	}
}
