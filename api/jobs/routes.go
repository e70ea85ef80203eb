package jobs

import (
	"context"
	"net/http"
	"slices"

	"lifecircle/api/body"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"

	"github.com/gorilla/mux"
)

// Routes are the routes of this package.
func (l *List) Routes() []route.Route {
	return []route.Route{
		{Method: http.MethodPost, Path: "/siting", Handle: l.siting},
		{Method: http.MethodPost, Path: "/closures", Handle: l.closures},
		{Path: "/jobs", Handle: l.all},
		{Path: "/jobs/{id}", Handle: l.one},
		{Method: http.MethodDelete, Path: "/jobs/{id}", Handle: l.stopOne},
	}
}

func (l *List) siting(w http.ResponseWriter, r *route.Request) error {
	data, err := body.Read(w, r.Request)
	if err != nil {
		return err
	}
	s, err := ParseSiting(data)
	if err != nil {
		return err
	}
	if err := s.check(r.Data); err != nil {
		return err
	}
	c, err := r.Data.Question(s.Choice)
	if err != nil {
		return err
	}
	for _, more := range s.With {
		other, err := r.Data.Question(more)
		if err != nil {
			return err
		}
		c.Standards, c.AdHoc = slices.Concat(c.Standards, other.Standards), slices.Concat(c.AdHoc, other.AdHoc)
	}
	ds := r.Data.Data
	return l.start(w, r, "siting", func(ctx context.Context, t *task) (*advice.SiteAnswer, error) {
		return s.solve(ctx, t, l.planner.EngineOf(ds), ds, c)
	})
}

func (l *List) closures(w http.ResponseWriter, r *route.Request) error {
	data, err := body.Read(w, r.Request)
	if err != nil {
		return err
	}
	q, err := ParseClosures(data)
	if err != nil {
		return err
	}
	c, err := r.Data.Question(q.Choice)
	if err != nil {
		return err
	}
	ds := r.Data.Data
	return l.start(w, r, "closures", func(ctx context.Context, t *task) (*advice.SiteAnswer, error) {
		return l.planner.EngineOf(ds).Close(ctx, c, q.Ask, q.options(t, false))
	})
}

// start puts a job in the line and says where it is found.
func (l *List) start(w http.ResponseWriter, r *route.Request, kind string, do work) error {
	j := &job{kind: kind, data: r.Data.Hash(), work: do}
	if err := l.add(j); err != nil {
		return err
	}
	w.Header().Set("Location", "/jobs/"+j.id)
	return l.answer(w, r, http.StatusAccepted, j)
}

// options let the search end when its time is over or the job is stopped, and tell
// how it gets on.
func (p proof) options(t *task, curve bool) advice.SolveOptions {
	return advice.SolveOptions{
		Options: siting.Options{Gap: p.gap, Curve: curve, Progress: t.progress},
		Best:    t.best,
		Limit: func(ctx context.Context) (context.Context, context.CancelFunc) {
			limited, cancel := context.WithTimeout(ctx, p.limit)
			t.endsBy(cancel) // the best so far is the answer
			return limited, cancel
		},
	}
}

// solve finds the candidates and the sites.
func (s *Siting) solve(ctx context.Context, t *task, e Engine, ds *coverage.Dataset, c analysis.Choice) (*advice.SiteAnswer, error) {
	ask := s.Ask
	var err error
	if ask.Candidates, err = s.find(e, ds); err != nil {
		return nil, err
	}
	first := s.options(t, s.Curve)
	first.Near = s.Near
	answer, err := e.Site(ctx, c, ask, first)
	if err != nil || !s.Robust {
		return answer, err
	}
	varied, cancel := context.WithCancel(ctx)
	defer cancel()
	t.endsBy(cancel)
	o := s.options(t, false)
	o.Limit = func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, s.limit)
	}
	robust, err := e.Robust(varied, c, ask, answer, o)
	if err != nil && ctx.Err() == nil && (t.stopped() || coverage.CodeOf(err) == coverage.Conflict) {
		return answer, nil // stopped, or out of time: how steady it is remains unknown
	}
	answer.Robust = robust
	return answer, err
}

// find makes the candidates.
func (s *Siting) find(e Engine, ds *coverage.Dataset) ([]plan.Candidate, error) {
	switch s.From {
	case "cells":
		return plan.FromCells(ds, s.Spacing, s.Most)
	case "villages":
		return plan.FromZones(ds), nil
	case "kind":
		return e.Houses(s.Kinds), nil
	}
	list := slices.Clone(s.Ask.Candidates)
	for i := range list {
		e.Place(&list[i])
	}
	return list, nil
}

func (l *List) all(w http.ResponseWriter, r *route.Request) error {
	list, data := []Said{}, r.Data.Hash()
	l.mu.Lock()
	for _, j := range slices.Backward(l.jobs) {
		list = append(list, j.say(query.Lang(r.Request), data, false))
	}
	l.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store")
	return route.JSON(w, map[string][]Said{"jobs": list})
}

func (l *List) one(w http.ResponseWriter, r *route.Request) error {
	j, err := l.named(r)
	if err != nil {
		return err
	}
	return l.answer(w, r, http.StatusOK, j)
}

// stopOne stops a job; one that has ended stays as it is.
func (l *List) stopOne(w http.ResponseWriter, r *route.Request) error {
	j, err := l.named(r)
	if err != nil {
		return err
	}
	l.stop(j)
	return l.answer(w, r, http.StatusOK, j)
}

func (l *List) named(r *route.Request) (*job, error) {
	id := mux.Vars(r.Request)["id"]
	l.mu.Lock()
	defer l.mu.Unlock()
	if j := l.find(id); j != nil {
		return j, nil
	}
	return nil, problem.New(http.StatusNotFound, coverage.NotFound, "api.job", coverage.Args{"id": id})
}

func (l *List) answer(w http.ResponseWriter, r *route.Request, status int, j *job) error {
	data := r.Data.Hash() // before the lock: the first time it takes a while
	l.mu.Lock()
	s := j.say(query.Lang(r.Request), data, true)
	l.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store")
	return route.JSONAs(w, status, s)
}
