package solvefile

import (
	"strconv"

	"lifecircle/coverage/siting"
)

// Answer is the JSON form of a solution. Seconds is what the caller measured.
type Answer struct {
	Model   siting.Model        `json:"model"`
	Open    []string            `json:"open"`
	Value   float64             `json:"value"`
	Bound   float64             `json:"bound"`
	Gap     float64             `json:"gap"`
	Proven  bool                `json:"proven"`
	Seconds float64             `json:"seconds"`
	Curve   []siting.CurvePoint `json:"curve"`
}

// AnswerOf writes a solution with ids for its sites; nil ids: site numbers.
func AnswerOf(s *siting.Solution, ids []string, seconds float64) Answer {
	a := Answer{
		Model: s.Model, Open: []string{}, Value: s.Value, Bound: s.Bound, Gap: s.Gap,
		Proven: s.Proven, Seconds: seconds, Curve: s.Curve,
	}
	if a.Curve == nil {
		a.Curve = []siting.CurvePoint{}
	}
	for _, i := range s.Open {
		if ids == nil {
			a.Open = append(a.Open, strconv.Itoa(int(i)))
			continue
		}
		a.Open = append(a.Open, ids[i])
	}
	return a
}
