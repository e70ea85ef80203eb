package advice

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// SolveOptions steer the search for an answer, after the travel is known.
type SolveOptions struct {
	siting.Options
	// Limit ends the search for a better answer or bound; nil: only ctx does.
	Limit func(ctx context.Context) (context.Context, context.CancelFunc)
	// Best is told how good the best answer is as it gets better; nil is silent. It
	// is called in the solving goroutine and must return soon.
	Best func(Worth)
	// Near asks for other answers whose value is within this share of the best; 0: none.
	Near float64
}

func (o *SolveOptions) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.Limit == nil {
		return context.WithCancel(ctx)
	}
	return o.Limit(ctx)
}

// search runs a search under the limit, and says so when it found nothing in time.
func search[T any](ctx context.Context, o *SolveOptions, do func(ctx context.Context) (T, error)) (T, error) {
	limited, cancel := o.limited(ctx)
	defer cancel()
	found, err := do(limited)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		err = &coverage.Error{Code: coverage.Conflict, Key: "site.no_time"}
	}
	return found, err
}

func (p *planner) solve(ctx context.Context, setup *plan.Setup, o SolveOptions) (*siting.Solution, error) {
	o, last := o.telling(func(value, bound float64) Worth { return p.worth(setup, value, bound) })
	s, err := search(ctx, &o, func(ctx context.Context) (*siting.Solution, error) {
		return siting.Solve(ctx, &setup.Instance, o.Options)
	})
	if err == nil {
		last(s.Value, s.Bound)
	}
	return s, err
}
