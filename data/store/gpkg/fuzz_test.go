package gpkg

import (
	"testing"

	"lifecircle/data/gpkgblob"

	"github.com/paulmach/orb"
)

// FuzzDecode holds the quick way of reading points to package gpkgblob on any
// bytes.
func FuzzDecode(f *testing.F) {
	for _, g := range []orb.Geometry{orb.Point{1, 2}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, orb.MultiPolygon{}} {
		blob, err := appendBlob(nil, g)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(blob)
		f.Add(blob[:len(blob)-1])
	}
	f.Add([]byte("GP\x00\x01\xe6\x10\x00\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf8\x7f\x00\x00\x00\x00\x00\x00\xf8\x7f"))
	f.Add([]byte("GP\x01\x01\xe6\x10\x00\x00\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf8?\x00\x00\x00\x00\x00\x00\xf8?"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 {
			return // no geometry
		}
		got, err := decode(b)
		want, _, _, wantErr := gpkgblob.Decode(b)
		if (err == nil) != (wantErr == nil) || err == nil && (got == nil) != (want == nil) || got != nil && !orb.Equal(got, want) {
			t.Errorf("%v, %v; want %v, %v", got, err, want, wantErr)
		}
	})
}
