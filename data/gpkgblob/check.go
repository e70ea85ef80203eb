package gpkgblob

import (
	"encoding/binary"
	"fmt"
)

// maxDepth is how deep collections may stand in one another.
const maxDepth = 16

// The geometry types of well-known binary.
const (
	typePoint = 1 + iota
	typeLineString
	typePolygon
	typeMultiPoint
	typeMultiLineString
	typeMultiPolygon
	typeCollection
)

// The flags of extended well-known binary.
const (
	ewkbZ    = 0x80000000
	ewkbM    = 0x40000000
	ewkbSRID = 0x20000000
)

// checker walks well-known binary without building anything, so that go-geom,
// which allocates by the counts that it reads, only sees counts that are true.
type checker struct {
	rest     []byte
	extended bool
}

// check reports whether b is extended, or why it cannot be read.
func check(b []byte) (extended bool, err error) {
	c := checker{rest: b}
	if err := c.geometry(0, 0); err != nil {
		return false, fmt.Errorf("gpkgblob: %w", err)
	}
	if len(c.rest) > 0 {
		return false, fmt.Errorf("gpkgblob: %w: %d bytes after its end", ErrCorrupt, len(c.rest))
	}
	return c.extended, nil
}

// geometry checks one geometry; member is the type that it must have inside a
// multi geometry, 0 for any.
func (c *checker) geometry(depth int, member uint32) error {
	order, code, err := c.head()
	if err != nil {
		return err
	}
	kind, stride, err := c.kind(code)
	if err != nil {
		return err
	}
	if member != 0 && kind != member {
		return fmt.Errorf("%w: type %d inside a collection of type %d", ErrCorrupt, kind, member)
	}
	if depth > maxDepth {
		return fmt.Errorf("%w: collections nested too deep", ErrUnsupported)
	}
	switch kind {
	case typePoint:
		return c.skip(1, 8*stride)
	case typeLineString:
		return c.positions(order, stride)
	case typePolygon:
		return c.each(order, 4, func() error { return c.positions(order, stride) })
	case typeCollection:
		return c.each(order, 9, func() error { return c.geometry(depth+1, 0) })
	}
	return c.each(order, 9, func() error { return c.geometry(depth+1, kind-3) })
}

func (c *checker) head() (binary.ByteOrder, uint32, error) {
	if len(c.rest) < 5 {
		return nil, 0, fmt.Errorf("%w: cut short", ErrCorrupt)
	}
	var order binary.ByteOrder
	switch c.rest[0] {
	case 0:
		order = binary.BigEndian
	case 1:
		order = binary.LittleEndian
	default:
		return nil, 0, fmt.Errorf("%w: byte order %d", ErrCorrupt, c.rest[0])
	}
	code := order.Uint32(c.rest[1:])
	c.rest = c.rest[5:]
	return order, code, nil
}

// kind splits a type code into the plain type and the numbers per position.
func (c *checker) kind(code uint32) (kind uint32, stride int, err error) {
	stride = 2
	if code&(ewkbZ|ewkbM|ewkbSRID) != 0 {
		c.extended = true
		for _, f := range []uint32{ewkbZ, ewkbM} {
			if code&f != 0 {
				stride++
			}
		}
		if code&ewkbSRID != 0 {
			if err := c.skip(1, 4); err != nil {
				return 0, 0, err
			}
		}
		kind = code &^ (ewkbZ | ewkbM | ewkbSRID)
	} else {
		kind = code % 1000
		layouts := [...]int{2, 3, 3, 4}
		if code/1000 >= 4 || c.extended && code >= 1000 { // the two ways of marking Z do not mix
			return 0, 0, fmt.Errorf("%w: type %d", ErrCorrupt, code)
		}
		stride = layouts[code/1000]
	}
	if kind < typePoint || kind > typeCollection {
		return 0, 0, fmt.Errorf("%w: type %d", ErrUnsupported, code)
	}
	return kind, stride, nil
}

func (c *checker) count(order binary.ByteOrder) (uint32, error) {
	if len(c.rest) < 4 {
		return 0, fmt.Errorf("%w: cut short", ErrCorrupt)
	}
	n := order.Uint32(c.rest)
	c.rest = c.rest[4:]
	return n, nil
}

func (c *checker) skip(n uint32, size int) error {
	need := uint64(n) * uint64(size)
	if need > uint64(len(c.rest)) {
		return fmt.Errorf("%w: cut short", ErrCorrupt)
	}
	c.rest = c.rest[need:]
	return nil
}

func (c *checker) positions(order binary.ByteOrder, stride int) error {
	n, err := c.count(order)
	if err != nil {
		return err
	}
	return c.skip(n, 8*stride)
}

// each calls f for every part; a part has at least size bytes.
func (c *checker) each(order binary.ByteOrder, size int, f func() error) error {
	n, err := c.count(order)
	if err != nil {
		return err
	}
	if uint64(n)*uint64(size) > uint64(len(c.rest)) {
		return fmt.Errorf("%w: cut short", ErrCorrupt)
	}
	for range n {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
