package gpkg

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/store/layer"

	"github.com/paulmach/orb"
)

// batch is how many rows one statement inserts; rows with blobs go one by one,
// as SQLite copies what a statement holds.
const batch = 50

// writer fills layers of a file that nobody else sees. With the journal off an
// error leaves the file in pieces: it is thrown away.
type writer struct {
	*conn
	ctx   context.Context
	p     coverage.Progress
	stage string
	done  int64
	total int64
}

// begin prepares the connection for bulk writing.
func (w *writer) begin() error {
	return w.execAll("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
		"PRAGMA cache_size = -65536", "BEGIN")
}

// layers writes layers with their indexes and entries in the contents.
func (w *writer) layers(layers []layer.Layer) error {
	w.total = 0
	for _, l := range layers {
		w.total += int64(l.Len)
	}
	for _, l := range layers {
		if err := w.layer(l); err != nil {
			return fmt.Errorf("layer %s: %w", l.Name, err)
		}
	}
	return nil
}

func (w *writer) layer(l layer.Layer) error {
	if err := w.exec(createTable(l)); err != nil {
		return err
	}
	boxes, extent, err := w.rows(l)
	if err != nil {
		return err
	}
	if err := w.register(l.Name, l.Geometry, l.About, extent); err != nil || l.Geometry == "" {
		return err
	}
	return w.index(l.Name, boxes, l.Len)
}

// rows inserts the rows of a layer and returns the boxes of their geometries
// and the box around all.
func (w *writer) rows(l layer.Layer) ([]box, *orb.Bound, error) {
	var boxes []box
	var extent *orb.Bound
	values := make([]any, len(l.Columns))
	first := 1 // argument of the first column
	if l.Geometry != "" {
		first = 2
	}
	blobs := make([][]byte, batch)
	ins := inserter{conn: w.conn, table: l.Name, width: first + len(l.Columns), batch: batch}
	if slices.ContainsFunc(l.Columns, func(c layer.Column) bool { return c.Type == layer.Blob }) {
		ins.batch = 1
	}
	defer ins.close()
	for i := range l.Len {
		if err := w.tick(); err != nil {
			return nil, nil, err
		}
		clear(values)
		g := l.Row(i, values)
		args := ins.next()
		args[0].Value = int64(i + 1)
		for k, v := range values {
			args[first+k].Value = v
		}
		if first == 2 {
			args[1].Value = nil
		}
		if g != nil {
			slot := i % batch
			blob, err := appendBlob(blobs[slot][:0], g)
			if err != nil {
				return nil, nil, err
			}
			blobs[slot], args[1].Value = blob, blob
			b := g.Bound()
			boxes, extent = append(boxes, boxOf(int64(i+1), b)), union(extent, b)
		}
		if err := ins.ready(); err != nil {
			return nil, nil, err
		}
	}
	return boxes, extent, ins.flush()
}

