package geojson

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func square(w, s, e, n float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{w, s}, {w, n}, {e, n}, {e, s}, {w, s}}}} // clockwise: the wrong way round
}

func TestArea(t *testing.T) {
	hole := orb.MultiPolygon{{square(0, 0, 4, 4)[0][0], {{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}}}}
	open := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}}}}
	for _, c := range []struct {
		name string
		in   orb.MultiPolygon
		want string
	}{
		{"turned", square(0, 0, 1, 1), `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}`},
		{"hole", hole, `{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}`},
		{"closed", open, `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`},
		{"seven decimals", square(-0.00000001, 0.123456789, 1, 1), `{"type":"Polygon","coordinates":[[[0,0.1234568],[1,0.1234568],[1,1],[0,1],[0,0.1234568]]]}`},
		{"nothing", nil, `{"type":"MultiPolygon","coordinates":[]}`},
		{"a line", orb.MultiPolygon{{{{0, 0}, {1, 1}, {0, 0}}}}, `{"type":"MultiPolygon","coordinates":[]}`},
		{"two", append(square(0, 0, 1, 1), square(2, 0, 3, 1)...), `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[2,0],[3,0],[3,1],[2,1],[2,0]]]]}`},
		{"beyond", square(181, 0, 182, 1), `{"type":"Polygon","coordinates":[[[-179,0],[-178,0],[-178,1],[-179,1],[-179,0]]]}`},
	} {
		if d := cmp.Diff(c.want, string(Area(c.in).JSON)); d != "" {
			t.Errorf("%s\n%s", c.name, d)
		}
	}
	if got := string(Point(orb.Point{181.5, -0.00000001}).JSON); got != `{"type":"Point","coordinates":[-178.5,0]}` {
		t.Error(got)
	}
}

// What crosses the antimeridian is cut there, and loses no area.
func TestCutAtAntimeridian(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := rapid.Float64Range(-190, 180).Draw(r, "w")
		width := rapid.Float64Range(0.01, 30).Draw(r, "width")
		in := square(w, -1, w+width, 2)
		s := Area(in)
		var area float64
		for _, p := range polygons(t, s.JSON) {
			area += check(t, p)
		}
		if math.Abs(area-3*width) > 1e-4 {
			r.Fatalf("area %v, want %v: %s", area, 3*width, s.JSON)
		}
	})
	s := Area(square(179, 0, 181, 1))
	if box, _ := BBox(s.Bounds); box != [4]float64{179, 0, -179, 1} || len(s.Bounds) != 2 {
		t.Errorf("box %v of %s", box, s.JSON)
	}
}

func polygons(t *testing.T, text []byte) [][][][2]float64 {
	t.Helper()
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	if g.Type == "Polygon" {
		var p [][][2]float64
		if err := json.Unmarshal(g.Coordinates, &p); err != nil {
			t.Fatal(err)
		}
		return [][][][2]float64{p}
	}
	var m [][][][2]float64
	if err := json.Unmarshal(g.Coordinates, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// check holds a polygon to RFC 7946, 3.1.6 and returns its area in square degrees.
func check(t *testing.T, p [][][2]float64) float64 {
	t.Helper()
	var area float64
	for i, ring := range p {
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			t.Fatalf("ring %v", ring)
		}
		var twice float64
		for k := 1; k < len(ring); k++ {
			if math.Abs(ring[k][0]) > 180 || math.Abs(ring[k][1]) > 90 {
				t.Fatalf("position %v", ring[k])
			}
			twice += ring[k-1][0]*ring[k][1] - ring[k][0]*ring[k-1][1]
		}
		if (twice > 0) != (i == 0) {
			t.Fatalf("ring %d turns the wrong way: %v", i, ring)
		}
		area += twice / 2
	}
	return area
}

// The box is the narrowest of all that start where some bound starts.
func TestBBoxAgainstSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(r, "n")
		var bounds []orb.Bound
		for range n {
			w := rapid.IntRange(-180, 180).Draw(r, "w")
			e := rapid.IntRange(w, 180).Draw(r, "e")
			s := rapid.IntRange(-90, 90).Draw(r, "s")
			bounds = append(bounds, orb.Bound{Min: orb.Point{float64(w), float64(s)}, Max: orb.Point{float64(e), 90}})
		}
		box, ok := BBox(bounds)
		if !ok {
			r.Fatal("no box")
		}
		narrowest := math.Inf(1)
		for _, start := range bounds {
			reach := 0.0
			for _, b := range bounds {
				offset := math.Mod(b.Min[0]-start.Min[0]+720, 360)
				reach = max(reach, offset+b.Max[0]-b.Min[0])
			}
			narrowest = min(narrowest, reach)
		}
		width := box[2] - box[0]
		if box[0] > box[2] {
			width += 360
		}
		if width > 360 || math.Abs(width-min(narrowest, 360)) > 1e-9 && width > narrowest {
			r.Fatalf("%v is %v wide, %v would do", box, width, narrowest)
		}
		for _, b := range bounds {
			if b.Min[1] < box[1] || b.Max[1] > box[3] || !within(b.Min[0], box) || !within(b.Max[0], box) {
				r.Fatalf("%v is not in %v", b, box)
			}
		}
	})
}

func within(lon float64, box [4]float64) bool {
	if box[0] <= box[2] {
		return box[0] <= lon && lon <= box[2]
	}
	return lon >= box[0] || lon <= box[2]
}
