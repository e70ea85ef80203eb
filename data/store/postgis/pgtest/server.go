package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"lifecircle/data/datatest"

	"github.com/jackc/pgx/v5"
)

var (
	started *server
	absent  error // why there is none
	count   atomic.Int64
)

type server struct {
	folder string
	port   int
	cmd    *exec.Cmd
	leash  io.Closer // the server lives as long as this is open
}

// Main runs the tests of a package with one server: call it from TestMain. The
// server starts before the first test and stops after the last.
func Main(m *testing.M) {
	started, absent = start()
	code := m.Run()
	if started != nil {
		started.stop()
	}
	os.Exit(code)
}

// URL makes an empty database with PostGIS and returns its URL. It skips the
// test when there is no server.
func URL(t testing.TB) string {
	t.Helper()
	return database(t, template)
}

// Bare is [URL] without PostGIS.
func Bare(t testing.TB) string {
	t.Helper()
	return database(t, "template1")
}

func database(t testing.TB, from string) string {
	t.Helper()
	if started == nil {
		if absent == nil {
			absent = errors.New("TestMain does not call pgtest.Main")
		}
		datatest.Missing(t, "no PostGIS server for the tests: ", absent)
	}
	name := fmt.Sprintf("test_%d", count.Add(1))
	if err := started.run(t.Context(), "postgres", "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := started.run(context.Background(), "postgres", "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return started.url(name)
}

// template is a database with PostGIS: copying it is quicker than installing
// the extension again.
const template = "with_postgis"

func (s *server) prepare() error {
	if err := s.run(context.Background(), "postgres", "CREATE DATABASE "+template); err != nil {
		return err
	}
	return s.run(context.Background(), template, "CREATE EXTENSION postgis")
}

func (s *server) url(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

func (s *server) run(ctx context.Context, database, query string) error {
	conn, err := pgx.Connect(ctx, s.url(database))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, query)
	return errors.Join(err, conn.Close(ctx))
}

// binaries finds the newest server.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path), nil
		}
		return "", errors.New("initdb is not installed (Debian: postgresql, postgresql-15-postgis-3)")
	}
	sort.Strings(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func start() (*server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "pgtest-")
	if err != nil {
		return nil, err
	}
	s := &server{folder: folder}
	err = s.launch(bin)
	if err == nil {
		err = s.prepare()
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *server) launch(bin string) error {
	owner, err := unprivileged()
	if err != nil {
		return err
	}
	if owner != nil {
		if err := os.Chown(s.folder, owner.uid, owner.gid); err != nil {
			return err
		}
	}
	data := filepath.Join(s.folder, "data")
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	init.Dir = s.folder
	become(init, owner)
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if s.port, err = freePort(); err != nil {
		return err
	}
	s.cmd = exec.Command("/bin/sh", "-c", leashed, filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-k", s.folder,
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "jit=off",
		"-c", "shared_buffers=128MB", "-c", "work_mem=64MB", "-c", "maintenance_work_mem=128MB", "-c", "max_connections=40")
	s.cmd.Dir = s.folder
	become(s.cmd, owner)
	if s.leash, err = s.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		s.cmd = nil
		return err
	}
	return s.wait()
}

// leashed runs a server until its own input ends, be it that the tests are
// over or that their process was killed.
const leashed = `"$0" "$@" & server=$!; read _; kill -INT $server; wait $server`

// freePort asks the system for a port that nobody uses.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// wait asks until the server answers.
func (s *server) wait() error {
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	for {
		err := s.run(ctx, "postgres", "SELECT 1")
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// stop ends the server and removes its folder.
func (s *server) stop() {
	if s.cmd != nil {
		_ = s.leash.Close() // Wait tells what became of it
		done := make(chan struct{})
		go func() { _ = s.cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = s.cmd.Process.Kill()
		}
	}
	_ = os.RemoveAll(s.folder) // a temporary folder
}

type identity struct{ uid, gid int }

// unprivileged names the user to be: PostgreSQL refuses to run as root. nil is
// the one that runs the tests.
func unprivileged() (*identity, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &identity{uid, gid}, nil
	}
	return nil, errors.New("the tests run as root, and there is no user postgres or nobody to run the server as")
}
