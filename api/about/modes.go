package about

import (
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/message"
	"lifecircle/coverage/travel/ground"
	"lifecircle/coverage/travel/road"
	"lifecircle/geo/network"
)

// modeAnswer is a way to travel. SpeedKMH is the speed that a question has unless
// it names one: of a profile that on a residential street; 0 where there is none
// such (mixed).
type modeAnswer struct {
	Mode     string        `json:"mode"`
	Name     coverage.Text `json:"name"`
	Roads    bool          `json:"roads"`  // moves along roads
	Ground   bool          `json:"ground"` // crosses open ground
	SpeedKMH float64       `json:"speed_kmh,omitempty"`
}

func modes(ds *coverage.Dataset) []modeAnswer {
	out := []modeAnswer{}
	for _, m := range analysis.Modes(ds) {
		a := modeAnswer{Mode: m, Name: modeName(m)}
		switch m {
		case coverage.ModeLine:
			a.SpeedKMH = analysis.DefaultSpeedKMH
		case coverage.ModeMixed:
			a.Roads, a.Ground = true, true
		case coverage.ModeFriction:
			a.Ground, a.SpeedKMH = true, ds.Transport.Ground.KMH
			if a.SpeedKMH == 0 {
				a.SpeedKMH = ground.WalkKMH
			}
		default:
			a.Roads, a.SpeedKMH = true, road.Nominal(ds.Transport.Profile(m))
		}
		out = append(out, a)
	}
	return out
}

// modeName is the name of a mode for people; a project's own profile speaks for
// itself.
func modeName(mode string) coverage.Text {
	key := "api.mode." + mode
	if !message.Has(key) {
		return coverage.Text{ZH: mode, EN: mode}
	}
	return coverage.Text{ZH: message.Render("zh", key, nil), EN: message.Render("en", key, nil)}
}

// transportAnswer says what there is to move on besides straight lines.
type transportAnswer struct {
	Roads    bool   `json:"roads"`
	Ground   bool   `json:"ground"`
	Edges    int    `json:"edges"`    // stretches of road
	Boats    int    `json:"boats"`    // ferry services
	Scenario string `json:"scenario"` // of the boats, unless a question names one
}

func transport(t *coverage.Transport) *transportAnswer {
	if t == nil {
		return nil
	}
	a := &transportAnswer{Roads: t.Roads != nil, Ground: t.Ground != nil, Scenario: t.Boats.Scenario.String()}
	if t.Roads != nil {
		a.Edges, a.Boats = roadEdges(t.Roads), len(t.Roads.Ferries())
	}
	return a
}

// roadEdges counts the edges that no boat sails along.
func roadEdges(g *network.Graph) int {
	n := 0
	for e := range g.Edges() {
		if _, sails := g.Boat(uint32(e)); !sails {
			n++
		}
	}
	return n
}
