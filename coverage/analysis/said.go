package analysis

import (
	"math"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Cost is a cost as answers say it: Seconds or Metres is set, rounded up to a
// second or a millimetre.
type Cost struct {
	Seconds *int64   `json:"seconds,omitempty"`
	Metres  *float64 `json:"metres,omitempty"`
}

func costOf(cost uint32, time bool) Cost {
	if time {
		s := (int64(cost) + 999) / 1000
		return Cost{Seconds: &s}
	}
	m := float64(cost) / 1000
	return Cost{Metres: &m}
}

// RouteSaid is a route as answers say it. Positions are longitude, latitude.
type RouteSaid struct {
	From     orb.Point       `json:"from"`
	Facility string          `json:"facility"`
	Name     string          `json:"name"`
	Kind     string          `json:"kind"`
	At       orb.Point       `json:"at"`
	Travel   coverage.Travel `json:"travel"`
	Cost
	DelayS int64      `json:"delay_s"`
	Steps  []StepSaid `json:"steps,omitempty"`
}

// StepSaid is a step of a route. MS or MM is exact; all of a route and its delay
// add up to its cost before that is rounded up.
type StepSaid struct {
	Kind string  `json:"kind"` // line, walk, street, board, sail, ground
	Name string  `json:"name,omitempty"`
	MS   *uint32 `json:"ms,omitempty"`
	MM   *uint32 `json:"mm,omitempty"`
	// Line is the positions of the step, one for a step without length.
	Line orb.LineString `json:"line,omitempty"`
}

// Said is the route from a place as answers say it.
func (r *RouteAnswer) Said(from orb.Point) RouteSaid {
	out := RouteSaid{
		From: from, Facility: r.Facility.ID, Name: r.Facility.Name, Kind: r.Facility.Kind, At: r.Facility.At, Travel: r.Travel,
		Cost: costOf(r.Route.Cost, r.IsTime), DelayS: int64(r.DelayMS) / 1000, Steps: []StepSaid{},
	}
	for _, s := range r.Steps {
		said := StepSaid{Kind: s.Kind, Name: s.Name, Line: rounded(s.Line)}
		cost := s.Cost
		if said.MS = &cost; !r.IsTime {
			said.MS, said.MM = nil, &cost
		}
		out.Steps = append(out.Steps, said)
	}
	return out
}

// Line is the whole way.
func (r *RouteAnswer) Line() orb.LineString {
	var line orb.LineString
	for _, s := range r.Steps {
		for _, p := range rounded(s.Line) {
			if n := len(line); n == 0 || line[n-1] != p {
				line = append(line, p)
			}
		}
	}
	return line
}

// rounded is a line to 1e-7 degree, a centimetre.
func rounded(line orb.LineString) orb.LineString {
	out := make(orb.LineString, len(line))
	for i, p := range line {
		out[i] = orb.Point{math.Round(p[0]*1e7) / 1e7, math.Round(p[1]*1e7) / 1e7}
	}
	return out
}

// AreaSaid is what is reached within one threshold, as answers say it.
type AreaSaid struct {
	From      orb.Point          `json:"from"`
	Threshold coverage.Threshold `json:"threshold"`
	Above     coverage.Threshold `json:"above,omitzero"` // of a band: beyond this
	Travel    coverage.Travel    `json:"travel"`
	People    map[string]float64 `json:"people"` // by group, counted from their own cost
}

// Said is area i as answers say it.
func (a *IsochroneAnswer) Said(i int, from orb.Point) AreaSaid {
	out := AreaSaid{From: from, Threshold: a.Within[i], Travel: a.Travel, People: map[string]float64{}}
	if a.Bands && i > 0 {
		out.Above = a.Within[i-1]
	}
	for g, name := range a.Groups {
		out.People[name] = a.Areas[i].People[g]
	}
	return out
}
