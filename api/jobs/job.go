package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/message"
)

// The states of a job.
const (
	waiting   = "waiting"
	running   = "running"
	done      = "done"
	failed    = "failed"
	cancelled = "cancelled"
)

// work is what a job does.
type work func(ctx context.Context, t *task) (*advice.SiteAnswer, error)

// job is one question; the lock of the list guards it.
type job struct {
	id, kind string
	data     string // hash of the data that it was asked on
	work     work   // nil once finished: it holds the data
	state    string
	stopped  bool   // was told to stop
	halt     func() // ends what it is at
	progress *progress
	best     *advice.Worth
	answer   json.RawMessage
	err      error

	asked, started, ended time.Time
}

type progress struct {
	stage       string
	done, total int64
}

func (j *job) finished() bool { return j.state != waiting && j.state != running }

// task is a job as its work sees it.
type task struct {
	list *List
	job  *job
}

// progress is told how far the work has come.
func (t *task) progress(stage string, done, total int64) {
	t.list.mu.Lock()
	defer t.list.mu.Unlock()
	t.job.progress = &progress{stage, done, total}
}

// best is told of the best answer so far.
func (t *task) best(w advice.Worth) {
	t.list.mu.Lock()
	defer t.list.mu.Unlock()
	t.job.best = &w
}

// endsBy makes end what stops the work from now on; at once when it was told to
// stop before.
func (t *task) endsBy(end func()) {
	t.list.mu.Lock()
	t.job.halt = end
	stopped := t.job.stopped
	t.list.mu.Unlock()
	if stopped {
		end()
	}
}

func (t *task) stopped() bool {
	t.list.mu.Lock()
	defer t.list.mu.Unlock()
	return t.job.stopped
}

// answerSaid is an answer with what it does by zone.
type answerSaid struct {
	*advice.SiteAnswer
	Effect []analysis.WhatIfRow `json:"effect"`
}

// said writes an answer, so that nothing else of it need be kept.
func said(a *advice.SiteAnswer) ([]byte, error) {
	out := answerSaid{a, []analysis.WhatIfRow{}}
	if a.Effect != nil {
		out.Effect = a.Effect.Rows
	}
	return json.Marshal(out)
}

// Said is a job as answers say it.
type Said struct {
	ID       string           `json:"id"`
	Kind     string           `json:"kind"` // "siting", "closures"
	State    string           `json:"state"`
	Stopped  bool             `json:"stopped"` // was told to stop
	Current  bool             `json:"current"` // its data are those of the present
	Asked    time.Time        `json:"asked"`
	Started  *time.Time       `json:"started,omitempty"`
	Seconds  float64          `json:"seconds"` // since it started; in all once it has ended
	Progress *ProgressSaid    `json:"progress,omitempty"`
	Best     *advice.Worth    `json:"best,omitempty"`
	Answer   json.RawMessage  `json:"answer,omitempty"`
	Problem  *problem.Details `json:"problem,omitempty"`
}

// ProgressSaid is how far a job has come; Total is 0 when nobody knows.
type ProgressSaid struct {
	Stage string `json:"stage"`
	Text  string `json:"text"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

// say says a job in lang; the lock is held.
func (j *job) say(lang, data string, answer bool) Said {
	s := Said{
		ID: j.id, Kind: j.kind, State: j.state, Stopped: j.stopped, Current: j.data == data,
		Asked: j.asked.UTC().Truncate(time.Millisecond), Best: j.best,
	}
	if !j.started.IsZero() {
		at := j.started.UTC().Truncate(time.Millisecond)
		end := j.ended
		if end.IsZero() {
			end = time.Now()
		}
		s.Started, s.Seconds = &at, float64(end.Sub(j.started).Milliseconds())/1000
	}
	if p := j.progress; p != nil && j.state == running {
		s.Progress = &ProgressSaid{p.stage, message.Render(lang, p.stage, message.Args{"done": p.done, "total": p.total}), p.done, p.total}
	}
	if answer {
		s.Answer = j.answer
	}
	if j.err != nil {
		d := problem.Of(inWordsOfTheService(j.err), lang)
		s.Problem = &d
	}
	return s
}

// inWordsOfTheService replaces messages that speak of flags of the command line.
func inWordsOfTheService(err error) error {
	keys := map[string]string{"site.no_time": "api.no_time", "close.how_many": "api.close_many", "site.model": "api.site_model"}
	var said *coverage.Error
	if errors.As(err, &said) && keys[said.Key] != "" {
		return &coverage.Error{Code: said.Code, Key: keys[said.Key], Args: said.Args}
	}
	return err
}
