package raster

import (
	"bufio"
	"errors"
	"io"
	"strconv"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/tiff/lzw"
)

// codec is a way of compression. maxRatio is how many bytes one byte can stand
// for at the very most.
type codecInfo struct {
	open     func(*codec) (io.Reader, error)
	predicts bool // whether the Predictor tag means anything
	maxRatio uint64
}

// codecs are the compressions that are read, by the value of the tag.
var codecs = map[uint64]codecInfo{
	1:     {open: func(c *codec) (io.Reader, error) { return c.in, nil }, maxRatio: 1},
	5:     {open: (*codec).openLZW, predicts: true, maxRatio: 4096},
	8:     {open: (*codec).openDeflate, predicts: true, maxRatio: 1040},
	32773: {open: func(c *codec) (io.Reader, error) { return &packBits{in: c.in}, nil }, maxRatio: 64},
	32946: {open: (*codec).openDeflate, predicts: true, maxRatio: 1040},
	50000: {open: (*codec).openZSTD, predicts: true, maxRatio: 1 << 16},
}

// compressionName names the compressions that are not read.
func compressionName(tag uint64) string {
	names := map[uint64]string{
		2: "CCITT RLE", 3: "CCITT G3", 4: "CCITT G4", 6: "JPEG (old)", 7: "JPEG",
		34712: "JPEG 2000", 34887: "LERC", 34925: "LZMA", 50001: "WebP", 50002: "JPEG XL", 52546: "JPEG XL",
	}
	if n, ok := names[tag]; ok {
		return n
	}
	return strconv.FormatUint(tag, 10)
}

// codec opens one segment after the other and keeps its buffers. One a
// goroutine.
type codec struct {
	in   *bufio.Reader
	lzw  io.Closer
	zlib io.ReadCloser
	zstd *zstd.Decoder
}

// bufferBytes is what a worker reads from the file at once.
const bufferBytes = 1 << 16

func newCodec() *codec { return &codec{in: bufio.NewReaderSize(nil, bufferBytes)} }

// open starts to decode src.
func (c *codec) open(compression uint64, src io.Reader) (io.Reader, error) {
	c.in.Reset(src)
	return codecs[compression].open(c)
}

func (c *codec) close() {
	if c.lzw != nil {
		_ = c.lzw.Close()
	}
	if c.zstd != nil {
		c.zstd.Close()
	}
}

func (c *codec) openLZW() (io.Reader, error) {
	if c.lzw != nil {
		_ = c.lzw.Close()
	}
	r := lzw.NewReader(c.in, lzw.MSB, 8)
	c.lzw = r
	return r, nil
}

func (c *codec) openDeflate() (io.Reader, error) {
	var err error
	if c.zlib == nil {
		c.zlib, err = zlib.NewReader(c.in)
		return c.zlib, err
	}
	return c.zlib, c.zlib.(zlib.Resetter).Reset(c.in, nil)
}

// maxZSTDWindow is the largest back reference that is kept, 128 MiB: what the
// command zstd takes by default.
const maxZSTDWindow = 1 << 27

func (c *codec) openZSTD() (io.Reader, error) {
	if c.zstd != nil {
		return c.zstd, c.zstd.Reset(c.in)
	}
	var err error
	c.zstd, err = zstd.NewReader(c.in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxZSTDWindow))
	return c.zstd, err
}

// drain reads what follows the rows that were needed, so that a checksum at the
// end is looked at. Only a wrong checksum or broken code is a fault there:
// some writers cut the padding of the last tile short.
func drain(stream io.Reader, atMost int64) error {
	_, err := io.Copy(io.Discard, io.LimitReader(stream, atMost+1))
	var broken flate.CorruptInputError
	if errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zstd.ErrCRCMismatch) || errors.As(err, &broken) {
		return err
	}
	return nil
}
