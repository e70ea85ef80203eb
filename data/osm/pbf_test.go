package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// drawing is a small extract, written by the tests themselves.
type drawing struct {
	nodes     []dNode
	ways      []dWay
	relations []dRelation
	pack      string // "", "zlib" or "zstd"
}

type dNode struct {
	id       int64
	lon, lat float64
	tags     []string
}

type dWay struct {
	id      int64
	version int
	refs    []int64
	tags    []string
}

type dRelation struct {
	id      int64
	members []dMember
	tags    []string
}

type dMember struct {
	kind int // 0 node, 1 way, 2 relation
	ref  int64
	role string
}

func (d *drawing) node(id int64, lon, lat float64, tags ...string) {
	d.nodes = append(d.nodes, dNode{id, lon, lat, tags})
}

func (d *drawing) way(id int64, refs []int64, tags ...string) {
	d.ways = append(d.ways, dWay{id, 1, refs, tags})
}

func (d *drawing) relation(id int64, members []dMember, tags ...string) {
	d.relations = append(d.relations, dRelation{id, members, tags})
}

func (d *drawing) file(name string) File {
	b := d.bytes()
	return File{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
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

func (d *drawing) dense(t *texts) []byte {
	var ids, lats, lons, tags []byte
	var id, lat, lon int64
	for _, n := range d.nodes {
		x, y := int64(n.lon*1e7+sign(n.lon)*0.5), int64(n.lat*1e7+sign(n.lat)*0.5)
		ids, lats, lons = binary.AppendVarint(ids, n.id-id), binary.AppendVarint(lats, y-lat), binary.AppendVarint(lons, x-lon)
		id, lat, lon = n.id, y, x
		for _, s := range n.tags {
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

func (w *dWay) bytes(t *texts) []byte {
	keys, values := t.tags(w.tags)
	var refs []byte
	last := int64(0)
	for _, r := range w.refs {
		refs, last = binary.AppendVarint(refs, r-last), r
	}
	b := bytesField(bytesField(numberField(nil, 1, uint64(w.id)), 2, keys), 3, values)
	b = bytesField(b, 4, numberField(numberField(nil, 1, uint64(w.version)), 5, t.of("somebody")))
	return bytesField(b, 8, refs)
}

func (r *dRelation) bytes(t *texts) []byte {
	keys, values := t.tags(r.tags)
	var roles, refs, kinds []byte
	last := int64(0)
	for _, m := range r.members {
		roles, refs, kinds = binary.AppendUvarint(roles, t.of(m.role)), binary.AppendVarint(refs, m.ref-last), append(kinds, byte(m.kind))
		last = m.ref
	}
	b := bytesField(bytesField(numberField(nil, 1, uint64(r.id)), 2, keys), 3, values)
	return bytesField(bytesField(bytesField(b, 8, roles), 9, refs), 10, kinds)
}

// bytes is the file: a header and a block for each kind of element.
func (d *drawing) bytes() []byte {
	var t texts
	var groups [][]byte
	if len(d.nodes) > 0 {
		groups = append(groups, bytesField(nil, 2, d.dense(&t)))
	}
	var ways, relations []byte
	for _, w := range d.ways {
		ways = bytesField(ways, 3, w.bytes(&t))
	}
	for _, r := range d.relations {
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

func (d *drawing) block(out []byte, kind string, plain []byte) []byte {
	blob := bytesField(nil, 1, plain)
	if d.pack != "" {
		var packed bytes.Buffer
		var w io.WriteCloser = zlib.NewWriter(&packed)
		number := 3
		if d.pack == "zstd" {
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

// real is a file of the data that is not part of the repository.
func real(t testing.TB, path string) File {
	t.Helper()
	return realFile(t, "../../../shared/data/"+path)
}