func union(a *orb.Bound, b orb.Bound) *orb.Bound {
	if a == nil {
		return &b
	}
	u := orb.Bound{
		Min: orb.Point{min(a.Min[0], b.Min[0]), min(a.Min[1], b.Min[1])},
		Max: orb.Point{max(a.Max[0], b.Max[0]), max(a.Max[1], b.Max[1])},
	}
	return &u
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

// index makes the R-tree of a layer.
func (w *writer) index(name string, boxes []box, rows int) error {
	tree := "rtree_" + name + "_geom"
	err := w.execAll(fmt.Sprintf("CREATE VIRTUAL TABLE %s USING rtree(id, minx, maxx, miny, maxy)", quote(tree)))
	if err != nil {
		return err
	}
	if len(boxes) > 0 {
		if err := w.fill(tree, pack(boxes), rows); err != nil {
			return err
		}
	}
	for _, t := range indexTriggers {
		if err := w.exec(strings.ReplaceAll(t, "{t}", name)); err != nil {
			return err
		}
	}
	return w.exec("INSERT INTO gpkg_extensions VALUES (?,'geom','gpkg_rtree_index','http://www.geopackage.org/spec120/#extension_rtree','write-only')", name)
}

// fill writes a packed tree into the three tables of an empty one.
func (w *writer) fill(tree string, p packed, rows int) error {
	size, err := w.scalar(fmt.Sprintf("SELECT length(data) FROM %s WHERE nodeno = 1", quote(tree+"_node")))
	if err != nil {
		return err
	}
	if size != int64(nodeLen) {
		return fmt.Errorf("the R-tree nodes of this file have %v bytes, not %d", size, nodeLen)
	}
	if err := w.exec(fmt.Sprintf("DELETE FROM %s", quote(tree+"_node"))); err != nil {
		return err
	}
	leafOf := make([]int64, rows+1)
	nodes := inserter{conn: w.conn, table: tree + "_node", width: 2, batch: batch}
	parents := inserter{conn: w.conn, table: tree + "_parent", width: 2, batch: batch}
	defer nodes.close()
	defer parents.close()
	for _, n := range p.nodes {
		if err := nodes.add(n.number, n.blob(p.depth)); err != nil {
			return err
		}
		if n.number != rootNode {
			if err := parents.add(n.number, n.parent); err != nil {
				return err
			}
		}
		if n.leaf {
			for _, e := range n.entries {
				leafOf[e.id] = n.number
			}
		}
	}
	if err := nodes.flush(); err != nil {
		return err
	}
	if err := parents.flush(); err != nil {
		return err
	}
	return w.fillRows(tree, leafOf)
}

func (w *writer) fillRows(tree string, leafOf []int64) error {
	rows := inserter{conn: w.conn, table: tree + "_rowid", width: 2, batch: batch}
	defer rows.close()
	for id, leaf := range leafOf {
		if leaf > 0 {
			if err := rows.add(int64(id), leaf); err != nil {
				return err
			}
		}
	}
	return rows.flush()
}

// inserter puts rows into a table, many a statement.
type inserter struct {
	conn  *conn
	table string
	width int
	batch int // rows a statement
	full  driver.Stmt
	args  []driver.NamedValue
	rows  int
}

// next returns the arguments of the next row, to be filled before ready.
func (n *inserter) next() []driver.NamedValue {
	if n.args == nil {
		n.args = make([]driver.NamedValue, n.batch*n.width)
		for i := range n.args {
			n.args[i].Ordinal = i + 1
		}
	}
	return n.args[n.rows*n.width:][:n.width]
}

// ready says that the row is filled; every batch of rows is written.
func (n *inserter) ready() error {
	if n.rows++; n.rows < n.batch {
		return nil
	}
	if n.full == nil {
		var err error
		if n.full, err = n.conn.driver.Prepare(n.query(n.batch)); err != nil {
			return explain(n.conn.path, err)
		}
	}
	n.rows = 0
	_, err := n.full.(driver.StmtExecContext).ExecContext(context.Background(), n.args)
	return explain(n.conn.path, err)
}

func (n *inserter) add(values ...any) error {
	args := n.next()
	for i, v := range values {
		args[i].Value = v
	}
	return n.ready()
}

// flush writes the rows that are left.
func (n *inserter) flush() error {
	if n.rows == 0 {
		return nil
	}
	_, err := n.conn.driver.ExecContext(context.Background(), n.query(n.rows), n.args[:n.rows*n.width])
	n.rows = 0
	return explain(n.conn.path, err)
}

func (n *inserter) query(rows int) string {
	row := "(?" + strings.Repeat(",?", n.width-1) + ")"
	return "INSERT INTO " + quote(n.table) + " VALUES " + row + strings.Repeat(","+row, rows-1)
}

func (n *inserter) close() {
	if n.full != nil {
		_ = n.full.Close() // the rows are in or an error was returned
	}
}
