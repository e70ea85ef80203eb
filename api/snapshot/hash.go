package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"math"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// hashOf is a SHA-256 over the content of a dataset, so that two datasets with
// one hash give the same answers wherever they came from.
func hashOf(ds *coverage.Dataset) string {
	h := content{Hash: sha256.New()}
	few := *ds
	few.Demand, few.Zones, few.Land, few.Transport = nil, nil, nil, nil
	h.json(few)
	h.transport(ds.Transport)
	for _, z := range ds.Zones {
		h.geometry(z.Geometry)
		z.Geometry = nil
		h.json(z)
	}
	for _, l := range ds.Land {
		h.geometry(l.Geometry)
	}
	d := ds.Demand
	h.json([]any{d.Grid, d.Groups, d.Len()})
	column(h, d.Cell, func(v int32) uint32 { return uint32(v) })
	column(h, d.Zone, func(v int32) uint32 { return uint32(v) })
	column(h, d.Landmass, func(v int32) uint32 { return uint32(v) })
	column(h, d.Setting, func(v coverage.Setting) uint32 { return uint32(v) })
	for _, people := range d.Pop {
		column(h, people, math.Float32bits)
	}
	h.points(d.At)
	return hex.EncodeToString(h.Sum(nil))
}

type content struct{ hash.Hash }

// transport writes how people move; the columns of the ground hold infinities,
// which JSON does not.
func (h content) transport(t *coverage.Transport) {
	if t == nil {
		return
	}
	h.json([]any{t.Profiles, t.Boats, t.Snap, t.Roads != nil, t.Ground != nil})
	if t.Roads != nil {
		if err := t.Roads.Encode(h); err != nil {
			panic(err) // a hash takes whatever is written
		}
	}
	if g := t.Ground; g != nil {
		h.json([]any{g.Grid, g.Slope, g.Knights, g.Roads, g.KMH, len(g.Seconds), len(g.Heights)})
		column(h, g.Seconds, math.Float32bits)
		column(h, g.Heights, math.Float32bits)
	}
}

func (h content) json(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of ours; NaN is refused when data are read
	}
	h.number(uint64(len(text)))
	h.Write(text)
}

func (h content) number(n uint64) {
	h.Write(binary.LittleEndian.AppendUint64(nil, n))
}

func (h content) geometry(g orb.MultiPolygon) {
	h.number(uint64(len(g)))
	for _, p := range g {
		h.number(uint64(len(p)))
		for _, ring := range p {
			h.points(ring)
		}
	}
}

func (h content) points(list []orb.Point) {
	h.number(uint64(len(list)))
	buf := make([]byte, 0, 1<<16)
	for _, p := range list {
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(p[0]))
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(p[1]))
		if len(buf) == cap(buf) {
			h.Write(buf)
			buf = buf[:0]
		}
	}
	h.Write(buf)
}

func column[T any](h content, list []T, bits func(T) uint32) {
	buf := make([]byte, 0, 1<<16)
	for _, v := range list {
		buf = binary.LittleEndian.AppendUint32(buf, bits(v))
		if len(buf) == cap(buf) {
			h.Write(buf)
			buf = buf[:0]
		}
	}
	h.Write(buf)
}
