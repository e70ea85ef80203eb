package network

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"slices"

	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"
)

// Version is that of the encoded form; [Decode] reads no other.
const Version = 1

var magic = [8]byte{'L', 'C', 'N', 'E', 'T', 'W', 'R', 'K'}

// The errors of [Decode]. A cache that gives one is to be made anew.
var (
	ErrFormat  = errors.New("network: not an encoded graph, or of another version")
	ErrDamaged = errors.New("network: the encoded graph is damaged")
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Encode writes the graph: the same graph gives the same bytes. The form is a
// header with the version, columns with their lengths, and a CRC-32C of it all.
func (g *Graph) Encode(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	e := &encoder{w: out, sum: crc32.New(castagnoli)}
	e.bytes(magic[:])
	e.u32(Version)
	own := *g // columns fills its lists in anew
	own.barrier, own.turns, own.services = slices.Clone(g.barrier), slices.Clone(g.turns), slices.Clone(g.services)
	own.sails, own.stops = slices.Clone(g.sails), slices.Clone(g.stops)
	own.columns(e)
	e.u32(e.sum.Sum32())
	if e.err == nil {
		e.err = out.Flush()
	}
	return e.err
}

// Decode reads what [Graph.Encode] wrote. It checks everything that a search
// relies upon and allocates no more than there are bytes to read.
func Decode(r io.Reader) (*Graph, error) {
	d := &decoder{r: bufio.NewReaderSize(r, 1<<16), sum: crc32.New(castagnoli)}
	var head [len(magic)]byte
	d.read(head[:])
	if d.err != nil || head != magic || d.u32() != Version {
		return nil, ErrFormat
	}
	g := &Graph{}
	g.columns(d)
	want := d.sum.Sum32()
	if got := d.u32(); d.err != nil || got != want {
		return nil, ErrDamaged
	}
	return g.checked()
}

// checked is the graph, or what is wrong with it.
func (g *Graph) checked() (*Graph, error) {
	if err := g.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return g, nil
}

// codec is one that writes what it is given, or fills it in.
type codec interface {
	uints(*[]uint32)
	coords(*[]e7.Coord)
	float(*float64)
	text(*string)
	count(int) int // of what follows; a decoder returns what it reads
	more() bool    // false after an error
}

// columns goes through everything in the graph, to write or to read it.
func (g *Graph) columns(c codec) {
	c.coords(&g.node)
	c.uints(&g.from)
	c.uints(&g.to)
	c.uints(&g.class)
	c.uints(&g.shapeAt)
	c.coords(&g.shape)
	c.uints(&g.pieceMM)
	each(c, &g.classes, func(t *profile.Tags) {
		each(c, (*[]profile.Tag)(t), func(tag *profile.Tag) { c.text(&tag.Key); c.text(&tag.Value) })
	})
	records(c, &g.barrier, func(b *barrier) []*uint32 { return []*uint32{&b.node, &b.class} })
	each(c, &g.turns, func(t *turn) {
		only := []uint32{t.from, t.via, t.to, t.class, 0}
		if t.only {
			only[4] = 1
		}
		c.uints(&only)
		if len(only) == 5 {
			*t = turn{from: only[0], via: only[1], to: only[2], class: only[3], only: only[4] == 1}
		}
	})
	each(c, &g.services, func(s *service) { s.columns(c) })
	records(c, &g.sails, func(s *sail) []*uint32 { return []*uint32{&s.edge, &s.service, &s.ms} })
	records(c, &g.stops, func(s *stop) []*uint32 { return []*uint32{&s.service, &s.node} })
}

func (s *service) columns(c codec) {
	c.text(&s.Name)
	for _, t := range []*Timetable{&s.Out, &s.Back} {
		times := []uint32{uint32(t.HeadwayS), uint32(t.FirstS), uint32(t.LastS)}
		for _, d := range t.DeparturesS {
			times = append(times, uint32(d))
		}
		c.uints(&times)
		if len(times) < 3 {
			continue
		}
		*t = Timetable{HeadwayS: int32(times[0]), FirstS: int32(times[1]), LastS: int32(times[2])}
		for _, d := range times[3:] {
			t.DeparturesS = append(t.DeparturesS, int32(d))
		}
	}
	few := []uint32{uint32(s.BoardingS), 0}
	if s.directed {
		few[1] = 1
	}
	c.uints(&few)
	if len(few) == 2 {
		s.BoardingS, s.directed = int32(few[0]), few[1] == 1
	}
	c.float(&s.DaysLost)
	c.float(&s.SeasonDays)
}

// each goes through a list, growing it as it is read.
func each[T any](c codec, list *[]T, item func(*T)) {
	n := c.count(len(*list))
	for i := 0; i < n && c.more(); i++ {
		if i == len(*list) {
			*list = append(*list, *new(T))
		}
		item(&(*list)[i])
	}
}

// records goes through a list of rows of numbers as one column.
func records[T any](c codec, list *[]T, fields func(*T) []*uint32) {
	var flat []uint32
	for i := range *list {
		for _, f := range fields(&(*list)[i]) {
			flat = append(flat, *f)
		}
	}
	c.uints(&flat)
	width := len(fields(new(T)))
	*list = slices.Grow((*list)[:0], len(flat)/width)
	for ; len(flat) >= width; flat = flat[width:] {
		var row T
		for i, f := range fields(&row) {
			*f = flat[i]
		}
		*list = append(*list, row)
	}
}

// encoder writes.
type encoder struct {
	w   io.Writer
	sum hash.Hash32
	buf []byte
	err error
}

func (e *encoder) bytes(b []byte) {
	if e.err == nil {
		_ = must(e.sum.Write(b))
		_, e.err = e.w.Write(b)
	}
}

// must drops the error of a hash, which has none.
func must(n int, _ error) int { return n }

func (e *encoder) u32(v uint32) { e.bytes(binary.LittleEndian.AppendUint32(nil, v)) }

func (e *encoder) count(n int) int {
	e.u32(uint32(n))
	return n
}

func (e *encoder) more() bool { return e.err == nil }

func (e *encoder) uints(list *[]uint32) {
	e.count(len(*list))
	for rest := *list; len(rest) > 0; {
		n := min(len(rest), 1<<14)
		e.buf = e.buf[:0]
		for _, v := range rest[:n] {
			e.buf = binary.LittleEndian.AppendUint32(e.buf, v)
		}
		e.bytes(e.buf)
		rest = rest[n:]
	}
}

func (e *encoder) coords(list *[]e7.Coord) {
	flat := make([]uint32, 0, 2*len(*list))
	for _, c := range *list {
		flat = append(flat, uint32(c.Lon), uint32(c.Lat))
	}
	e.uints(&flat)
}

func (e *encoder) float(v *float64) {
	e.bytes(binary.LittleEndian.AppendUint64(nil, math.Float64bits(*v)))
}

func (e *encoder) text(s *string) {
	e.count(len(*s))
	e.bytes([]byte(*s))
}

// decoder reads.
type decoder struct {
	r   io.Reader
	sum hash.Hash32
	buf []byte
	err error
}

func (d *decoder) read(b []byte) {
	if d.err == nil {
		if _, d.err = io.ReadFull(d.r, b); d.err == nil {
			_ = must(d.sum.Write(b))
		}
	}
	if d.err != nil {
		clear(b)
	}
}

func (d *decoder) u32() uint32 {
	var b [4]byte
	d.read(b[:])
	return binary.LittleEndian.Uint32(b[:])
}

func (d *decoder) count(int) int { return int(d.u32()) }

func (d *decoder) more() bool { return d.err == nil }

// uints reads by pieces, so that a false length costs no memory.
func (d *decoder) uints(list *[]uint32) {
	n := d.count(0)
	got := make([]uint32, 0, min(n, 1<<18))
	if d.buf == nil {
		d.buf = make([]byte, 1<<16)
	}
	for n > 0 && d.err == nil {
		k := min(n, len(d.buf)/4)
		b := d.buf[:4*k]
		d.read(b)
		if d.err != nil {
			break
		}
		for i := 0; i < len(b); i += 4 {
			got = append(got, binary.LittleEndian.Uint32(b[i:]))
		}
		n -= k
	}
	*list = got
}

func (d *decoder) coords(list *[]e7.Coord) {
	var flat []uint32
	d.uints(&flat)
	*list = make([]e7.Coord, len(flat)/2)
	for i := range *list {
		(*list)[i] = e7.Coord{Lon: int32(flat[2*i]), Lat: int32(flat[2*i+1])}
	}
}

func (d *decoder) float(v *float64) {
	var b [8]byte
	d.read(b[:])
	*v = math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

// text reads by pieces like uints.
func (d *decoder) text(s *string) {
	n := d.count(0)
	var got []byte
	for n > 0 && d.err == nil {
		b := make([]byte, min(n, 1<<12))
		d.read(b)
		got = append(got, b...)
		n -= len(b)
	}
	*s = string(got)
}
