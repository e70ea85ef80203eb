// Package jobs answers questions that take longer than a request: where to build
// (POST /siting) and what may close (POST /closures). Each starts a job; GET
// /jobs/{id} says how far it has come and how good its best answer is, and has the
// answer in the end.
//
// One job runs at a time, the others wait their turn in the order asked. The last
// few are kept; all end with the service ([List.Close]). A job belongs to the data
// that it was asked on: its answer names them, and "current" says whether they are
// those of the present.
//
// DELETE stops a job and forgets nothing: one that waits, or that has found no
// answer yet, is cancelled; one that is solving answers with the best it has, and
// is done.
//
// The package computes nothing: [Engine] does. The central type is [List].
package jobs

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting/plan"
)

// Engine answers questions about sites on one dataset.
type Engine interface {
	Site(ctx context.Context, c analysis.Choice, ask advice.SiteAsk, o advice.SolveOptions) (*advice.SiteAnswer, error)
	Robust(ctx context.Context, c analysis.Choice, ask advice.SiteAsk, first *advice.SiteAnswer, o advice.SolveOptions) (*advice.RobustAnswer, error)
	Close(ctx context.Context, c analysis.Choice, ask advice.CloseAsk, o advice.SolveOptions) (*advice.SiteAnswer, error)
	Houses(kinds []string) []plan.Candidate // facilities as candidates
	Place(c *plan.Candidate)                // says where a candidate lies
}

// Planner makes the engine of a job, which nobody else asks meanwhile.
type Planner interface {
	EngineOf(ds *coverage.Dataset) Engine
}
