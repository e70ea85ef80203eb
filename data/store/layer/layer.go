package layer

import (
	"context"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Type is the type of a column. Values are int64, float64, string, bool and
// []byte; nil is unknown.
type Type uint8

// The types.
const (
	Int Type = iota + 1
	Real
	Text
	Bool
	Blob // at most about 16 MiB
)

// Column is a column besides the number of the row ("fid") and the geometry
// ("geom").
type Column struct {
	Name string
	Type Type
}

// Layer is a table to write. Row i gets the number i+1.
type Layer struct {
	Name     string
	Geometry string // "POINT", "POLYGON", "MULTIPOLYGON", "GEOMETRY"; "" for a table
	About    string // what it holds, for the reader of the file, in Chinese and English
	Columns  []Column
	Len      int
	// Row fills values, as long as Columns, with row i and returns its geometry,
	// nil when it has none. It may be called for any i and in any order.
	Row func(i int, values []any) orb.Geometry
}

// Record is a row that was read. It is valid until the reader goes on.
type Record struct {
	FID      int64
	Geometry orb.Geometry // nil when there is none
	Values   []any        // as the columns asked for
}

// Source reads the rows of a table in the order of their numbers. It stops at
// the first error of each.
type Source interface {
	// Name is the file or URL, for messages; without a password.
	Name() string
	Rows(ctx context.Context, l Layer, each func(Record) error) error
}

// Names of the tables that a store keeps for its own use.
const (
	ProjectTable = "project"
	RunsTable    = "runs"
)

// Format is the version of the layout that is written. The first one had no
// transport and no delays at facilities; [Load] reads it still, as a dataset
// without them. The version is another one because a program that knows only the
// first would leave them out without a word, and its minutes would be wrong. A
// program refuses a store with a version that it does not know.
const (
	Format      = "2"
	firstFormat = "1"
)

// number is an index as a value: -1 is unknown.
func number(i int32) any {
	if i < 0 {
		return nil
	}
	return int64(i)
}

// real is a number as a value; a negative zero becomes zero, which SQLite would
// do to it silently.
func real(x float64) any {
	if x == 0 {
		return 0.0
	}
	return x
}

// shape is a geometry as a value: an empty one is none.
func shape(mp orb.MultiPolygon) orb.Geometry {
	if len(mp) == 0 {
		return nil
	}
	return mp
}

// zoneID is the id of a zone as a value.
func zoneID(zones []coverage.Zone, z int32) any {
	if z < 0 {
		return nil
	}
	return zones[z].ID
}
