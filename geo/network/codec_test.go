package network

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// everything is a small graph with all that a graph may hold.
func everything(t testing.TB) *Graph {
	var b Builder
	var p []uint32
	for _, at := range []orb.Point{{-0.0045, 0}, {0, 0}, {0.0045, 0}, {0, -0.027}, {0.0036, -0.027}} { // a coast, and an island south of it
		n, ok := b.Point(at)
		if !ok {
			t.Fatal(at)
		}
		p = append(p, n)
	}
	b.Way(p[:3], tagsOf("highway", "residential"))
	b.Way(p[3:], tagsOf("highway", "residential"))
	b.Sail(b.Ferry(Ferry{Name: "轮渡", Out: Timetable{DeparturesS: []int32{1, 2}}, Back: Timetable{HeadwayS: 5, LastS: 9}, BoardingS: 3, DaysLost: 4.5, SeasonDays: 300}), []uint32{p[1], p[3]}, tagsOf("route", "ferry"), 600)
	b.Barrier(p[1], tagsOf("barrier", "gate"))
	b.Ban(Ban{FromWay: 0, ToWay: 0, Via: p[0], Only: true, Tags: tagsOf("restriction", "only_straight_on")})
	return built(t, &b)
}

func encoded(t testing.TB, g *Graph) []byte {
	var out bytes.Buffer
	if err := g.Encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEncodedGraphComesBack(t *testing.T) {
	g := everything(t)
	if len(g.barrier) == 0 || len(g.sails) == 0 || len(g.stops) != 2 || !g.services[0].directed {
		t.Fatalf("the example is too poor: %+v", g)
	}
	b := encoded(t, g)
	back, err := Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encoded(t, back), b) || !reflect.DeepEqual(back.services, g.services) || !reflect.DeepEqual(back.classes, g.classes) {
		t.Error("another graph came back")
	}
	if back, err = Decode(bytes.NewReader(encoded(t, &Graph{}))); err != nil || back.Edges() != 0 {
		t.Error("the zero value does not come back: ", err)
	}
	big := lattice(t, 20)
	back, err = Decode(bytes.NewReader(encoded(t, big)))
	if err != nil || !reflect.DeepEqual(back.pieceMM, big.pieceMM) || !reflect.DeepEqual(back.node, big.node) {
		t.Error("another lattice came back", err)
	}
}

// TestBoat finds every sailing, and none on a street.
func TestBoat(t *testing.T) {
	g, boats := everything(t), 0
	for e := range uint32(g.Edges()) {
		service, ok := g.Boat(e)
		if ok != (g.Tags(e).Get("route") == "ferry") || ok && g.Ferries()[service].Name != "轮渡" {
			t.Errorf("edge %d of %v: service %d, %v", e, g.Tags(e), service, ok)
		}
		if ok {
			boats++
		}
	}
	if boats == 0 || boats == g.Edges() {
		t.Errorf("%d of %d edges are sailed", boats, g.Edges())
	}
}

func TestDamagedGraphIsRefused(t *testing.T) {
	b := encoded(t, everything(t))
	for i := range b {
		if _, err := Decode(bytes.NewReader(b[:i])); err == nil {
			t.Fatalf("cut at %d of %d", i, len(b))
		}
		bad := bytes.Clone(b)
		bad[i] ^= 0x41
		if _, err := Decode(bytes.NewReader(bad)); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFormat) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if _, err := Decode(bytes.NewReader(append(bytes.Clone(magic[:]), 9, 0, 0, 0))); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

type brokenWriter struct{ left int }

func (w *brokenWriter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestEncodeTellsOfAFullDisk(t *testing.T) {
	if err := lattice(t, 20).Encode(&brokenWriter{100}); !errors.Is(err, io.ErrShortWrite) {
		t.Error(err)
	}
}

// DecodeUnsummed is Decode without the sum at the end.
func DecodeUnsummed(b []byte) (*Graph, error) {
	d := &decoder{r: bytes.NewReader(b), sum: crc32.New(castagnoli)}
	g := &Graph{}
	g.columns(d)
	if d.err != nil {
		return nil, d.err
	}
	return g.checked()
}

// BodyOfEverything is an encoded graph without its head and sum.
func BodyOfEverything(t testing.TB) []byte {
	b := encoded(t, everything(t))
	return b[len(magic)+4 : len(b)-4]
}

func built(t testing.TB, b *Builder) *Graph {
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// lattice is a town of n by n crossings with uneven streets.
func lattice(t testing.TB, n int) *Graph {
	var b Builder
	for y := range n {
		for x := range n {
			b.Point(orb.Point{float64(x*100+(x*y*7)%31) / 111_000, float64(y*100+(x*5+y*11)%29) / 111_000})
		}
	}
	kinds := []string{"residential", "tertiary", "primary"}
	for i := range n {
		for j := range n - 1 {
			b.Way([]uint32{uint32(i*n + j), uint32(i*n + j + 1)}, tagsOf("highway", kinds[(i*i+j)%3]))
			b.Way([]uint32{uint32(j*n + i), uint32((j+1)*n + i)}, tagsOf("highway", kinds[(i+j*j)%3]))
		}
	}
	return built(t, &b)
}

func BenchmarkDecode(b *testing.B) {
	var out bytes.Buffer
	if err := lattice(b, 300).Encode(&out); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	for b.Loop() {
		_, _ = Decode(bytes.NewReader(out.Bytes()))
	}
}
