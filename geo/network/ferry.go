package network

import (
	"math"
	"slices"
)

// Ferry says when the boats of a service run. What is zero is not known. Out is
// the direction in which its lines were given, Back the other one.
type Ferry struct {
	Name       string
	Out, Back  Timetable
	BoardingS  int32   // from the quay to departure without any waiting; 0: [Boats.BoardingS]
	DaysLost   float64 // days a year on which weather stops it
	SeasonDays float64 // days a year on which it is planned to run; 0: all
}

// Timetable is the boats of one direction on a day. Seconds count from midnight
// and may pass 24 h.
type Timetable struct {
	DeparturesS   []int32 // in order; when given, the rest is ignored
	HeadwayS      int32   // between two boats
	FirstS, LastS int32   // first and last departure, both 0 when not known
}

// window returns the first and the last departure; false when not known.
func (t Timetable) window() (first, last int32, ok bool) {
	if n := len(t.DeparturesS); n > 0 {
		return t.DeparturesS[0], t.DeparturesS[n-1], true
	}
	return t.FirstS, t.LastS, t.LastS > 0
}

// meanWaitS is the mean wait of one who comes at any time between the first and
// the last boat, half the headway when the boats are evenly spaced; false when
// nothing is known or a single boat leaves a day.
func (t Timetable) meanWaitS() (float64, bool) {
	if n := len(t.DeparturesS); n > 0 {
		var squares float64
		for i := 1; i < n; i++ {
			gap := float64(t.DeparturesS[i] - t.DeparturesS[i-1])
			squares += gap * gap
		}
		span := float64(t.DeparturesS[n-1] - t.DeparturesS[0])
		return squares / (2 * span), span > 0
	}
	return float64(t.HeadwayS) / 2, t.HeadwayS > 0
}

// longestWaitS is the longest time between two boats.
func (t Timetable) longestWaitS() (float64, bool) {
	if len(t.DeparturesS) > 0 {
		var gap int32
		for i := 1; i < len(t.DeparturesS); i++ {
			gap = max(gap, t.DeparturesS[i]-t.DeparturesS[i-1])
		}
		return float64(gap), gap > 0
	}
	return float64(t.HeadwayS), t.HeadwayS > 0
}

// valid reports whether the times of a timetable are in order.
func (t Timetable) valid() bool {
	return slices.IsSorted(t.DeparturesS) && t.HeadwayS >= 0 && t.FirstS >= 0 && t.LastS >= t.FirstS &&
		(len(t.DeparturesS) == 0 || t.DeparturesS[0] >= 0)
}

// equal reports whether two timetables are the same.
func (t Timetable) equal(o Timetable) bool {
	return slices.Equal(t.DeparturesS, o.DeparturesS) && t.HeadwayS == o.HeadwayS && t.FirstS == o.FirstS && t.LastS == o.LastS
}

// Valid reports whether a ferry's numbers can be used: times in order, nothing
// negative, no more days than a year has.
func (f Ferry) Valid() bool {
	days := func(d float64) bool { return d >= 0 && d <= 366 }
	return f.Out.valid() && f.Back.valid() && f.BoardingS >= 0 && days(f.DaysLost) && days(f.SeasonDays)
}

// Scenario is how boats are counted on.
type Scenario uint8

// The scenarios.
const (
	// Typical: one comes to the quay at any time of the service and waits for
	// the next boat: the mean wait, at most [Boats.WaitCapS].
	Typical Scenario = iota
	// Best: one knows the timetable and does not wait.
	Best
	// Guaranteed: one has just missed a boat and waits the longest gap, without
	// a cap; and only boats count that bring one back the same day and that
	// neither weather nor season stops (see [Boats]).
	Guaranteed
	// NoBoats: no ferry runs.
	NoBoats
)

// scenarios are the words for the scenarios, by number.
var scenarios = [...]string{"typical", "best", "guaranteed", "off"}

// String is the word for a scenario: "typical", "best", "guaranteed", "off".
func (s Scenario) String() string { return scenarios[s] }

