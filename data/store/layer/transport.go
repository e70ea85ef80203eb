package layer

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// The parts of a transport, each cut into pieces. Every piece has a checksum, for
// nothing else would tell that a speed was damaged.
const (
	settingsPart = "settings" // JSON of transportSpec; stands first
	roadsPart    = "roads"    // as [network.Graph.Encode] writes it
	secondsPart  = "seconds"  // float32 in little endian by cell number
	heightsPart  = "heights"  // the same
)

var partColumns = []Column{
	{"part", Text},
	{"piece", Int}, // from 0 in each part
	{"data", Blob}, // a Zstandard frame of at most pieceBytes, with its checksum
}

// transportSpec is what the other parts do not say of themselves. A setting that
// this program does not know is an error: to drop it would give other numbers.
type transportSpec struct {
	Roads    bool               `json:"roads"`
	Profiles []profile.Profile  `json:"profiles"`
	Boats    network.Boats      `json:"boats"`
	Snap     search.SnapOptions `json:"snap"`
	Ground   *groundSpec        `json:"ground"`
}

type groundSpec struct {
	Grid    grid.Spec `json:"grid"`
	Heights bool      `json:"heights"`
	Slope   string    `json:"slope"`
	Knights bool      `json:"knights"`
	Roads   string    `json:"roads"`
	KMH     float64   `json:"kmh"`
}

func specOf(t *coverage.Transport) *transportSpec {
	s := &transportSpec{Roads: t.Roads != nil, Profiles: t.Profiles, Boats: t.Boats, Snap: t.Snap}
	if g := t.Ground; g != nil {
		s.Ground = &groundSpec{Grid: g.Grid, Heights: g.Heights != nil, Slope: g.Slope, Knights: g.Knights, Roads: g.Roads, KMH: g.KMH}
	}
	return s
}

// parts is the table of the parts: empty without a transport.
func parts(ctx context.Context, t *coverage.Transport) (Layer, error) {
	pieces, err := pack(ctx, t)
	return Layer{
		Name: "transport_parts", About: "路网与地表数据 Roads and ground, as Zstandard frames", Columns: partColumns, Len: len(pieces),
		Row: func(i int, v []any) orb.Geometry {
			v[0], v[1], v[2] = pieces[i].part, int64(pieces[i].number), pieces[i].data
			return nil
		},
	}, err
}

// pack cuts and compresses the parts of a transport.
func pack(ctx context.Context, t *coverage.Transport) ([]piece, error) {
	if t == nil {
		return nil, nil
	}
	p, err := newPacker(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.part(settingsPart, func(w io.Writer) error { return json.NewEncoder(w).Encode(specOf(t)) }); err != nil {
		return nil, err
	}
	if t.Roads != nil {
		if err := p.roads(t.Roads); err != nil {
			return nil, err
		}
	}
	if g := t.Ground; g != nil {
		if err := p.floats(secondsPart, g.Seconds); err != nil {
			return nil, err
		}
		if err := p.floats(heightsPart, g.Heights); err != nil {
			return nil, err
		}
	}
	return p.pieces, nil
}

// transport reads what [parts] wrote. A store of the first format has none.
func (l *loader) transport() error {
	if l.format == firstFormat {
		return nil
	}
	found, n := map[string][][]byte{}, 0
	err := l.each(Layer{Name: "transport_parts", Columns: partColumns}, func(r *reader) {
		part := r.text(0)
		if r.whole(1, 0, math.MaxInt32, -1) != int64(len(found[part])) {
			r.fault(1)
			return
		}
		found[part] = append(found[part], bytes.Clone(r.blob(2)))
		n++
	})
	if err != nil || n == 0 && l.pieces == 0 {
		return err
	}
	if n != l.pieces {
		return l.damaged("*", fmt.Errorf("%w: %d pieces of %d", errLength, n, l.pieces))
	}
	u, err := newUnpacker(l.ctx)
	if err != nil {
		return err
	}
	defer u.close()
	t, part, err := u.transport(found)
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	if err != nil {
		return l.damaged(part, err)
	}
	l.ds.Transport = t
	return nil
}

func (l *loader) damaged(part string, err error) error {
	return &coverage.Error{Code: coverage.Unusable, Key: "store.part", Args: coverage.Args{"store": l.src.Name(), "part": part}, Err: err}
}

// transport puts the parts together. An error comes with the name of the part.
func (u *unpacker) transport(found map[string][][]byte) (t *coverage.Transport, part string, err error) {
	var s transportSpec
	d := json.NewDecoder(u.reader(found[settingsPart]))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, settingsPart, err
	}
	t = &coverage.Transport{Profiles: s.Profiles, Boats: s.Boats, Snap: s.Snap}
	if s.Roads {
		if t.Roads, err = network.Decode(u.reader(found[roadsPart])); err != nil {
			return nil, roadsPart, err
		}
	}
	if s.Ground == nil {
		return t, "", nil
	}
	t.Ground, part, err = u.ground(s.Ground, found)
	return t, part, err
}

func (u *unpacker) ground(s *groundSpec, found map[string][][]byte) (g *coverage.Ground, part string, err error) {
	g = &coverage.Ground{Grid: s.Grid, Slope: s.Slope, Knights: s.Knights, Roads: s.Roads, KMH: s.KMH}
	if g.Seconds, err = u.floats(found[secondsPart], g.Grid); err != nil {
		return nil, secondsPart, err
	}
	if s.Heights {
		g.Heights, err = u.floats(found[heightsPart], g.Grid)
	}
	return g, heightsPart, err
}

// putFloats writes numbers to b, which is as long as they need.
func putFloats(b []byte, numbers []float32) {
	for i, v := range numbers {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
}

// getFloats reads what putFloats wrote.
func getFloats(numbers []float32, b []byte) {
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
}
