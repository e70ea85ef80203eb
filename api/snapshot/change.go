package snapshot

import (
	"context"
	"time"

	"lifecircle/api/query"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"
)

// keptStands is how many choices stay answered for changes to be held against: on
// a million cells each takes some 15 MB.
const keptStands = 4

// standTime is how long a choice may take to be answered for that. It is answered
// to the end though whoever asked has gone: a page that drags a pin asks anew all
// the time.
const standTime = 5 * time.Minute

// WhatIf compares a choice before and after changes; the choice itself is answered
// once.
func (s *Snapshot) WhatIf(ctx context.Context, c query.Choice, changes scenario.Changes) (*analysis.WhatIfAnswer, error) {
	c, err := s.settle(c)
	if err != nil {
		return nil, err
	}
	standing, err := s.stands.Get(ctx, c.Key(), func(ctx context.Context) (*analysis.Standing, error) {
		ctx, cancel := context.WithTimeout(ctx, standTime)
		defer cancel()
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		standing, err := s.analyst.Stand(ctx, s.Data, c.Analysis())
		return standing, blame(err)
	})
	if err != nil {
		return nil, err
	}
	leave, err := s.quick.Enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return standing.WhatIf(ctx, changes)
}

// Advice is the gaps of a choice with what would close them: computed once, then
// kept for a while. It has the standard, the run and the gaps only.
func (s *Snapshot) Advice(ctx context.Context, c query.Choice) (*Answer, error) {
	c, err := s.settle(c)
	if err != nil {
		return nil, err
	}
	return s.advice.Get(ctx, c.Key(), func(ctx context.Context) (*Answer, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		run, err := s.analyst.Remedies(ctx, s.Data, c.Analysis())
		if err != nil {
			return nil, blame(err)
		}
		whole, err := only(run)
		if err != nil {
			return nil, err
		}
		said := *run
		said.Coverage = nil // its columns are as long as the demand
		return &Answer{Run: &said, Coverage: &coverage.Coverage{Standard: whole.Standard, Gaps: whole.Gaps}}, nil
	})
}

// Sharing is a choice with its borders kept, as the data share, and without them:
// computed once, then kept for a while.
func (s *Snapshot) Sharing(ctx context.Context, c query.Choice) (*analysis.SharingAnswer, error) {
	c, err := s.settle(c)
	if err != nil {
		return nil, err
	}
	return s.sharing.Get(ctx, c.Key(), func(ctx context.Context) (*analysis.SharingAnswer, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		answer, err := s.analyst.Sharing(ctx, s.Data, c.Analysis())
		return answer, blame(err)
	})
}

// Question is a choice as the engine takes it, once it is known that the engine
// takes it.
func (s *Snapshot) Question(c query.Choice) (analysis.Choice, error) {
	c, err := s.settle(c)
	if err != nil {
		return analysis.Choice{}, err
	}
	_, err = s.analyst.Options(s.Data, c.Analysis())
	return c.Analysis(), blame(err)
}
