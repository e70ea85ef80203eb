package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/geo/antimeridian"

	"github.com/paulmach/orb"
)

// GapsGeoJSON writes gaps as a FeatureCollection of their polygons with the
// properties of the gaps answer.
func GapsGeoJSON(w io.Writer, list []coverage.Gap) error {
	out := bufio.NewWriterSize(w, 1<<16)
	c := collection{w: out}
	c.open()
	for i := range list {
		c.feature(area(antimeridian.Polygons(list[i].Geometry)), &list[i])
	}
	c.close()
	if c.err != nil {
		return c.err
	}
	return out.Flush()
}

// RouteGeoJSON writes a route as a FeatureCollection with a line for every step
// that has a length.
func RouteGeoJSON(w io.Writer, r *analysis.RouteAnswer, from orb.Point) error {
	out := bufio.NewWriterSize(w, 1<<16)
	c := collection{w: out}
	said := r.Said(from)
	steps := said.Steps
	said.Steps = nil
	c.member("route", said)
	c.open()
	for _, s := range steps {
		if line := s.Line; len(line) > 1 {
			s.Line = nil
			c.feature(way(line), s)
		}
	}
	c.close()
	if c.err != nil {
		return c.err
	}
	return out.Flush()
}

// SitesGeoJSON writes the sites of an answer as a FeatureCollection of points;
// the member "siting" is the answer itself.
func SitesGeoJSON(w io.Writer, a *advice.SiteAnswer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	c := collection{w: out}
	said := *a
	said.Sites = nil
	c.member("siting", said)
	c.open()
	for i := range a.Sites {
		c.feature(orb.Point(a.Sites[i].At), a.Sites[i])
	}
	c.close()
	if c.err != nil {
		return c.err
	}
	return out.Flush()
}

// IsochroneGeoJSON writes what is reached from a place as a FeatureCollection of
// polygons, the smallest first.
func IsochroneGeoJSON(w io.Writer, a *analysis.IsochroneAnswer, from orb.Point) error {
	out := bufio.NewWriterSize(w, 1<<16)
	c := collection{w: out}
	c.open()
	for i := range a.Areas {
		c.feature(area(antimeridian.Polygons(a.Areas[i].Geometry)), a.Said(i, from))
	}
	c.close()
	if c.err != nil {
		return c.err
	}
	return out.Flush()
}

// geoJSON writes a table as a FeatureCollection, with what the dataset and the
// run say of themselves as further members.
func (j *job) geoJSON(w io.Writer, t *table) error {
	c := collection{w: w}
	c.member("name", t.name)
	c.member("title", j.ds.Name)
	if j.ds.Note != (coverage.Text{}) {
		c.member("note", j.ds.Note)
	}
	if j.ds.Credit != (coverage.Text{}) {
		c.member("credit", j.ds.Credit)
	}
	if j.run != nil && j.o.NeedsRun() {
		c.member("run", j.run)
	}
	if t.aside != nil {
		c.member("totals", t.beside())
	}
	c.open()
	values := make([]any, len(t.columns))
	for i := range t.len {
		if err := j.tick(i, t.len); err != nil {
			return err
		}
		if t.aside == nil || !t.aside(i) {
			c.feature(t.row(i, values), t.properties(i))
		}
	}
	c.close()
	return c.err
}

// beside are the properties of the rows that are no features.
func (t *table) beside() []any {
	list := []any{}
	for i := range t.len {
		if t.aside(i) {
			list = append(list, t.properties(i))
		}
	}
	return list
}

// collection writes a FeatureCollection piece by piece and keeps the first
// error. Members come first, for who reads a large file as it comes.
type collection struct {
	w      io.Writer
	buf    []byte
	begun  bool
	filled bool
	err    error
}

func (c *collection) flush() {
	if c.err == nil {
		_, c.err = c.w.Write(c.buf)
	}
	c.buf = c.buf[:0]
}

func (c *collection) begin() {
	if !c.begun {
		c.begun = true
		c.buf = append(c.buf, `{"type":"FeatureCollection"`...)
	}
}

func (c *collection) member(name string, value any) {
	c.begin()
	c.buf = append(c.buf, fmt.Sprintf(",\n%q:", name)...)
	c.value(value)
	c.flush()
}

func (c *collection) value(v any) {
	text, err := json.Marshal(v)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.buf = append(c.buf, text...)
}

func (c *collection) open() {
	c.begin()
	c.buf = append(c.buf, ",\n\"features\":[\n"...)
	c.flush()
}

func (c *collection) feature(g orb.Geometry, properties any) {
	if c.filled {
		c.buf = append(c.buf, ",\n"...)
	}
	c.filled = true
	c.buf = append(c.buf, `{"type":"Feature","properties":`...)
	c.value(properties)
	c.buf = append(c.buf, `,"geometry":`...)
	c.buf = appendGeometry(c.buf, g)
	c.buf = append(c.buf, '}')
	c.flush()
}

func (c *collection) close() {
	c.buf = append(c.buf, "\n]}\n"...)
	c.flush()
}

// appendGeometry writes a geometry with coordinates to 7 decimals, which is a
// centimetre. Outer rings run counter-clockwise, holes clockwise.
func appendGeometry(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return append(appendPosition(append(b, `{"type":"Point","coordinates":`...), g), '}')
	case orb.Polygon:
		return append(appendPolygon(append(b, `{"type":"Polygon","coordinates":`...), g), '}')
	case orb.MultiPolygon:
		if len(g) == 1 {
			return appendGeometry(b, g[0])
		}
		b = append(b, `{"type":"MultiPolygon","coordinates":[`...)
		for i, p := range g {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendPolygon(b, p)
		}
		return append(b, "]}"...)
	}
	return append(b, "null"...)
}

func appendPolygon(b []byte, p orb.Polygon) []byte {
	b = append(b, '[')
	for i, r := range p {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendRing(b, r, i == 0)
	}
	return append(b, ']')
}

func appendRing(b []byte, r orb.Ring, outer bool) []byte {
	backwards := len(r) > 0 && (r.Orientation() == orb.CW) == outer && r.Orientation() != 0
	b = append(b, '[')
	for i := range r {
		if i > 0 {
			b = append(b, ',')
		}
		if backwards {
			i = len(r) - 1 - i
		}
		b = appendPosition(b, r[i])
	}
	return append(b, ']')
}

func appendPosition(b []byte, p orb.Point) []byte {
	b = append(b, '[')
	b = appendDegrees(b, p[0])
	b = append(b, ',')
	return append(appendDegrees(b, p[1]), ']')
}

// appendDegrees rounds to 7 decimals and leaves trailing zeros out; a negative
// zero is zero.
func appendDegrees(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(v*1e7)/1e7+0, 'f', -1, 64)
}
