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

	Close   []string   `json:"close,omitempty"`   // of a closure
	Worse   []Worse    `json:"worse,omitempty"`   // of a closure
	Built   [][]string `json:"built,omitempty"`   // of phases: the sites of each year
	Covered []float64  `json:"covered,omitempty"` // of phases: the weight covered in each year
}

// Worse is a demand that travels farther after a closure, or is lost.
type Worse struct {
	Demand int32    `json:"demand"`
	Before float64  `json:"before"`
	After  *float64 `json:"after"` // null where nobody of it is served
	Lost   float64  `json:"lost"`
}

func texts(sites []int32) []string {
	list := []string{}
	for _, i := range sites {
		list = append(list, strconv.Itoa(int(i)))
	}
	return list
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
