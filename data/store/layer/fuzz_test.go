package layer

import (
	"bytes"
	"encoding/json"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
)

// FuzzTransport opens any bytes as the parts of a transport: an error, or a
// transport that is packed and unpacked to the same settings.
func FuzzTransport(f *testing.F) {
	pieces, err := pack(f.Context(), &coverage.Transport{Roads: &network.Graph{}, Ground: &coverage.Ground{
		Grid: grid.Spec{Cols: 2, Rows: 2}, Seconds: []float32{1, 2, 3, 4}, Heights: []float32{0, 0, 0, 0},
	}})
	if err != nil || len(pieces) != 4 {
		f.Fatal(len(pieces), err)
	}
	f.Add([]byte(`{"roads":true,"ground":{"grid":{"Cols":2,"Rows":2},"heights":true}}`), pieces[1].data, pieces[2].data, pieces[3].data)
	f.Add([]byte(`{"ground":{"grid":{"Cols":1000000,"Rows":1000000}}}`), []byte{}, []byte{}, []byte{})
	f.Add([]byte(`null`), pieces[0].data, pieces[3].data, pieces[1].data)
	f.Fuzz(func(t *testing.T, settings, roads, seconds, heights []byte) {
		u, err := newUnpacker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer u.close()
		frame := packed(t, settings)
		tr, part, err := u.transport(map[string][][]byte{"settings": {frame}, "roads": {roads}, "seconds": {seconds}, "heights": {heights}})
		if err != nil {
			if part == "" {
				t.Error("an error without its part: ", err)
			}
			return
		}
		again, err := pack(t.Context(), tr)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(specOf(tr))
		if err != nil || !bytes.Equal(packed(t, append(text, '\n')), again[0].data) {
			t.Errorf("other settings come back of %q: %v", settings, err)
		}
	})
}

func packed(t testing.TB, b []byte) []byte {
	p, err := newPacker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p.zip.EncodeAll(b, nil)
}
