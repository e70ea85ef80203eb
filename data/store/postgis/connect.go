package postgis

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"time"

	"lifecircle/coverage"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// DefaultSchema is the schema of a URL that names none.
const DefaultSchema = "lifecircle"

//go:embed migrations/*.sql
var migrations embed.FS

// Names that need no quotes anywhere.
var schemaForm = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// target is a parsed URL.
type target struct {
	config *pgxpool.Config
	schema string
	shown  string // the URL without its password
}

func parse(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return target{}, badURL("postgres://...", nil) // an unreadable URL may hold a password
	}
	t := target{schema: DefaultSchema, shown: u.Redacted()}
	q := u.Query()
	if q.Has("schema") {
		t.schema = q.Get("schema")
		q.Del("schema")
		u.RawQuery = q.Encode()
	}
	if !schemaForm.MatchString(t.schema) {
		return target{}, badURL(t.shown, nil)
	}
	if t.config, err = pgxpool.ParseConfig(u.String()); err != nil {
		return target{}, badURL(t.shown, nil) // pgx repeats the URL in its error
	}
	t.prepare()
	return t, nil
}

func badURL(shown string, err error) error {
	return &coverage.Error{Code: coverage.Invalid, Key: "store.url", Args: coverage.Args{"store": shown}, Err: err}
}

// prepare sets what the URL leaves open: bounded waits, and a context that is
// done cancels the statement in the server.
func (t *target) prepare() {
	c := t.config.ConnConfig
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 10 * time.Second
	}
	if _, set := c.RuntimeParams["statement_timeout"]; !set {
		c.RuntimeParams["statement_timeout"] = "10min"
	}
	c.RuntimeParams["application_name"] = "lifecircle"
	c.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 5 * time.Second}
	}
}

// open connects and brings the tables up to date. make says whether the schema
// and the extension may be made.
func (t target) open(ctx context.Context, make bool) (*pgxpool.Pool, error) {
	conn, err := pgx.ConnectConfig(ctx, t.config.ConnConfig.Copy())
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // ends the lock
	// One program at a time makes tables.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtext('lifecircle'), hashtext($1))", t.schema); err != nil {
		return nil, t.explain(ctx, err)
	}
	if make {
		err = t.makeSchema(ctx, conn)
	} else {
		err = t.mustExist(ctx, conn)
	}
	if err != nil {
		return nil, err
	}
	if err := t.searchPath(ctx, conn); err != nil {
		return nil, err
	}
	t.config.AfterConnect = register
	pool, err := pgxpool.NewWithConfig(ctx, t.config)
	if err != nil {
		return nil, t.explain(ctx, err)
	}
	if err := t.migrate(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

func (t target) makeSchema(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	if err := conn.QueryRow(ctx, "SELECT to_regnamespace($1) IS NOT NULL", t.schema).Scan(&there); err != nil {
		return t.explain(ctx, err)
	}
	if !there {
		if _, err := conn.Exec(ctx, "CREATE SCHEMA "+t.schema); err != nil {
			return t.explain(ctx, err)
		}
	}
	err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis')").Scan(&there)
	if err != nil || there {
		return t.explain(ctx, err)
	}
	if _, err := conn.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS postgis"); err != nil {
		var e *pgconn.PgError
		if errors.As(err, &e) && slices.Contains([]string{"42501", "0A000", "58P01"}, e.Code) { // no right, or not installed
			return t.noPostGIS(err)
		}
		return t.explain(ctx, err)
	}
	return nil
}

func (t target) noPostGIS(err error) error {
	return &coverage.Error{Code: coverage.Unsupported, Key: "store.no_postgis", Args: coverage.Args{"store": t.shown}, Err: err}
}

func (t target) mustExist(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	err := conn.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", t.schema+".project").Scan(&there)
	if err == nil && !there {
		return t.about(coverage.NotFound, "store.missing", nil)
	}
	return t.explain(ctx, err)
}

// searchPath makes names mean the tables of the schema and the functions of
// PostGIS, wherever the extension was put.
func (t target) searchPath(ctx context.Context, conn *pgx.Conn) error {
	var extension string
	err := conn.QueryRow(ctx, "SELECT quote_ident(nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'postgis'").
		Scan(&extension)
	if errors.Is(err, pgx.ErrNoRows) {
		return t.noPostGIS(nil)
	}
	t.config.ConnConfig.RuntimeParams["search_path"] = t.schema + "," + extension
	return t.explain(ctx, err)
}

// register teaches a connection the geometry type, whose number differs from
// database to database.
func register(ctx context.Context, conn *pgx.Conn) error {
	var oid uint32
	if err := conn.QueryRow(ctx, "SELECT 'geometry'::regtype::oid").Scan(&oid); err != nil {
		return err
	}
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "geometry", OID: oid, Codec: codec{}})
	return nil
}

func (t target) migrate(ctx context.Context, pool *pgxpool.Pool) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	have, known, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return t.explain(ctx, err)
	case have == known:
		return nil
	case have > known:
		return &coverage.Error{Code: coverage.Unsupported, Key: "store.version", Args: coverage.Args{"store": t.shown, "version": have, "known": known}}
	}
	_, err = provider.Up(ctx)
	return t.explain(ctx, err)
}

func (t target) about(code coverage.Code, key string, err error) error {
	return &coverage.Error{Code: code, Key: key, Args: coverage.Args{"store": t.shown}, Err: err}
}

// explain turns an error of the database into one for people.
func (t target) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err() // what the server said of it is noise
	}
	var said *coverage.Error
	if errors.As(err, &said) {
		return err
	}
	var refused *pgconn.ConnectError
	if errors.As(err, &refused) {
		return t.about(coverage.NotFound, "store.connect", errors.Unwrap(refused))
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case "55P03", "40001", "40P01", "57014": // locks, serialisation, deadlock, statement timeout
		return t.about(coverage.Conflict, "store.busy", err)
	case "42501":
		return t.about(coverage.NotFound, "store.rights", err)
	case "42P01", "42703", "3F000": // a table, column or schema of ours that is gone
		return t.about(coverage.Unusable, "store.corrupt", err)
	}
	return err
}
