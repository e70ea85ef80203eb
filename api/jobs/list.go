package jobs

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
)

// List are the jobs that are kept, in the order asked. It is safe for concurrent
// use.
type List struct {
	planner Planner
	most    int
	log     *slog.Logger
	life    context.Context
	end     context.CancelFunc
	wait    sync.WaitGroup

	mu      sync.Mutex
	jobs    []*job
	running bool
}

// New makes a list that keeps at most most jobs. Its work ends with life, or when
// it is closed.
func New(life context.Context, p Planner, most int, log *slog.Logger) *List {
	l := &List{planner: p, most: most, log: log}
	l.life, l.end = context.WithCancel(life)
	return l
}

// Close stops everything and waits until it has stopped. Nothing starts any more.
func (l *List) Close() {
	l.mu.Lock()
	l.end()
	for _, j := range l.jobs {
		if j.state == waiting {
			j.finish(nil, context.Canceled)
		}
	}
	l.mu.Unlock()
	l.wait.Wait()
}

// add puts a job at the end of the line. When the list is full the oldest finished
// job is forgotten; the error is 429 when there is none.
func (l *List) add(j *job) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.life.Err() != nil {
		return problem.New(http.StatusServiceUnavailable, "busy", "api.busy", nil)
	}
	if len(l.jobs) >= l.most {
		old := slices.IndexFunc(l.jobs, func(j *job) bool { return j.finished() })
		if old < 0 {
			return problem.New(http.StatusTooManyRequests, "busy", "api.jobs_full", coverage.Args{"limit": l.most})
		}
		l.jobs = slices.Delete(l.jobs, old, old+1)
	}
	j.id, j.state, j.asked = newID(), waiting, time.Now()
	l.jobs = append(l.jobs, j)
	l.next()
	return nil
}

func newID() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// next starts the job whose turn it is. The lock is held.
func (l *List) next() {
	if l.running || l.life.Err() != nil {
		return
	}
	for _, j := range l.jobs {
		if j.state != waiting {
			continue
		}
		l.running = true
		j.state, j.started = running, time.Now()
		ctx, cancel := context.WithCancel(l.life)
		j.halt = cancel
		l.wait.Go(func() {
			defer cancel()
			l.run(ctx, j)
		})
		return
	}
}

// run does the work of a job and lets the next one start.
func (l *List) run(ctx context.Context, j *job) {
	answer, err := l.guarded(ctx, j)
	var text []byte
	if err == nil {
		text, err = said(answer)
	}
	if err != nil && problem.Of(err, "en").Status == http.StatusInternalServerError && ctx.Err() == nil {
		l.log.Error("job failed", "kind", j.kind, "error", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	j.finish(text, err)
	l.running = false
	l.next()
}

// guarded turns a panic into an error: nothing else would catch it here.
func (l *List) guarded(ctx context.Context, j *job) (a *advice.SiteAnswer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	started := time.Now()
	if a, err = j.work(ctx, &task{l, j}); err == nil {
		a.Seconds = float64(time.Since(started).Milliseconds()) / 1000
	}
	return a, err
}

// find returns a job, nil when there is none. The lock is held.
func (l *List) find(id string) *job {
	for _, j := range l.jobs {
		if j.id == id {
			return j
		}
	}
	return nil
}

// stop stops a job.
func (l *List) stop(j *job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if j.finished() || j.stopped {
		return
	}
	j.stopped = true
	if j.state == waiting {
		j.finish(nil, context.Canceled)
		return
	}
	j.halt()
}

// finish ends a job with an answer or an error. The lock is held.
func (j *job) finish(answer []byte, err error) {
	var no *coverage.Error
	ended := errors.Is(err, context.Canceled) || j.stopped && errors.As(err, &no) && no.Key == "site.no_time"
	switch {
	case err == nil:
		j.state, j.answer = done, answer
	case ended:
		j.state = cancelled
	default:
		j.state, j.err = failed, err
	}
	j.ended, j.work, j.halt = time.Now(), nil, nil
}
