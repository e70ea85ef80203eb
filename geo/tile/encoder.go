package tile

import "encoding/binary"

// Encoder writes one layer of a vector tile. orb/encoding/mvt makes a map and a
// geometry value a feature; for ten thousand squares this is several times
// faster, and the tests decode what it writes with orb.
type Encoder struct {
	name     string
	names    []string
	features []byte
	values   []byte
	table    []Value  // every value written, in order
	slots    []uint32 // hash table: number of a value + 1, 0 free
	scratch  []byte
	tags     []uint32
	count    int
}

// NewEncoder starts a layer whose features all have the properties names.
func NewEncoder(layer string, names []string) *Encoder {
	return &Encoder{name: layer, names: names, slots: make([]uint32, 1024)}
}

// The field numbers, types and commands of the specification.
const (
	geomPoint, geomPolygon     = 1, 3
	moveTo, lineTo, closePath  = 1, 2, 7
	wireVarint, wireLen, wire4 = 0, 2, 5
)

type unit = [2]int32

// Point adds a point at tile units.
func (e *Encoder) Point(at [2]int32, values []Value) {
	g := append(e.scratch[:0], moveTo|1<<3)
	g = appendStep(g, at, unit{})
	e.feature(geomPoint, g, values)
}

// Ring adds a polygon of one ring, not closed, of at least three corners in tile
// units, clockwise as seen on the screen.
func (e *Encoder) Ring(ring [][2]int32, values []Value) {
	g := append(e.scratch[:0], moveTo|1<<3)
	g = appendStep(g, ring[0], unit{})
	g = binary.AppendUvarint(g, uint64(lineTo|(len(ring)-1)<<3))
	for i := 1; i < len(ring); i++ {
		g = appendStep(g, ring[i], ring[i-1])
	}
	e.feature(geomPolygon, append(g, closePath|1<<3), values)
}

func appendStep(b []byte, to, from unit) []byte {
	b = binary.AppendUvarint(b, zigzag(int64(to[0]-from[0])))
	return binary.AppendUvarint(b, zigzag(int64(to[1]-from[1])))
}

func zigzag(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

func (e *Encoder) feature(kind byte, geometry []byte, values []Value) {
	e.scratch = geometry[:0]
	e.tags = e.tags[:0]
	size := 0
	for i, v := range values {
		n := e.value(v)
		e.tags = append(e.tags, uint32(i), n)
		size += uvarintLen(uint64(i)) + uvarintLen(uint64(n))
	}
	body := 1 + uvarintLen(uint64(size)) + size + 2 + 1 + uvarintLen(uint64(len(geometry))) + len(geometry)
	b := append(e.features, 2<<3|wireLen) // Layer.features
	b = binary.AppendUvarint(b, uint64(body))
	b = append(b, 2<<3|wireLen) // Feature.tags
	b = binary.AppendUvarint(b, uint64(size))
	for _, n := range e.tags {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(b, 3<<3|wireVarint, kind, 4<<3|wireLen) // Feature.type, Feature.geometry
	b = binary.AppendUvarint(b, uint64(len(geometry)))
	e.features = append(b, geometry...)
	e.count++
}

func uvarintLen(v uint64) int {
	n := 1
	for ; v >= 0x80; v >>= 7 {
		n++
	}
	return n
}

// value returns the number of v in the layer's table of values: a hash table by
// open addressing, since most values of a tile are different ones.
func (e *Encoder) value(v Value) uint32 {
	slot := e.slot(v)
	if n := e.slots[slot]; n != 0 {
		return n - 1
	}
	e.table = append(e.table, v)
	e.slots[slot] = uint32(len(e.table))
	e.writeValue(v)
	if 2*len(e.table) > len(e.slots) {
		e.slots = make([]uint32, 2*len(e.slots))
		for i, w := range e.table {
			e.slots[e.slot(w)] = uint32(i + 1)
		}
	}
	return uint32(len(e.table) - 1)
}

// slot is where v stands in the hash table, or would.
func (e *Encoder) slot(v Value) uint64 {
	h := v.bits * 0x9e3779b97f4a7c15
	h ^= h >> 32
	mask := uint64(len(e.slots) - 1)
	for h &= mask; e.slots[h] != 0 && e.table[e.slots[h]-1] != v; {
		h = (h + 1) & mask
	}
	return h
}

func (e *Encoder) writeValue(v Value) {
	b := append(e.values, 4<<3|wireLen) // Layer.values
	if v.whole {
		z := zigzag(int64(v.bits))
		b = append(b, byte(1+uvarintLen(z)), 6<<3|wireVarint) // Value.sint_value
		b = binary.AppendUvarint(b, z)
	} else {
		b = append(b, 5, 2<<3|wire4) // Value.float_value
		b = binary.LittleEndian.AppendUint32(b, uint32(v.bits))
	}
	e.values = b
}

// Bytes returns the tile, nil when the layer has no feature.
func (e *Encoder) Bytes() []byte {
	if e.count == 0 {
		return nil
	}
	layer := append([]byte{15<<3 | wireVarint, 2}, 1<<3|wireLen) // Layer.version, Layer.name
	layer = appendString(layer, e.name)
	layer = append(layer, e.features...)
	for _, n := range e.names {
		layer = appendString(append(layer, 3<<3|wireLen), n) // Layer.keys
	}
	layer = append(layer, e.values...)
	layer = append(layer, 5<<3|wireVarint) // Layer.extent
	layer = binary.AppendUvarint(layer, Extent)
	tile := binary.AppendUvarint([]byte{3<<3 | wireLen}, uint64(len(layer))) // Tile.layers
	return append(tile, layer...)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
