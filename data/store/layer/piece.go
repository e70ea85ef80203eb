package layer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"

	"github.com/klauspost/compress/zstd"
)

// pieceBytes is how much of a part a piece holds at most: far below what a row
// may hold in SQLite and PostgreSQL (1 GB), and little to have in memory twice.
const pieceBytes = 16 << 20

// mostRaw is the most that the packed bytes of a graph, or of settings, may
// unpack to. Real graphs shrink to three quarters; a small file that claims gigabytes is refused. (The
// ground has no such bound, as a plain shrinks to nothing: there the grid says
// how much there is.)
func mostRaw(packed int64) int64 { return pieceBytes + 64*packed }

// piece is a row of the table of parts.
type piece struct {
	part   string
	number int
	data   []byte
}

// packer cuts what is written to it into pieces.
type packer struct {
	ctx    context.Context
	zip    *zstd.Encoder
	buf    []byte
	name   string // of the part
	number int    // of the piece
	raw    int64  // bytes of the part
	packed int64  // the same, compressed
	pieces []piece
}

func newPacker(ctx context.Context) (*packer, error) {
	// The fastest level: the higher ones save a tenth and take three times as long.
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	return &packer{ctx: ctx, zip: zip}, err
}

// part packs what fill writes.
func (p *packer) part(name string, fill func(io.Writer) error) error {
	p.name, p.number, p.raw, p.packed = name, 0, 0, 0
	if err := fill(p); err != nil {
		return err
	}
	return p.flush()
}

// Write is for one part.
func (p *packer) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := min(len(rest), pieceBytes-len(p.buf))
		p.buf, rest = append(p.buf, rest[:n]...), rest[n:]
		if len(p.buf) == pieceBytes {
			if err := p.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(b), nil
}

// flush ends a piece.
func (p *packer) flush() error {
	if len(p.buf) > 0 {
		data := p.zip.EncodeAll(p.buf, nil)
		p.pieces = append(p.pieces, piece{p.name, p.number, data})
		p.raw, p.packed = p.raw+int64(len(p.buf)), p.packed+int64(len(data))
		p.number++
		p.buf = p.buf[:0]
	}
	return p.ctx.Err()
}

// roads packs a graph that can be unpacked again.
func (p *packer) roads(g *network.Graph) error {
	if err := p.part(roadsPart, g.Encode); err != nil {
		return err
	}
	if p.raw > mostRaw(p.packed) {
		return &coverage.Error{Code: coverage.Unusable, Key: "store.roads_even", Args: coverage.Args{"raw": p.raw, "packed": p.packed}}
	}
	return nil
}

// floats packs a column of numbers.
func (p *packer) floats(name string, column []float32) error {
	return p.part(name, func(w io.Writer) error {
		b := make([]byte, min(4*len(column), 1<<16))
		for rest := column; len(rest) > 0; {
			n := min(len(rest), len(b)/4)
			putFloats(b, rest[:n])
			if _, err := w.Write(b[:4*n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	})
}

// unpacker opens pieces, of which nothing is believed.
type unpacker struct {
	ctx context.Context
	zip *zstd.Decoder
	buf []byte // of the last piece
}

func newUnpacker(ctx context.Context) (*unpacker, error) {
	zip, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(pieceBytes))
	return &unpacker{ctx: ctx, zip: zip}, err
}

func (u *unpacker) close() { u.zip.Close() }

// open unpacks a piece; the bytes are valid until the next one.
func (u *unpacker) open(data []byte) ([]byte, error) {
	if err := u.ctx.Err(); err != nil {
		return nil, err
	}
	b, err := u.zip.DecodeAll(data, u.buf[:0])
	if err != nil {
		return nil, err
	}
	u.buf = b
	return b, nil
}

var errLength = errors.New("the length is not what it should be")

// floats unpacks the column of a grid.
func (u *unpacker) floats(pieces [][]byte, g grid.Spec) ([]float32, error) {
	n := g.Cells()
	const each = pieceBytes / 4
	if g.Cols < 0 || g.Rows < 0 || n > store.MaxGroundCells || int64(len(pieces)) != (n+each-1)/each {
		return nil, fmt.Errorf("%w: %d x %d cells in %d pieces", errLength, g.Cols, g.Rows, len(pieces))
	}
	out := make([]float32, n)
	for rest := out; len(rest) > 0; pieces = pieces[1:] {
		k := min(each, len(rest))
		b, err := u.open(pieces[0])
		if err != nil {
			return nil, err
		}
		if len(b) != 4*k {
			return nil, fmt.Errorf("%w: %d bytes for %d cells", errLength, len(b), k)
		}
		getFloats(rest[:k], b)
		rest = rest[k:]
	}
	return out, nil
}

// reader reads pieces of anything but the ground one after the other.
func (u *unpacker) reader(pieces [][]byte) io.Reader {
	var packed int64
	for _, p := range pieces {
		packed += int64(len(p))
	}
	return &pieceReader{u: u, rest: pieces, left: mostRaw(packed)}
}

type pieceReader struct {
	u    *unpacker
	rest [][]byte // pieces that are not unpacked
	open []byte   // what is left of the last one
	left int64    // bytes that may still come
}

// Read implements io.Reader.
func (r *pieceReader) Read(b []byte) (int, error) {
	for len(r.open) == 0 {
		if len(r.rest) == 0 {
			return 0, io.EOF
		}
		var err error
		if r.open, err = r.u.open(r.rest[0]); err != nil {
			return 0, err
		}
		if r.left -= int64(len(r.open)); r.left < 0 {
			return 0, fmt.Errorf("%w: more than such bytes hold", errLength)
		}
		r.rest = r.rest[1:]
	}
	n := copy(b, r.open)
	r.open = r.open[n:]
	return n, nil
}
