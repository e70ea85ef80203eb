package vector

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/vector/charset"
)

// geometryColumns are the names by which a column of well-known text is known.
var geometryColumns = []string{"wkt", "wkt_geom", "geometry", "geom", "the_geom", "shape", "几何", "几何图形", "图形"}

// readCSV reads a table with a column of well-known text. Attributes stay text
// (a code 012 must not become 12); empty ones are nil.
func readCSV(r *reader) error {
	if _, err := r.chooseLayer([]string{r.layer.Name}); err != nil {
		return err
	}
	b, err := r.readAll(r.name)
	if err != nil {
		return err
	}
	doc, err := r.documentText(b)
	if err != nil {
		return err
	}
	in := csv.NewReader(strings.NewReader(doc))
	in.Comma, in.FieldsPerRecord, in.ReuseRecord = delimiter(doc), -1, true
	return (&table{reader: r, in: in, size: int64(len(doc))}).read()
}

func (r *reader) documentText(b []byte) (string, error) {
	if r.o.Encoding != "" {
		if _, ok := charset.Named(r.o.Encoding); !ok {
			return "", &coverage.Error{Code: coverage.Invalid, Key: "vector.encoding.unknown", Args: coverage.Args{"value": r.o.Encoding}}
		}
	}
	doc, ok := charset.Document(b, r.o.Encoding)
	if !ok {
		tried := r.o.Encoding
		if tried == "" {
			tried = "UTF-8, GB18030"
		}
		return "", unusable("vector.file.encoding", coverage.Args{"file": r.name, "tried": tried})
	}
	return doc, nil
}

// delimiter is the separator that stands most often in the header, outside
// quotation marks.
func delimiter(doc string) rune {
	counts, quoted := map[rune]int{}, false
	for _, c := range doc {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			return mostOften(counts)
		case !quoted:
			counts[c]++
		}
	}
	return mostOften(counts)
}

func mostOften(counts map[rune]int) rune {
	best := ','
	for _, c := range ",;\t|" {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// table is a CSV file on its way.
type table struct {
	*reader
	in     *csv.Reader
	size   int64
	fields int // of the header
	geom   int // index of the geometry column
	srid   int // of the first geometry with an SRID prefix
}

func (t *table) read() error {
	if err := t.header(); err != nil {
		return err
	}
	for row := 2; ; row++ {
		record, err := t.in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return t.syntax(err)
		}
		t.row(row, record)
		if err := t.tick(t.in.InputOffset(), t.size); err != nil {
			return err
		}
	}
}

func (t *table) syntax(err error) error {
	line, cause := 0, (*csv.ParseError)(nil)
	if errors.As(err, &cause) {
		line = cause.Line
	}
	return &coverage.Error{Code: coverage.Unusable, Key: "vector.csv.syntax", Args: coverage.Args{"file": t.name, "line": line}, Err: err}
}

func (t *table) header() error {
	names, err := t.in.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return t.syntax(err)
	}
	t.fields, t.geom = len(names), t.geometryColumn(names)
	if t.geom < 0 {
		args := coverage.Args{"file": t.name, "columns": strings.Join(names, ", ")}
		return unusable("vector.csv.no_geometry", args)
	}
	for i, n := range names {
		if i != t.geom {
			t.layer.Columns = append(t.layer.Columns, strings.TrimSpace(n))
		}
	}
	return nil
}

func (t *table) geometryColumn(names []string) int {
	wanted := geometryColumns
	if t.o.Geometry != "" {
		wanted = []string{t.o.Geometry}
	}
	for _, w := range wanted {
		for i, n := range names {
			if strings.EqualFold(strings.TrimSpace(n), w) {
				return i
			}
		}
	}
	return -1
}

func (t *table) row(row int, record []string) {
	if len(record) != t.fields {
		t.skip(row, bad("vector.csv.fields", coverage.Args{"fields": len(record), "columns": t.fields}))
		return
	}
	if strings.TrimSpace(record[t.geom]) == "" {
		t.skip(row, bad("vector.geometry.none", nil))
		return
	}
	g, srid, zm, err := parseWKT(record[t.geom])
	if err == nil {
		err = t.reference(srid)
	}
	if err != nil {
		t.skip(row, bad("vector.csv.wkt", coverage.Args{"reason": err.Error()}))
		return
	}
	if zm {
		t.z++
	}
	t.add(row, g, t.values(record))
}

// reference holds every row to the reference system of the first.
func (t *table) reference(srid int) error {
	switch {
	case srid == 0 || srid == t.srid:
	case t.srid == 0 && len(t.layer.Features) == 0:
		t.srid, t.layer.CRS = srid, "EPSG:"+strconv.Itoa(srid)
	default:
		return errors.New("SRID " + strconv.Itoa(srid) + " is not that of the rows before")
	}
	return nil
}

func (t *table) values(record []string) []any {
	values := make([]any, 0, len(record)-1)
	for i, s := range record {
		switch {
		case i == t.geom:
		case s == "":
			values = append(values, nil)
		default:
			values = append(values, strings.Clone(s))
		}
	}
	return values
}
