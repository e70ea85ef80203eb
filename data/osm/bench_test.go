package osm

import (
	"bytes"
	"testing"

	"lifecircle/geo/network"
)

// BenchmarkComoros: a country from its extract, and from the cached form.
func BenchmarkComoros(b *testing.B) {
	file := real(b, "comoros/comoros-2021.osm.pbf")
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			if _, _, _, err := Network(ctx, []File{file}, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	cached := encoded(b, file)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, err := network.Decode(bytes.NewReader(cached)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
