package raster

import (
	"bufio"
	"io"
)

// packBits decodes the run-length code of TIFF 6.0 section 9: a count byte n,
// then n+1 literal bytes (n < 128), or one byte 257-n times (n > 128).
type packBits struct {
	in      *bufio.Reader
	left    int  // bytes of the current run still to come
	literal bool // whether they stand in the file one by one
	value   byte
}

func (p *packBits) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		if p.left == 0 {
			if err := p.next(); err != nil {
				return n, err
			}
			continue
		}
		part := b[n:min(len(b), n+p.left)]
		if err := p.fill(part); err != nil {
			return n, err
		}
		n += len(part)
		p.left -= len(part)
	}
	return n, nil
}

// next reads the head of a run. 128 stands for nothing.
func (p *packBits) next() error {
	c, err := p.in.ReadByte()
	if err != nil || c == 128 {
		return err
	}
	if p.literal = c < 128; p.literal {
		p.left = int(c) + 1
		return nil
	}
	p.left = 257 - int(c)
	p.value, err = p.in.ReadByte()
	return err
}

func (p *packBits) fill(part []byte) error {
	if p.literal {
		_, err := io.ReadFull(p.in, part)
		return err
	}
	for i := range part {
		part[i] = p.value
	}
	return nil
}
