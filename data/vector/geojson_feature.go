package vector

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// feature reads one item of features; raw is correct JSON.
func (d *document) feature(row int, raw []byte) {
	var kind, geom, props, id []byte
	d.strict.row = row
	d.strict.object("Feature")
	ok := members(raw, func(key string, value []byte) {
		d.strict.member(key, value)
		switch key {
		case "type":
			kind = value
		case "geometry":
			geom = value
		case "properties":
			props = value
		case "id":
			id = value
		}
	})
	if !ok || string(kind) != `"Feature"` {
		d.skip(row, bad("vector.geojson.feature", nil))
		return
	}
	if props == nil {
		d.strict.note("vector.geojson.no_properties", "")
	}
	values, ok := d.properties(props, id)
	if !ok {
		d.skip(row, bad("vector.geojson.properties", nil))
		return
	}
	if geom == nil || string(geom) == "null" {
		d.skip(row, bad("vector.geometry.none", nil))
		return
	}
	g, z, fault := geometry(geom, 0, &d.strict)
	d.keep(row, g, z, values, fault)
}

func (d *document) keep(row int, g orb.Geometry, z bool, values []any, fault *coverage.Error) {
	if fault != nil {
		d.skip(row, fault)
		return
	}
	if z {
		d.z++
	}
	d.add(row, g, values)
}

// properties puts the attributes into their columns, new ones at the end. The
// feature's own id becomes the column "id" unless a property has that name.
func (d *document) properties(props, id []byte) ([]any, bool) {
	values := make([]any, len(d.layer.Columns))
	set := func(key string, value []byte) { values = d.set(values, key, value) }
	hasID := false
	if len(props) > 0 && string(props) != "null" {
		ok := members(props, func(key string, value []byte) {
			hasID = hasID || key == "id"
			set(key, value)
		})
		if !ok {
			return nil, false
		}
	}
	if len(id) > 0 && !hasID {
		set("id", id)
	}
	return values, true
}

func (d *document) set(values []any, key string, raw []byte) []any {
	c, ok := d.columns[key]
	if !ok {
		c = len(d.layer.Columns)
		d.columns[key] = c
		d.layer.Columns = append(d.layer.Columns, key)
		d.inRow = append(d.inRow, 0)
	}
	if d.inRow[c] == d.strict.row {
		d.strict.note("vector.geojson.twice", key)
	}
	d.inRow[c] = d.strict.row
	for len(values) <= c {
		values = append(values, nil)
	}
	values[c] = value(raw)
	return values
}

// value turns a JSON value into one of the attribute types. Whole numbers that
// fit become int64; objects and arrays stay JSON text.
func value(raw []byte) any {
	switch raw[0] {
	case 'n':
		return nil
	case 't':
		return true
	case 'f':
		return false
	case '"':
		return unquote(raw)
	case '{', '[':
		var compact bytes.Buffer
		if json.Compact(&compact, raw) != nil {
			return string(raw)
		}
		return compact.String()
	}
	s := string(raw)
	if !strings.ContainsAny(s, ".eE") {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s // beyond float64: kept as written
	}
	return f
}

func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

// members calls f for each member of a JSON object that is known to be correct
// JSON; it is false when raw is no object.
func members(raw []byte, f func(key string, value []byte)) bool {
	i := space(raw, 0)
	if i >= len(raw) || raw[i] != '{' {
		return false
	}
	for i = space(raw, i+1); i < len(raw) && raw[i] != '}'; i = space(raw, i) {
		if raw[i] == ',' {
			i = space(raw, i+1)
		}
		end := skipValue(raw, i)
		key := unquote(raw[i:end])
		i = space(raw, space(raw, end)+1) // over the colon
		end = skipValue(raw, i)
		f(key, raw[i:end])
		i = end
	}
	return true
}

// elements calls f for each element of a JSON array, until f is false. It is
// false when raw is no array or f was false.
func elements(raw []byte, f func(value []byte) bool) bool {
	i := space(raw, 0)
	if i >= len(raw) || raw[i] != '[' {
		return false
	}
	for i = space(raw, i+1); i < len(raw) && raw[i] != ']'; i = space(raw, i) {
		if raw[i] == ',' {
			i = space(raw, i+1)
		}
		end := skipValue(raw, i)
		if !f(raw[i:end]) {
			return false
		}
		i = end
	}
	return true
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// skipValue returns the index behind the JSON value that starts at i.
func skipValue(b []byte, i int) int {
	switch b[i] {
	case '"':
		return skipString(b, i)
	case '{', '[':
		return skipNested(b, i)
	}
	for i < len(b) && !endsScalar(b[i]) {
		i++
	}
	return i
}

func endsScalar(c byte) bool {
	return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n'
}

func skipString(b []byte, i int) int {
	for i++; b[i] != '"'; i++ {
		if b[i] == '\\' {
			i++
		}
	}
	return i + 1
}

func skipNested(b []byte, i int) int {
	for depth := 0; ; i++ {
		switch b[i] {
		case '"':
			i = skipString(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}
