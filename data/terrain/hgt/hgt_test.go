package hgt

import (
	"archive/zip"
	"bytes"
	"math"
	"testing"

	"lifecircle/coverage"
)

// small is a tile of 3 x 3 samples: half a degree apart.
var small = []byte{0, 1, 0, 2, 0, 3, 0x80, 0, 0xff, 0xff, 0, 6, 0, 7, 0, 8, 0, 9}

func zipped(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(small)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	for name, content := range map[string][]byte{"d/S12W003.hgt": small, "s12w003.SRTMGL1.HGT": small, "any.zip": zipped(t, "readme.txt", "S12W003.hgt")} {
		h, s, err := Read(name, content)
		if err != nil {
			t.Fatal(name, err)
		}
		x, y := s.Centre(0)
		if x != -3 || y != -11 || s.DX != 0.5 || s.DY != 0.5 || s.Cols != 3 {
			t.Errorf("%s: the first sample at %v %v, %+v", name, x, y, s)
		}
		if h[0] != 1 || !math.IsNaN(float64(h[3])) || h[4] != -1 || h[8] != 9 {
			t.Error(name, h)
		}
	}
	for _, c := range []struct {
		file    string
		content []byte
		key     string
	}{{"N01E001.hgt", small[:16], "hgt.size"}, {"N01E001.hgt", nil, "hgt.size"}, {"tile.hgt", small, "hgt.name"}, {"N95E001.hgt", small, "hgt.name"}, {"N01E001.zip", zipped(t, "a.txt"), "hgt.zip"}} {
		if _, _, err := Read(c.file, c.content); err == nil || err.(*coverage.Error).Key != c.key {
			t.Errorf("%s: %v", c.file, err)
		}
	}
	if _, _, err := Read("x.zip", zipped(t, "N01E001.hgt", "N01E002.hgt")); err == nil {
		t.Error("two tiles at once")
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]bool{"N12E043.hgt": true, "a/s12e043.srtmgl1.hgt.zip": true, "dem.tif": false, "roads.zip": false, "x.HGT": true, "N12E043.tif": false} {
		if Named(name) != want {
			t.Error(name)
		}
	}
}

// FuzzRead: whatever the bytes, the grid fits the heights.
func FuzzRead(f *testing.F) {
	f.Add("N01E001.hgt", small)
	f.Add("a.zip", zipped(f, "N01E001.hgt"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		h, s, err := Read(name, content)
		if err == nil && (int64(len(h)) != s.Cells() || s.X0 < -181 || s.Y0 > 91) {
			t.Fatalf("%d heights, %+v", len(h), s)
		}
	})
}