// ParseScenario reads the word for a scenario.
func ParseScenario(word string) (Scenario, bool) {
	i := slices.Index(scenarios[:], word)
	return Scenario(max(i, 0)), i >= 0
}

// Boats is the state of the ferries for [Compile]. The zero value is the typical
// scenario with every number at its default.
type Boats struct {
	Scenario    Scenario
	WaitCapS    float64 // longest mean wait: for rarer boats people come at the hour; 0: 1,800
	HeadwayS    float64 // assumed where no timetable is known, never in Guaranteed; 0: 3,600
	BoardingS   float64 // where the ferry does not say; 0: 300
	KMH         float64 // of boats whose sailing time is not known; 0: 15
	StayS       float64 // Guaranteed: time needed on the other side; 0: 7,200
	MaxDaysLost float64 // Guaranteed: a boat may lose so many days a year; 0: none
}

// withDefaults fills in what is zero.
func (b Boats) withDefaults() Boats {
	set := func(v *float64, to float64) {
		if *v == 0 {
			*v = to
		}
	}
	set(&b.WaitCapS, 1800)
	set(&b.HeadwayS, 3600)
	set(&b.BoardingS, 300)
	set(&b.KMH, 15)
	set(&b.StayS, 7200)
	return b
}

// Left is why a service, or one direction of it, is not used.
type Left string

// The reasons.
const (
	LeftOff       Left = "off"          // [NoBoats]
	LeftAccess    Left = "access"       // does not carry this profile
	LeftTimetable Left = "no_timetable" // Guaranteed: headway, first or last boat not known
	LeftReturn    Left = "no_return"    // Guaranteed: no way back the same day
	LeftWeather   Left = "weather"      // Guaranteed: loses too many days
	LeftSeason    Left = "season"       // Guaranteed: does not run all the year
)

// LeftFerry is a service that a [Weights] leaves out, in one direction or both.
type LeftFerry struct {
	Service uint32 // into [Graph.Ferries]
	Back    bool   // the direction
	Why     Left
}

// boardMS is the time from the quay to departure in one direction, in
// milliseconds; sailS is the time of the whole crossing.
func (b Boats) boardMS(f Ferry, back bool, sailS float64) (uint32, Left) {
	go1, return1 := f.Out, f.Back
	if back {
		go1, return1 = return1, go1
	}
	boarding := b.BoardingS
	if f.BoardingS > 0 {
		boarding = float64(f.BoardingS)
	}
	switch b.Scenario {
	case NoBoats:
		return 0, LeftOff
	case Best:
		return roundMS(boarding), ""
	case Guaranteed:
		if why := b.counts(f, go1, return1, boarding+sailS); why != "" {
			return 0, why
		}
		wait, ok := go1.longestWaitS()
		if !ok { // one boat a day: people come for it
			wait = b.WaitCapS
		}
		return roundMS(boarding + wait), ""
	}
	wait, ok := go1.meanWaitS()
	switch {
	case ok:
	case len(go1.DeparturesS) > 0:
		wait = b.WaitCapS
	default:
		wait = b.HeadwayS / 2
	}
	return roundMS(boarding + min(wait, b.WaitCapS)), ""
}

// counts says why a direction cannot be relied upon, "" when it can.
func (b Boats) counts(f Ferry, out, home Timetable, tripS float64) Left {
	first, _, ok1 := out.window()
	_, last, ok2 := home.window()
	_, headway := out.longestWaitS()
	switch {
	case !ok1 || !ok2 || !headway && len(out.DeparturesS) == 0:
		return LeftTimetable
	case float64(first)+tripS+b.StayS > float64(last):
		return LeftReturn
	case f.DaysLost > b.MaxDaysLost:
		return LeftWeather
	case f.SeasonDays > 0 && f.SeasonDays < 365:
		return LeftSeason
	}
	return ""
}

// roundMS turns seconds into whole milliseconds, at least one.
func roundMS(s float64) uint32 {
	return uint32(max(1, min(math.Round(s*1000), MaxMS)))
}
