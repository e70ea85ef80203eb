package gpkgblob

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkb"
	"pgregory.net/rapid"
)

var shapes = []orb.Geometry{
	orb.Point{122.25, 30.5},
	orb.LineString{{0, 0}, {1, 2}},
	orb.LineString{},
	orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{2, 1}, {3, 1}, {3, 2}, {2, 1}}},
	orb.Polygon{},
	orb.MultiPoint{{1, 1}, {2, 2}},
	orb.MultiPoint{},
	orb.MultiLineString{{{0, 0}, {1, 1}}, {{5, 5}, {6, 6}, {7, 7}}},
	orb.MultiPolygon{{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}, {{{9, 9}, {8, 9}, {9, 8}, {9, 9}}, {{1, 2}, {3, 4}, {5, 6}, {1, 2}}}},
	orb.MultiPolygon{},
	orb.Collection{orb.Point{1, 2}, orb.Polygon{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}},
	orb.Collection{},
}

func TestRoundTrip(t *testing.T) {
	for _, want := range shapes {
		b, err := Encode(want, 4490)
		if err != nil {
			t.Fatalf("%v: %v", want, err)
		}
		got, srs, dropped, err := Decode(b)
		if err != nil || srs != 4490 || dropped.ZM || !orb.Equal(got, want) || got.GeoJSONType() != want.GeoJSONType() {
			t.Errorf("%T %v came back as %T %v (srs %d, %+v, %v)", want, want, got, got, srs, dropped, err)
		}
	}
}

// The bytes of a polygon, written out by hand from the standard.
func TestEncodeLayout(t *testing.T) {
	b, err := Encode(orb.Ring{{1, 2}, {3, 2}, {3, 4}, {1, 2}}, -1)
	if err != nil {
		t.Fatal(err)
	}
	want := "47500003ffffffff" + // GP, version 0, little endian + xy envelope, srs -1
		"000000000000f03f" + "0000000000000840" + "0000000000000040" + "0000000000001040" + // 1 3 2 4
		"0103000000" + "01000000" + "04000000" +
		"000000000000f03f0000000000000040" + "00000000000008400000000000000040" +
		"00000000000008400000000000001040" + "000000000000f03f0000000000000040"
	if got := hex.EncodeToString(b); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	point, _ := Encode(orb.Point{1, 2}, 4326)
	if point[3] != 1 || len(point) != 8+21 {
		t.Errorf("point: flags %x, %d bytes; want no envelope", point[3], len(point))
	}
	empty, _ := Encode(orb.MultiPolygon{}, 4326)
	if empty[3] != 1|flagEmpty || len(empty) != 8+9 {
		t.Errorf("empty: flags %x, %d bytes", empty[3], len(empty))
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, g := range []orb.Geometry{nil, orb.Point{math.NaN(), 1}, orb.LineString{{0, 0}, {math.Inf(1), 0}}, orb.Collection{nil}} {
		if b, err := Encode(g, 0); err == nil {
			t.Errorf("%v encoded to %x", g, b)
		}
	}
}

// Every layout, byte order and envelope kind gives the same plane geometry.
func TestDecodeLayouts(t *testing.T) {
	want := orb.Polygon{{{122, 30}, {123, 30}, {123, 31}, {122, 30}}}
	for _, layout := range []geom.Layout{geom.XY, geom.XYZ, geom.XYM, geom.XYZM} {
		flat := make([]float64, 0, 16)
		for _, p := range want[0] {
			flat = append(append(flat, p[0], p[1]), []float64{5, 7}[:layout.Stride()-2]...)
		}
		poly := geom.NewPolygonFlat(layout, flat, []int{len(flat)})
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			iso, err := wkb.Marshal(poly, order)
			if err != nil {
				t.Fatal(err)
			}
			ext, err := ewkb.Marshal(poly, order)
			if err != nil {
				t.Fatal(err)
			}
			for kind, size := range []int{0, 32, 48, 48, 64} {
				for _, body := range [][]byte{iso, ext} {
					got, srs, dropped, err := Decode(blob(order, kind, size, body))
					if err != nil || srs != 4490 || dropped.ZM != (layout != geom.XY) {
						t.Fatalf("%v %v %d: srs %d, %+v, %v", layout, order, kind, srs, dropped, err)
					}
					if diff := cmp.Diff(orb.Geometry(want), got); diff != "" {
						t.Errorf("%v %v %d: %s", layout, order, kind, diff)
					}
				}
			}
		}
	}
}

