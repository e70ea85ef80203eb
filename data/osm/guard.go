package osm

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const (
	maxHeader = 64 << 10
	maxBlock  = 32<<20 - 1024 // unpacked; the format says 32 MiB, the decoder takes a little less
)

// fault is what is wrong with a block of the file.
type fault struct {
	block int64
	err   error
}

func (f *fault) Error() string { return fmt.Sprintf("block %d: %v", f.block, f.err) }
func (f *fault) Unwrap() error { return f.err }

// guard reads PBF blocks, unpacks and checks them, and hands them on unpacked.
// It ends with the error of the context.
type guard struct {
	ctx    context.Context
	r      io.Reader
	block  int64
	in     bytes.Buffer
	out    bytes.Buffer
	plain  bytes.Buffer
	zstd   *zstd.Decoder
	failed error
}

func newGuard(ctx context.Context, r io.Reader) *guard { return &guard{ctx: ctx, r: r} }

// Read hands out what is left of a block, or reads the next one.
func (g *guard) Read(p []byte) (int, error) {
	for g.out.Len() == 0 && g.failed == nil {
		if g.failed = g.ctx.Err(); g.failed != nil {
			break
		}
		err := g.next()
		if err != nil && err != io.EOF {
			err = &fault{g.block, err}
		}
		g.failed = err
		g.block++
	}
	if g.out.Len() > 0 {
		return g.out.Read(p)
	}
	return 0, g.failed
}

// close frees what the guard holds.
func (g *guard) close() {
	if g.zstd != nil {
		g.zstd.Close()
	}
}

var (
	errCut  = errors.New("the file ends in the middle")
	errForm = errors.New("not the form of an OSM PBF file")
)

// take reads exactly n bytes, as they come.
func (g *guard) take(n uint64, most int) ([]byte, error) {
	if n > uint64(most) {
		return nil, errForm
	}
	g.in.Reset()
	got, err := io.CopyN(&g.in, g.r, int64(n))
	if err == io.EOF && got < int64(n) {
		return nil, errCut
	}
	return g.in.Bytes(), err
}

// next puts the next block, unpacked, into out. io.EOF at the end of the file.
func (g *guard) next() error {
	var size [4]byte
	if _, err := io.ReadFull(g.r, size[:]); err == io.ErrUnexpectedEOF {
		return errCut
	} else if err != nil {
		return err
	}
	head, err := g.take(uint64(binary.BigEndian.Uint32(size[:])), maxHeader)
	if err != nil {
		return err
	}
	var kind string
	var length uint64
	if err := fields(head, func(f field) error {
		switch f.number {
		case 1:
			kind = string(f.data)
		case 3:
			length = f.value
		}
		return nil
	}); err != nil {
		return err
	}
	if g.block == 0 && kind != "OSMHeader" || kind != "OSMHeader" && kind != "OSMData" {
		return errForm
	}
	blob, err := g.take(length, maxBlock)
	if err != nil {
		return err
	}
	plain, err := g.unpack(blob)
	if err != nil {
		return err
	}
	if kind == "OSMData" {
		if err := checkBlock(plain); err != nil {
			return err
		}
	}
	g.put(kind, plain)
	return nil
}

// unpack returns the content of a blob.
func (g *guard) unpack(blob []byte) ([]byte, error) {
	var raw, packed []byte
	var kind int
	size := uint64(0)
	if err := fields(blob, func(f field) error {
		switch f.number {
		case 1:
			raw = f.data
		case 2:
			size = f.value
		case 3, 4, 5, 6, 7:
			packed, kind = f.data, f.number
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if kind == 0 {
		return raw, nil
	}
	var from io.Reader
	switch kind {
	case 3:
		z, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		from = z
	case 7:
		if err := g.openZstd(packed); err != nil {
			return nil, err
		}
		from = g.zstd
	default:
		return nil, errors.New("packed with lzma, bzip2 or lz4; convert it with osmium cat")
	}
	g.plain.Reset()
	if _, err := io.Copy(&g.plain, io.LimitReader(from, maxBlock+1)); err != nil {
		return nil, err
	}
	if g.plain.Len() > maxBlock || uint64(g.plain.Len()) != size {
		return nil, errForm
	}
	return g.plain.Bytes(), nil
}

func (g *guard) openZstd(packed []byte) (err error) {
	if g.zstd == nil {
		g.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBlock*2))
		if err != nil {
			return err
		}
	}
	return g.zstd.Reset(bytes.NewReader(packed))
}

// put writes a block in the form that the decoder reads.
func (g *guard) put(kind string, plain []byte) {
	blob := binary.AppendUvarint([]byte{1<<3 | 2}, uint64(len(plain)))
	head := append([]byte{1<<3 | 2, byte(len(kind))}, kind...)
	head = binary.AppendUvarint(append(head, 3<<3), uint64(len(blob)+len(plain)))
	g.out.Reset()
	g.out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(head))))
	g.out.Write(head)
	g.out.Write(blob)
	g.out.Write(plain)
}

// field is one field of a protocol buffer: a number or bytes.
type field struct {
	number int
	wire   int
	value  uint64
	data   []byte
}

// fields goes through the fields of a message.
func fields(b []byte, yield func(field) error) error {
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		if n <= 0 || key>>3 == 0 || key>>3 > 1<<29 {
			return errForm
		}
		b = b[n:]
		f := field{number: int(key >> 3), wire: int(key & 7)}
		switch f.wire {
		case 0:
			f.value, n = binary.Uvarint(b)
			if n <= 0 {
				return errForm
			}
		case 1, 5:
			n = 8
			if f.wire == 5 {
				n = 4
			}
			if len(b) <= n { // the decoder wants a byte more
				return errForm
			}
		case 2:
			size, k := binary.Uvarint(b)
			if k <= 0 || size > uint64(len(b)-k) {
				return errForm
			}
			f.data = b[k : k+int(size)]
			n = k + int(size)
		default:
			return errForm
		}
		b = b[n:]
		if err := yield(f); err != nil {
			return err
		}
	}
	return nil
}
