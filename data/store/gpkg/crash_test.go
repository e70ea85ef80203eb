package gpkg

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/store/storetest"
)

// The test program runs itself as a child that writes and waits to be killed.
const (
	childPath = "LIFECIRCLE_TEST_STORE"
	childWork = "LIFECIRCLE_TEST_WORK"
	childStop = "LIFECIRCLE_TEST_STOP" // at which report the child says so and waits
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		os.Exit(child(path))
	}
	os.Exit(m.Run())
}

// child writes to a store and stops at a report: it prints a line and waits
// for its input to end.
func child(path string) int {
	stop, err := strconv.Atoi(os.Getenv(childStop))
	if err != nil {
		return 3
	}
	seen := 0
	hold := func(string, int64, int64) {
		if seen++; seen == stop {
			fmt.Println("waiting")
			_, _ = io.Copy(io.Discard, os.Stdin)
		}
	}
	s, err := Create(noContext{}, path)
	if err == nil {
		err = s.work(os.Getenv(childWork), hold)
	}
	if err != nil {
		fmt.Println(coverage.CodeOf(err))
		return 1
	}
	fmt.Println("done")
	return 0
}

// bigger is another dataset than the town, large enough for several reports.
func bigger() *coverage.Dataset { return storetest.Cells(100) }

func (s *Store) work(what string, p coverage.Progress) error {
	if what == "run" {
		ds, err := s.Load(noContext{}, nil)
		if err != nil {
			return err
		}
		return s.SaveRun(noContext{}, storetest.RunOn(ds, 2), p)
	}
	return s.Save(noContext{}, bigger(), p)
}

// noContext is a context that never ends, for the child.
type noContext struct{}

func (noContext) Deadline() (time.Time, bool) { return time.Time{}, false }
func (noContext) Done() <-chan struct{}       { return nil }
func (noContext) Err() error                  { return nil }
func (noContext) Value(any) any               { return nil }

// startChild runs a child until it waits (true) or has ended (false, with its
// last line).
func startChild(t *testing.T, path, work string, stop int) (*exec.Cmd, io.Closer, bool, string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childPath+"="+path, childWork+"="+work, childStop+"="+strconv.Itoa(stop))
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal("the child said nothing: ", err)
	}
	return c, in, line == "waiting\n", strings.TrimSpace(line)
}

func kill(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
}

// TestKilledWhileWriting kills a child at every one of its reports, from the
// first rows to the moment before the new file takes the old one's place: the
// old file must open and hold what it held.
func TestKilledWhileWriting(t *testing.T) {
	for _, work := range []string{"save", "run"} {
		s, ds, run := saved(t)
		if work == "run" {
			ds, run = bigger(), storetest.RunOn(bigger(), 1)
			if err := errors.Join(s.Save(t.Context(), ds, nil), s.SaveRun(t.Context(), run, nil)); err != nil {
				t.Fatal(err)
			}
		}
		stop := 1
		for ; ; stop++ {
			c, _, waits, said := startChild(t, s.path, work, stop)
			if !waits {
				kill(t, c)
				if said != "done" {
					t.Fatalf("the child ended with %q", said)
				}
				break
			}
			kill(t, c)
			got, err := s.Load(t.Context(), nil)
			if err != nil || storetest.Same(ds, got) != "" {
				t.Fatalf("killed at report %d of %s: %v", stop, work, err)
			}
			if answer, err := s.Answer(t.Context(), run.Hash); err != nil || len(answer) == 0 {
				t.Fatalf("killed at report %d of %s: the run is lost: %v", stop, work, err)
			}
		}
		if stop < 3 {
			t.Errorf("%s made only %d reports: nothing was tested", work, stop-1)
		}
		if work == "save" {
			ds = bigger()
		}
		if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
			t.Fatalf("after %s got through: %v", work, err)
		}
		tidy(t, s)
	}
}

// tidy checks that nothing but the store is left in its folder.
func tidy(t *testing.T, s *Store) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(s.path) {
			t.Errorf("%s is left behind", e.Name())
		}
	}
}

// TestKilledAtAnyMoment kills children after waits that have nothing to do with
// their reports.
func TestKilledAtAnyMoment(t *testing.T) {
	s, ds, _ := saved(t)
	want := []*coverage.Dataset{ds, bigger()}
	for n := range 8 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childPath+"="+s.path, childWork+"=save", childStop+"=0")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(n*15) * time.Millisecond)
		kill(t, c)
		got, err := s.Load(t.Context(), nil)
		if err != nil || storetest.Same(want[0], got) != "" && storetest.Same(want[1], got) != "" {
			t.Fatalf("kill %d: neither the old nor the new dataset: %v", n, err)
		}
	}
}

// TestTwoWriters lets a child stop in the middle of a save: a second writer
// gets a conflict, a reader reads, and both writes are whole afterwards.
func TestTwoWriters(t *testing.T) {
	s, ds, _ := saved(t)
	c, in, waits, said := startChild(t, s.path, "save", 1)
	if !waits {
		t.Fatal("the child did not wait: ", said)
	}
	defer kill(t, c)
	defer func(usual time.Duration) { wait = usual }(wait)
	wait = 300 * time.Millisecond
	err := s.SaveRun(t.Context(), storetest.RunOn(ds, 7), nil)
	if coverage.CodeOf(err) != coverage.Conflict || !strings.Contains(err.Error(), "another program") {
		t.Errorf("the second writer: %v", err)
	}
	if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
		t.Errorf("a reader meanwhile: %v", err)
	}
	if err := errors.Join(in.Close(), c.Wait()); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(bigger(), got) != "" {
		t.Errorf("the first writer's dataset: %v", err)
	}
}

// TestWaitsForTheOther has a second writer wait for the first one: it must see
// the file that the first one has put in place, not the one that it opened.
func TestWaitsForTheOther(t *testing.T) {
	s, ds, _ := saved(t)
	c, in, waits, said := startChild(t, s.path, "save", 1)
	if !waits {
		t.Fatal("the child did not wait: ", said)
	}
	defer kill(t, c)
	result := make(chan error)
	go func() { result <- s.SaveRun(t.Context(), storetest.RunOn(ds, 7), nil) }()
	time.Sleep(300 * time.Millisecond) // let it come to the lock; either order is right
	if err := errors.Join(in.Close(), c.Wait()); err != nil {
		t.Fatal(err)
	}
	if err := <-result; coverage.CodeOf(err) != coverage.Conflict || !strings.Contains(err.Error(), "compute again") {
		t.Errorf("a run on the dataset that was replaced: %v", err)
	}
	if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(bigger(), got) != "" {
		t.Errorf("the first writer's dataset: %v", err)
	}
}