func blob(order binary.ByteOrder, kind, size int, body []byte) []byte {
	b := []byte{'G', 'P', 0, byte(kind << 1), 0, 0, 0, 0}
	if order == binary.ByteOrder(binary.LittleEndian) {
		b[3] |= flagLittle
	}
	order.PutUint32(b[4:], 4490)
	return append(append(b, make([]byte, size)...), body...)
}

func TestEmptyPoints(t *testing.T) {
	nan := math.NaN()
	body, err := wkb.Marshal(geom.NewPointFlat(geom.XYZ, []float64{nan, nan, nan}), binary.LittleEndian)
	if err != nil {
		t.Fatal(err)
	}
	if g, dropped, err := DecodeWKB(body); g != nil || dropped || err != nil {
		t.Errorf("empty point: %v, %v, %v", g, dropped, err)
	}
	half, _ := wkb.Marshal(geom.NewPointFlat(geom.XY, []float64{nan, 1}), binary.LittleEndian)
	if g, _, err := DecodeWKB(half); !errors.Is(err, ErrCorrupt) {
		t.Errorf("half a point: %v, %v", g, err)
	}
}

// A blob cut anywhere is an error, and so is one that claims too many parts.
func TestCorrupt(t *testing.T) {
	for _, g := range shapes {
		b, _ := Encode(g, 4326)
		for n := range b {
			if got, _, _, err := Decode(b[:n]); !errors.Is(err, ErrCorrupt) {
				t.Fatalf("%T cut to %d of %d bytes: %v, %v", g, n, len(b), got, err)
			}
		}
		if got, _, _, err := Decode(append(b, 0)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%T with a byte too many: %v, %v", g, got, err)
		}
	}
	for _, h := range []string{
		"0102000000ffffffff", "0103000000ffffff7f", "0104000000ffffffff", "0106000000ffffffff", "0107000000ffffffff",
		"010300000001000000ffffffff", "02", "01", "", "0101000000", "010600000001000000010100000000000000000000000000000000000000",
	} {
		body, _ := hex.DecodeString(h)
		if g, _, err := DecodeWKB(body); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v, %v", h, g, err)
		}
	}
	for _, h := range []string{"010a00000000000000", "0110000000"} { // curve polygon, TIN
		body, _ := hex.DecodeString(h)
		if g, _, err := DecodeWKB(body); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v, %v", h, g, err)
		}
	}
}

func TestNestingLimit(t *testing.T) {
	body := []byte{1, typeCollection, 0, 0, 0, 0, 0, 0, 0}
	for range 1000 {
		body = append([]byte{1, typeCollection, 0, 0, 0, 1, 0, 0, 0}, body...)
	}
	if g, _, err := DecodeWKB(body); !errors.Is(err, ErrUnsupported) {
		t.Errorf("%v, %v", g, err)
	}
}

// The envelope is the bound of the geometry, whatever the geometry.
func TestEnvelope(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coord := rapid.Float64Range(-180, 180)
		n := rapid.IntRange(1, 12).Draw(t, "n")
		line := make(orb.LineString, n)
		for i := range line {
			line[i] = orb.Point{coord.Draw(t, "x"), coord.Draw(t, "y")}
		}
		b, err := Encode(line, 4326)
		if err != nil {
			t.Fatal(err)
		}
		var got [4]float64
		for i := range got {
			got[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8+8*i:]))
		}
		want := line.Bound()
		if got != [4]float64{want.Min[0], want.Max[0], want.Min[1], want.Max[1]} {
			t.Fatalf("envelope %v of %v", got, want)
		}
		back, _, _, err := Decode(b)
		if err != nil || !orb.Equal(back, line) {
			t.Fatalf("%v became %v, %v", line, back, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, g := range shapes {
		b, err := Encode(g, 4326)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	z, _ := ewkb.Marshal(geom.NewPointFlat(geom.XYZM, []float64{1, 2, 3, 4}).SetSRID(4490), binary.BigEndian)
	f.Add(blob(binary.BigEndian, 4, 64, z))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, srs, _, err := Decode(b)
		if err != nil || g == nil {
			return
		}
		again, err := Encode(g, srs)
		if err != nil {
			t.Fatalf("%v decoded but does not encode: %v", g, err)
		}
		back, srs2, dropped, err := Decode(again)
		if err != nil || srs2 != srs || dropped.ZM || !orb.Equal(back, g) {
			t.Fatalf("%v became %v (%v)", g, back, err)
		}
	})
}
