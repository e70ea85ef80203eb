package network

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"reflect"
	"testing"
	"time"
)

// everything is a small graph with all that a graph may hold.
func everything(t testing.TB) *Graph {
	w, _ := strait(t, Ferry{Name: "轮渡", Out: Timetable{DeparturesS: []int32{1, 2}}, Back: Timetable{HeadwayS: 5, LastS: 9}, BoardingS: 3, DaysLost: 4.5, SeasonDays: 300}, 600)
	w.b.Barrier(w.place["Q"], tagsOf("barrier", "gate"))
	w.b.Ban(Ban{FromWay: 0, ToWay: 0, Via: w.place["A"], Only: true, Tags: tagsOf("restriction", "only_straight_on")})
	return w.build()
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
	big := lattice(t, 20)
	back, err = Decode(bytes.NewReader(encoded(t, big)))
	if err != nil || !reflect.DeepEqual(back.pieceMM, big.pieceMM) || !reflect.DeepEqual(back.node, big.node) {
		t.Error("another lattice came back", err)
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

// decodeUnsummed is Decode without the sum at the end.
func decodeUnsummed(b []byte) (*Graph, error) {
	d := &decoder{r: bytes.NewReader(b), sum: crc32.New(castagnoli)}
	g := &Graph{}
	g.columns(d)
	if d.err != nil {
		return nil, d.err
	}
	return g.checked()
}

func FuzzDecode(f *testing.F) {
	b := encoded(f, everything(f))
	body := b[len(magic)+4 : len(b)-4]
	f.Add(body)
	f.Add(body[:len(body)/2])
	f.Add([]byte{1, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := decodeUnsummed(b); err == nil {
			w := walk(g, Boats{})
			s := NewSearcher(w, false)
			if w.Nodes() > 0 {
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				defer cancel()
				_ = s.Run(ctx, []Seed{{Node: 0}}, 0)
			}
		}
	})
}
