package coverage

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Threshold is a closed upper bound on travel: a time or a distance, never both.
type Threshold struct {
	Seconds int32   `json:"seconds,omitempty"`
	Metres  float64 `json:"metres,omitempty"`
}

// Limit is the threshold in the unit of [Coverage.Cost]: milliseconds for a
// time, millimetres for a distance (rounded down, so that Cost <= Limit says
// what the exact values say).
func (t Threshold) Limit() uint32 {
	if t.Seconds > 0 {
		return uint32(t.Seconds) * 1000
	}
	return uint32(math.Floor(t.Metres*1000 + 1e-6))
}

// IsTime reports whether the threshold is a time.
func (t Threshold) IsTime() bool { return t.Seconds > 0 }

// String writes the threshold as [ParseThreshold] reads it.
func (t Threshold) String() string {
	switch {
	case t.Seconds > 0 && t.Seconds%60 == 0:
		return fmt.Sprintf("%dmin", t.Seconds/60)
	case t.Seconds > 0:
		return fmt.Sprintf("%ds", t.Seconds)
	}
	return strconv.FormatFloat(t.Metres, 'f', -1, 64) + "m"
}

// ParseThreshold reads "15min", "900s", "1h", "1250m" or "1.25km". Times are
// whole seconds up to 24 h, distances over 0 up to 4,000 km.
func ParseThreshold(s string) (Threshold, error) {
	units := []struct {
		suffix string
		factor float64
		time   bool
	}{{"min", 60, true}, {"h", 3600, true}, {"s", 1, true}, {"km", 1000, false}, {"m", 1, false}}
	for _, u := range units {
		digits, ok := strings.CutSuffix(strings.TrimSpace(s), u.suffix)
		if !ok {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		v *= u.factor
		if err != nil || !(v > 0) || u.time && (v > 86400 || v != math.Trunc(v)) || v > 4e6 {
			break
		}
		if u.time {
			return Threshold{Seconds: int32(v)}, nil
		}
		return Threshold{Metres: v}, nil
	}
	return Threshold{}, &Error{Code: Invalid, Key: "threshold.invalid", Args: Args{"value": s}}
}

// Travel says how people get to a facility.
type Travel struct {
	Mode     string  `json:"mode"`                // impedance: [ModeLine], [ModeFriction], [ModeMixed], or a profile of [Transport]
	As       string  `json:"as,omitempty"`        // of line: what moves along it, a name for the reader; of mixed: the profile on the road
	SpeedKMH float64 `json:"speed_kmh,omitempty"` // km/h; line: > 0 when the threshold is a time; else 0 leaves the speeds of profile and ground
	Detour   float64 `json:"detour,omitempty"`    // of line: path length / straight line, >= 1; else 0
	From     bool    `json:"from,omitempty"`      // the journey is from the facility to the people (an ambulance), not to it
	Boats    string  `json:"boats,omitempty"`     // "typical", "best", "guaranteed", "off"; "" as [Transport] says
}

// Rule is the promise of a standard in one setting.
type Rule struct {
	Setting   Setting   `json:"setting"`   // SettingAny: everywhere
	Threshold Threshold `json:"threshold"` // closed
	Travel    Travel    `json:"travel"`
}

// Standard is a promise to people: so many minutes to a facility of some kinds.
// All of its rules have the same kind of threshold, time or distance.
type Standard struct {
	ID       string   `json:"id"` // "xianning-2025/medical"
	Name     Text     `json:"name"`
	Document Text     `json:"document"` // the plan
	Clause   string   `json:"clause"`   // where in the plan
	Service  string   `json:"service"`  // "medical", "elderly" ...
	Kinds    []string `json:"kinds"`
	Group    string   `json:"group"`  // whom it promises: "all", "60+"
	Rules    []Rule   `json:"rules"`  // at most one a setting; either one SettingAny, or Urban and/or Rural
	Target   float64  `json:"target"` // share to be served, 0..1; 0 none stated
	Note     Text     `json:"note"`
}

// RuleFor returns the rule for people who live in setting at, and whether there
// is one. People of unknown setting are judged only by a rule for everywhere.
func (s *Standard) RuleFor(at Setting) (Rule, bool) {
	for _, r := range s.Rules {
		if r.Setting == SettingAny || r.Setting == at {
			return r, true
		}
	}
	return Rule{}, false
}
