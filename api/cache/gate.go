package cache

import (
	"context"
	"net/http"
	"time"

	"lifecircle/api/problem"
)

// Gate lets only so many through at once. The zero value lets nobody through;
// see [NewGate].
type Gate struct {
	slots chan struct{}
	wait  time.Duration
}

// NewGate makes a gate for n at once; who waits longer than wait is sent away.
func NewGate(n int, wait time.Duration) *Gate {
	return &Gate{slots: make(chan struct{}, n), wait: wait}
}

// Enter waits for a free slot and returns the function that frees it again. The
// error is "busy" (503), or that of the context.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	timer := time.NewTimer(g.wait)
	defer timer.Stop()
	select {
	case g.slots <- struct{}{}:
		return func() { <-g.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, problem.New(http.StatusServiceUnavailable, "busy", "api.busy", nil)
	}
}
