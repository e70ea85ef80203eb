package postgis

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/data/store/layer"
	"lifecircle/data/store/style"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// LockTimeoutS is how long a writer waits for readers and for another writer;
// a reader waits up to readTimeoutS for a writer.
const (
	LockTimeoutS = 5
	readTimeoutS = 60
)

// lockTimeoutS is LockTimeoutS; tests wait less.
var lockTimeoutS = LockTimeoutS

// Store is a project in a schema of a PostGIS database. It is safe for
// concurrent use, by other programs too.
type Store struct {
	target
	pool *pgxpool.Pool
}

var _ store.Store = (*Store)(nil)

// Open opens the store at a URL. Errors: Invalid for a URL that is not
// understood, NotFound when the server cannot be reached or holds no such
// store, Unsupported when a newer program made it.
func Open(ctx context.Context, url string) (*Store, error) { return connect(ctx, url, false) }

// Create opens the store at a URL and makes its schema and tables if they are
// not there. Errors as those of [Open], and Unsupported without PostGIS.
func Create(ctx context.Context, url string) (*Store, error) { return connect(ctx, url, true) }

func connect(ctx context.Context, url string, make bool) (*Store, error) {
	t, err := parse(url)
	if err != nil {
		return nil, err
	}
	pool, err := t.open(ctx, make)
	if err != nil {
		return nil, err
	}
	return &Store{t, pool}, nil
}

// Close closes the connections.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// locked calls fn in a transaction that has locked the project in a mode. The
// lock comes before anything is read, so that all reads are of one state.
func (s *Store) locked(ctx context.Context, options pgx.TxOptions, mode string, timeoutS int, fn func(pgx.Tx) error) error {
	err := pgx.BeginTxFunc(ctx, s.pool, options, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '"+strconv.Itoa(timeoutS)+"s'"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "LOCK TABLE project IN "+mode+" MODE"); err != nil {
			return err
		}
		return fn(tx)
	})
	return s.explain(ctx, err)
}

func (s *Store) read(ctx context.Context, fn func(source) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return s.locked(ctx, options, "ACCESS SHARE", readTimeoutS, func(tx pgx.Tx) error { return fn(source{s.target, tx}) })
}

func (s *Store) write(ctx context.Context, stage string, p coverage.Progress, fn func(*writer) error) error {
	return s.locked(ctx, pgx.TxOptions{}, "ACCESS EXCLUSIVE", lockTimeoutS, func(tx pgx.Tx) error {
		w := &writer{source: source{s.target, tx}, ctx: ctx, p: p, stage: stage}
		if err := fn(w); err != nil {
			return err
		}
		p.Report(stage, 1, 1)
		return ctx.Err()
	})
}

// load reads the dataset, NotFound when nothing was saved yet.
func (s source) load(ctx context.Context, p coverage.Progress) (*coverage.Dataset, error) {
	var any bool
	if err := s.tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM project)").Scan(&any); err != nil {
		return nil, s.explain(ctx, err)
	}
	if !any {
		return nil, s.about(coverage.NotFound, "store.empty", nil)
	}
	return layer.Load(ctx, s, p)
}

// Load returns the dataset as it stands in the tables. A facility without an id
// gets one from its feature number; one that was drawn or moved is put on the
// landmass that holds it.
func (s *Store) Load(ctx context.Context, p coverage.Progress) (ds *coverage.Dataset, err error) {
	err = s.read(ctx, func(src source) (err error) {
		ds, err = src.load(ctx, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ds, nil
}

// Save replaces the dataset and forgets every run.
func (s *Store) Save(ctx context.Context, ds *coverage.Dataset, p coverage.Progress) error {
	if err := store.Check(ds); err != nil {
		return err
	}
	data, err := layer.Dataset(ctx, ds)
	if err != nil {
		return err
	}
	shown, err := layer.Run(ds, nil)
	if err != nil {
		return err
	}
	return s.write(ctx, "progress.save", p, func(w *writer) error {
		if err := w.exec("TRUNCATE runs RESTART IDENTITY"); err != nil {
			return err
		}
		if err := w.layers(append(data, shown...)); err != nil {
			return err
		}
		return w.restyle(style.Of(ds, nil))
	})
}

// SaveRun keeps a run and shows it in the layers.
func (s *Store) SaveRun(ctx context.Context, run *coverage.Run, p coverage.Progress) error {
	answer, err := store.Document(run)
	if err != nil {
		return err
	}
	return s.write(ctx, "progress.save_run", p, func(w *writer) error {
		var shown bool
		err := w.tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM runs WHERE shown AND hash = $1)", run.Hash).Scan(&shown)
		if err != nil || shown {
			return err
		}
		ds, err := w.load(ctx, nil)
		if err != nil {
			return err
		}
		if err := store.CheckRun(ds, run); err != nil {
			return err
		}
		layers, err := layer.Run(ds, run)
		if err != nil {
			return err
		}
		if err := w.layers(layers); err != nil {
			return err
		}
		if err := w.keep(run, answer); err != nil {
			return err
		}
		return w.restyle(style.OfRun(ds, run))
	})
}

// keep lists a run, unless it is listed, as the one that is shown.
func (w *writer) keep(run *coverage.Run, answer []byte) error {
	err := w.exec("INSERT INTO runs (hash, version, shown, answer) VALUES ($1, $2, false, $3) ON CONFLICT (hash) DO NOTHING",
		run.Hash, run.Version, string(answer))
	if err != nil {
		return err
	}
	return w.exec("UPDATE runs SET shown = (hash = $1)", run.Hash)
}

// Runs lists the kept runs, oldest first.
func (s *Store) Runs(ctx context.Context) ([]store.RunInfo, error) {
	rows, err := s.pool.Query(ctx, "SELECT hash, version FROM runs ORDER BY fid")
	if err != nil {
		return nil, s.explain(ctx, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[store.RunInfo])
	return slices.Clip(list), s.explain(ctx, err)
}

// Answer returns the kept answer of a run. An unknown hash is NotFound.
func (s *Store) Answer(ctx context.Context, hash string) ([]byte, error) {
	var answer string
	err := s.pool.QueryRow(ctx, "SELECT answer FROM runs WHERE hash = $1", hash).Scan(&answer)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "store.no_run", Args: coverage.Args{"hash": hash}}
	}
	return []byte(answer), s.explain(ctx, err)
}
