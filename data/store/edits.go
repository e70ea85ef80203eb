package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"math"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// EditedFile stands for the file in the [coverage.Source] of an edited layer.
const EditedFile = "(edited in the store)"

// Print is the fingerprint of one layer of a dataset.
type Print struct {
	Layer  string `json:"layer"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"-"`
	role   string
}

// Prints returns the fingerprints of the layers that people edit: facilities,
// zones, land and demand, in this order. Equal data have equal prints; a
// negative zero counts as zero.
func Prints(ds *coverage.Dataset) ([]Print, error) {
	facilities, err := facilitiesSum(ds.Facilities)
	if err != nil {
		return nil, err
	}
	var rows int64
	if ds.Demand != nil {
		rows = int64(ds.Demand.Len())
	}
	return []Print{
		{"facilities", facilities, int64(len(ds.Facilities)), "facilities"},
		{"zones", zonesSum(ds.Zones), int64(len(ds.Zones)), "zones"},
		{"land", landSum(ds.Land), int64(len(ds.Land)), "land"},
		{"demand", demandSum(ds.Demand), rows, "population"},
	}, nil
}

// Edits lists the layers of ds that differ from what Save was given, a source
// each. saved holds the SHA-256 of each layer when it was saved.
func Edits(ds *coverage.Dataset, saved map[string]string) ([]coverage.Source, error) {
	now, err := Prints(ds)
	if err != nil {
		return nil, err
	}
	var out []coverage.Source
	for _, p := range now {
		if saved[p.Layer] != p.SHA256 {
			out = append(out, coverage.Source{Role: p.role, File: EditedFile, Layer: p.Layer, SHA256: p.SHA256, Rows: p.Rows})
		}
	}
	return out, nil
}

// printed is a facility as it is hashed: without a delay just as before there
// were delays, so that the prints in older stores hold.
type printed struct {
	coverage.Facility
	DelayS int32 `json:",omitempty"`
}

func facilitiesSum(list []coverage.Facility) (string, error) {
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, f := range list {
		f.Capacity = plain(f.Capacity)
		f.At = orb.Point{plain(f.At[0]), plain(f.At[1])}
		if err := e.Encode(printed{f, f.DelayS}); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// plain turns a negative zero into zero.
func plain(x float64) float64 {
	if x == 0 {
		return 0
	}
	return x
}

// summer hashes numbers and texts, every one with its length or in fixed width.
type summer struct {
	hash.Hash
	buf []byte
}

func newSummer() *summer { return &summer{Hash: sha256.New(), buf: make([]byte, 0, 1<<15)} }

func (s *summer) uint64(v uint64) {
	if len(s.buf)+8 > cap(s.buf) {
		s.flush()
	}
	s.buf = binary.LittleEndian.AppendUint64(s.buf, v)
}

func (s *summer) float(x float64) { s.uint64(math.Float64bits(plain(x))) }

func (s *summer) flush() {
	s.Write(s.buf)
	s.buf = s.buf[:0]
}

func (s *summer) text(t string) {
	s.uint64(uint64(len(t)))
	s.flush()
	s.Write([]byte(t))
}

func (s *summer) polygons(mp orb.MultiPolygon) {
	s.uint64(uint64(len(mp)))
	for _, p := range mp {
		s.uint64(uint64(len(p)))
		for _, ring := range p {
			s.uint64(uint64(len(ring)))
			for _, at := range ring {
				s.float(at[0])
				s.float(at[1])
			}
		}
	}
}

func (s *summer) hex() string {
	s.flush()
	return hex.EncodeToString(s.Sum(nil))
}

func zonesSum(zones []coverage.Zone) string {
	s := newSummer()
	for i := range zones {
		z := &zones[i]
		s.text(z.ID)
		s.text(z.Name)
		s.text(z.Level)
		s.uint64(uint64(int64(z.Parent)))
		s.uint64(uint64(z.Setting))
		s.polygons(z.Geometry)
	}
	return s.hex()
}

func landSum(land []coverage.Land) string {
	s := newSummer()
	for i := range land {
		s.polygons(land[i].Geometry)
	}
	return s.hex()
}

func demandSum(d *coverage.DemandSet) string {
	s := newSummer()
	if d == nil {
		return s.hex()
	}
	for i, at := range d.At {
		s.float(at[0])
		s.float(at[1])
		s.uint64(uint64(uint32(d.Cell[i]))<<32 | uint64(uint32(d.Zone[i])))
		s.uint64(uint64(uint32(d.Landmass[i]))<<8 | uint64(d.Setting[i]))
	}
	for g, people := range d.Pop {
		s.text(d.Groups[g])
		for _, v := range people {
			s.float(float64(v))
		}
	}
	return s.hex()
}
