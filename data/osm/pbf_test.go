package osm

import (
	"bytes"
	"io"
	"testing"

	"lifecircle/data/osm/osmtest"
)

// drawing is a small extract that tests draw.
type drawing struct{ osmtest.Drawing }

func newDrawing(pack string) *drawing { return &drawing{osmtest.Drawing{Pack: pack}} }

func (d *drawing) file(name string) File {
	b := d.Bytes()
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// real is a file of the data that is not part of the repository.
func real(t testing.TB, path string) File {
	t.Helper()
	return realFile(t, "../../../shared/data/"+path)
}
