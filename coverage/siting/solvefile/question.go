package solvefile

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/closure"
	"lifecircle/coverage/siting/phase"
)

// Question is what a file asks: an instance, or which of its sites to close, or
// which to build when. Exactly one is set.
type Question struct {
	Instance *siting.Instance
	Close    *closure.Question
	Phases   *phase.Question
}

// closing is the JSON form of a closure.
type closing struct {
	Goal     closure.Goal `json:"goal"`
	K        int          `json:"k"`
	All      bool         `json:"all"`
	Closable ids          `json:"closable"`
}

// phases is the JSON form of phases.
type phases struct {
	Budgets   numbers `json:"budgets"`
	Carry     bool    `json:"carry"`
	Factors   numbers `json:"factors"`
	Weights   matrix  `json:"weights"`
	LastFirst bool    `json:"last_first"`
}

// Read reads the JSON form of a question and validates it, as [Parse] does.
func Read(text []byte) (*Question, error) {
	f, err := decode(text)
	if err != nil {
		return nil, err
	}
	if f.Close != nil && f.Phases != nil {
		return nil, invalid("siting.question", nil)
	}
	if f.Close == nil && f.Phases == nil {
		in, err := f.instance()
		return &Question{Instance: in}, err
	}
	in := &siting.Instance{Model: siting.MCLP, P: 1, Weights: f.Weights, Fixed: f.Fixed, Forbidden: f.Forbidden}
	if err := f.fill(in); err != nil {
		return nil, err
	}
	if f.Threshold == nil {
		return nil, invalid("siting.no_threshold", nil)
	}
	if f.Close != nil {
		return f.closure(in)
	}
	return f.phases(in)
}

// closure reads which sites to close: k of them, or as many as can.
func (f *file) closure(in *siting.Instance) (*Question, error) {
	c := f.Close
	if c.Goal == "" {
		c.Goal = closure.Keep
	}
	// Keep without a number means as many as can, which has to be said.
	if c.All != (c.K == 0) {
		return nil, invalid("siting.close", coverage.Args{"k": c.K, "closable": in.Sites()})
	}
	q := &closure.Question{
		Goal: c.Goal, Weights: in.Weights, Distances: in.Distances, Threshold: in.Threshold,
		K: c.K, Closable: c.Closable, Capacity: f.Capacity,
	}
	if len(f.Fixed) > 0 || len(f.Forbidden) > 0 {
		return nil, invalid("siting.question", nil)
	}
	return &Question{Close: q}, q.Validate()
}

func (f *file) phases(in *siting.Instance) (*Question, error) {
	in.Costs = f.Costs
	q := &phase.Question{Site: in, Budgets: f.Phases.Budgets, Carry: f.Phases.Carry, Factors: f.Phases.Factors, LastFirst: f.Phases.LastFirst}
	for _, w := range f.Phases.Weights {
		q.Weights = append(q.Weights, w)
	}
	return &Question{Phases: q}, q.Validate()
}

// Solve answers the question; nodes and limits as in [siting.Solve].
func (q *Question) Solve(ctx context.Context, o siting.Options) (Answer, error) {
	switch {
	case q.Close != nil:
		a, err := closure.Solve(ctx, q.Close, o)
		if err != nil {
			return Answer{}, err
		}
		return closeAnswer(a), nil
	case q.Phases != nil:
		a, err := phase.Solve(ctx, q.Phases, o)
		if err != nil {
			return Answer{}, err
		}
		return phaseAnswer(a), nil
	}
	s, err := siting.Solve(ctx, q.Instance, o)
	if err != nil {
		return Answer{}, err
	}
	return AnswerOf(s, nil, 0), nil
}

func closeAnswer(a *closure.Answer) Answer {
	out := Answer{
		Model: "close", Open: texts(a.Open), Close: texts(a.Close), Value: a.Value, Bound: a.Bound, Gap: a.Gap,
		Proven: a.Proven, Curve: []siting.CurvePoint{}, Worse: []Worse{},
	}
	for _, w := range a.Worse {
		x := Worse{Demand: w.Demand, Before: w.Before, Lost: w.Lost}
		if !math.IsInf(w.After, 1) {
			x.After = &w.After
		}
		out.Worse = append(out.Worse, x)
	}
	return out
}

func phaseAnswer(a *phase.Answer) Answer {
	out := Answer{
		Model: "phases", Value: a.Value, Bound: a.Bound, Gap: a.Gap, Proven: a.Proven,
		Curve: []siting.CurvePoint{}, Covered: a.Covered, Built: [][]string{},
	}
	var all []int32
	for _, built := range a.Built {
		out.Built = append(out.Built, texts(built))
		all = append(all, built...)
	}
	slices.Sort(all)
	out.Open = texts(all)
	return out
}
