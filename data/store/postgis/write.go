package postgis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/store/layer"
	"lifecircle/data/store/style"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// writer fills tables in a transaction that holds the project alone.
type writer struct {
	source
	ctx   context.Context
	p     coverage.Progress
	stage string
	done  int64
	total int64
}

func (w *writer) exec(query string, args ...any) error {
	_, err := w.tx.Exec(w.ctx, query, args...)
	return w.explain(w.ctx, err)
}

// layers puts layers in the place of what their tables hold.
func (w *writer) layers(layers []layer.Layer) error {
	for _, l := range layers {
		w.total += int64(l.Len)
	}
	for _, l := range layers {
		if err := w.layer(l); err != nil {
			return fmt.Errorf("table %s: %w", l.Name, err)
		}
	}
	return nil
}

// layer empties a table, copies the rows in and makes the spatial index after
// that, which is faster than keeping it up to date.
func (w *writer) layer(l layer.Layer) error {
	index := l.Name + "_geom_idx"
	if err := w.exec("DROP INDEX IF EXISTS " + index); err != nil {
		return err
	}
	if err := w.exec("TRUNCATE " + l.Name); err != nil {
		return err
	}
	if err := w.groupColumns(l); err != nil {
		return err
	}
	if err := w.copy(l); err != nil {
		return err
	}
	// Rows that a user adds get the numbers after ours.
	if err := w.exec("SELECT setval(pg_get_serial_sequence($1, 'fid'), $2, false)", l.Name, l.Len+1); err != nil {
		return err
	}
	if l.Geometry == "" {
		return nil
	}
	if err := w.exec("CREATE INDEX " + index + " ON " + l.Name + " USING gist (geom)"); err != nil {
		return err
	}
	return w.exec("ANALYZE " + l.Name)
}

// groupColumns gives the demand table the people columns that it needs, and
// takes those of the dataset before away.
func (w *writer) groupColumns(l layer.Layer) error {
	if l.Name != "demand" {
		return nil
	}
	rows, err := w.tx.Query(w.ctx, `SELECT attname::text FROM pg_attribute
 WHERE attrelid = 'demand'::regclass AND attnum > 0 AND NOT attisdropped AND attname LIKE 'people\_%'`)
	if err != nil {
		return w.explain(w.ctx, err)
	}
	have, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return w.explain(w.ctx, err)
	}
	var changes []string
	for _, name := range have {
		if !slices.ContainsFunc(l.Columns, func(c layer.Column) bool { return c.Name == name }) {
			changes = append(changes, "DROP COLUMN "+pgx.Identifier{name}.Sanitize())
		}
	}
	for _, c := range l.Columns {
		if strings.HasPrefix(c.Name, "people_") && !slices.Contains(have, c.Name) {
			changes = append(changes, "ADD COLUMN "+pgx.Identifier{c.Name}.Sanitize()+" double precision")
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return w.exec("ALTER TABLE demand " + strings.Join(changes, ", "))
}

// copy sends the rows of a layer.
func (w *writer) copy(l layer.Layer) error {
	columns, first := []string{"fid"}, 1
	if l.Geometry != "" {
		columns, first = append(columns, "geom"), 2
	}
	for _, c := range l.Columns {
		columns = append(columns, c.Name)
	}
	values := make([]any, len(columns))
	i := 0
	_, err := w.tx.CopyFrom(w.ctx, pgx.Identifier{l.Name}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		if i >= l.Len {
			return nil, nil
		}
		clear(values)
		g := l.Row(i, values[first:])
		values[0] = int64(i + 1)
		if first == 2 {
			values[1] = nullable(g)
		}
		i++
		return values, w.tick()
	}))
	return w.explain(w.ctx, err)
}

// nullable is nil itself for no geometry, not an interface that holds nil.
func nullable(g orb.Geometry) any {
	if g == nil {
		return nil
	}
	return g
}

// tick counts a row, and looks up now and then.
func (w *writer) tick() error {
	w.done++
	if w.done%4096 != 0 {
		return nil
	}
	w.p.Report(w.stage, w.done, w.total)
	return w.ctx.Err()
}

// restyle puts the default styles in. A default that a user has made for a
// layer stays the default.
func (w *writer) restyle(styles []style.Style) error {
	for _, s := range styles {
		err := w.exec("DELETE FROM layer_styles WHERE f_table_schema = $1 AND f_table_name = $2 AND stylename = $3", w.schema, s.Layer, style.Name)
		if err != nil {
			return err
		}
		err = w.exec(`INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, stylesld,
 useasdefault, description, owner, type) SELECT current_database(), $1::text, $2::text, 'geom', $3::text, XMLPARSE(DOCUMENT $4), XMLPARSE(DOCUMENT $5),
 NOT EXISTS (SELECT 1 FROM layer_styles WHERE f_table_schema = $1 AND f_table_name = $2 AND useasdefault), '', current_user, NULL`,
			w.schema, s.Layer, style.Name, s.QML, s.SLD)
		if err != nil {
			return err
		}
	}
	return nil
}
