package main

import (
	"io"
	"os"
	"sync"
	"time"

	"lifecircle/coverage"

	"github.com/schollz/progressbar/v3"
)

// patience is how long work runs before it shows a bar.
const patience = time.Second

// progress shows how far long work has come on stderr, when that is a terminal.
// The returned stop clears the bar.
func (a *app) progress() (report coverage.Progress, stop func()) {
	if a.quiet || !isTerminal(a.stderr) {
		return nil, func() {}
	}
	p := &progressView{a: a, started: time.Now()}
	return p.report, p.stop
}

type progressView struct {
	a       *app
	mu      sync.Mutex
	started time.Time
	stage   string
	bar     *progressbar.ProgressBar
}

func (p *progressView) report(stage string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.started) < patience {
		return
	}
	if stage != p.stage || p.bar == nil {
		p.clear()
		p.stage, p.bar = stage, newBar(p.a.stderr, total, p.a.say(stage, nil))
	}
	_ = p.bar.Set64(done) // drawing a bar must never stop the work
}

func newBar(w io.Writer, total int64, label string) *progressbar.ProgressBar {
	if total <= 0 {
		total = -1 // unknown: a spinner
	}
	return progressbar.NewOptions64(
		total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(label),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
		progressbar.OptionUseANSICodes(os.Getenv("TERM") != "dumb"), progressbar.OptionSetWidth(30),
	)
}

func (p *progressView) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

func (p *progressView) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}
