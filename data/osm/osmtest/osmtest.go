// Package osmtest writes small OpenStreetMap extracts (PBF) for tests: a
// [Drawing] of nodes, ways and relations becomes the bytes of a file. It is not
// for extracts that others should read: there is one block of each kind.
package osmtest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Drawing is a small extract. The zero value is empty.
type Drawing struct {
	Nodes     []Node
	Ways      []Way
	Relations []Relation
	Pack      string // of blocks: "", "zlib" or "zstd"
}

// Node is a place, tags as key, value, key, value ...
type Node struct {
	ID       int64
	Lon, Lat float64
	Tags     []string
}

// Way is a line through nodes.
type Way struct {
	ID      int64
	Version int
	Refs    []int64
	Tags    []string
}

// Relation is a group of elements.
type Relation struct {
	ID      int64
	Members []Member
	Tags    []string
}

// Member is an element of a relation.
type Member struct {
	Kind int // 0 node, 1 way, 2 relation
	Ref  int64
	Role string
}

// Of is a member.
func Of(kind int, ref int64, role string) Member { return Member{kind, ref, role} }

// Node adds a node.
func (d *Drawing) Node(id int64, lon, lat float64, tags ...string) {
	d.Nodes = append(d.Nodes, Node{id, lon, lat, tags})
}

// Way adds a way of version 1.
func (d *Drawing) Way(id int64, refs []int64, tags ...string) {
	d.Ways = append(d.Ways, Way{id, 1, refs, tags})
}

// Relation adds a relation.
func (d *Drawing) Relation(id int64, members []Member, tags ...string) {
	d.Relations = append(d.Relations, Relation{id, members, tags})
}

// texts numbers the texts of a block.
type texts struct {
	list   []string
	number map[string]uint64
}

func (t *texts) of(s string) uint64 {
	if t.number == nil {
		t.number, t.list = map[string]uint64{"": 0}, []string{""}
	}
	n, ok := t.number[s]
	if !ok {
		n = uint64(len(t.list))
		t.number[s], t.list = n, append(t.list, s)
	}
	return n
}

func bytesField(b []byte, number int, data []byte) []byte {
	b = binary.AppendUvarint(b, uint64(number)<<3|2)
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

func numberField(b []byte, number int, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(number)<<3), v)
}

func (t *texts) tags(pairs []string) (keys, values []byte) {
	for i := 0; i < len(pairs); i += 2 {
		keys = binary.AppendUvarint(keys, t.of(pairs[i]))
		values = binary.AppendUvarint(values, t.of(pairs[i+1]))
	}
	return keys, values
}

func (d *Drawing) dense(t *texts) []byte {
	var ids, lats, lons, tags []byte
	var id, lat, lon int64
	for _, n := range d.Nodes {
		x, y := int64(n.Lon*1e7+sign(n.Lon)*0.5), int64(n.Lat*1e7+sign(n.Lat)*0.5)
		ids, lats, lons = binary.AppendVarint(ids, n.ID-id), binary.AppendVarint(lats, y-lat), binary.AppendVarint(lons, x-lon)
		id, lat, lon = n.ID, y, x
		for _, s := range n.Tags {
			tags = binary.AppendUvarint(tags, t.of(s))
		}
		tags = append(tags, 0)
	}
	return bytesField(bytesField(bytesField(bytesField(nil, 1, ids), 8, lats), 9, lons), 10, tags)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

func (w *Way) bytes(t *texts) []byte {
	keys, values := t.tags(w.Tags)
	var refs []byte
	last := int64(0)
	for _, r := range w.Refs {
		refs, last = binary.AppendVarint(refs, r-last), r
	}
	b := bytesField(bytesField(numberField(nil, 1, uint64(w.ID)), 2, keys), 3, values)
	b = bytesField(b, 4, numberField(numberField(nil, 1, uint64(w.Version)), 5, t.of("somebody")))
	return bytesField(b, 8, refs)
}

func (r *Relation) bytes(t *texts) []byte {
	keys, values := t.tags(r.Tags)
	var roles, refs, kinds []byte
	last := int64(0)
	for _, m := range r.Members {
		roles, refs, kinds = binary.AppendUvarint(roles, t.of(m.Role)), binary.AppendVarint(refs, m.Ref-last), append(kinds, byte(m.Kind))
		last = m.Ref
	}
	b := bytesField(bytesField(numberField(nil, 1, uint64(r.ID)), 2, keys), 3, values)
	return bytesField(bytesField(bytesField(b, 8, roles), 9, refs), 10, kinds)
}

// Bytes is the file: a header and a block for each kind of element.
func (d *Drawing) Bytes() []byte {
	var t texts
	var groups [][]byte
	if len(d.Nodes) > 0 {
		groups = append(groups, bytesField(nil, 2, d.dense(&t)))
	}
	var ways, relations []byte
	for _, w := range d.Ways {
		ways = bytesField(ways, 3, w.bytes(&t))
	}
	for _, r := range d.Relations {
		relations = bytesField(relations, 4, r.bytes(&t))
	}
	groups = append(groups, ways, relations)
	t.of("")
	var table []byte
	for _, s := range t.list {
		table = bytesField(table, 1, []byte(s))
	}
	header := bytesField(bytesField(nil, 4, []byte("OsmSchema-V0.6")), 4, []byte("DenseNodes"))
	out := d.block(nil, "OSMHeader", header)
	for _, g := range groups {
		out = d.block(out, "OSMData", numberField(bytesField(bytesField(nil, 1, table), 2, g), 17, 100))
	}
	return out
}

func (d *Drawing) block(out []byte, kind string, plain []byte) []byte {
	blob := bytesField(nil, 1, plain)
	if d.Pack != "" {
		var packed bytes.Buffer
		var w io.WriteCloser = zlib.NewWriter(&packed)
		number := 3
		if d.Pack == "zstd" {
			w, _ = zstd.NewWriter(&packed)
			number = 7
		}
		_, _ = w.Write(plain)
		_ = w.Close()
		blob = bytesField(numberField(nil, 2, uint64(len(plain))), number, packed.Bytes())
	}
	head := numberField(bytesField(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	out = binary.BigEndian.AppendUint32(out, uint32(len(head)))
	return append(append(out, head...), blob...)
}
