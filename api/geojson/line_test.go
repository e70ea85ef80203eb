package geojson

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		name string
		in   orb.LineString
		want string
	}{
		{"plain", orb.LineString{{1, 2}, {3, 4}}, `{"type":"LineString","coordinates":[[1,2],[3,4]]}`},
		{"seven decimals, none twice", orb.LineString{{1, 2}, {1.00000001, 2}, {1.123456789, -0.00000001}}, `{"type":"LineString","coordinates":[[1,2],[1.1234568,0]]}`},
		{"no length", orb.LineString{{1, 2}, {1, 2}}, `{"type":"LineString","coordinates":[[1,2],[1,2]]}`},
		{"one position", orb.LineString{{181, 2}}, `{"type":"Point","coordinates":[-179,2]}`},
		{"eastward", orb.LineString{{179, 0}, {-179, 2}}, `{"type":"MultiLineString","coordinates":[[[179,0],[180,1]],[[-180,1],[-179,2]]]}`},
		{"westward, written past 180", orb.LineString{{181, 0}, {179, 2}, {178, 2}}, `{"type":"MultiLineString","coordinates":[[[-179,0],[-180,1]],[[180,1],[179,2],[178,2]]]}`},
		{"there and back", orb.LineString{{179, 0}, {181, 0}, {179, 0}}, `{"type":"MultiLineString","coordinates":[[[179,0],[180,0]],[[-180,0],[-179,0],[-180,0]],[[180,0],[179,0]]]}`},
		{"only touches", orb.LineString{{179, 0}, {180, 0}, {179, 1}}, `{"type":"LineString","coordinates":[[179,0],[180,0],[179,1]]}`},
		{"around the zero meridian", orb.LineString{{-1, 0}, {1, 0}}, `{"type":"LineString","coordinates":[[-1,0],[1,0]]}`},
	} {
		if d := cmp.Diff(c.want, string(Line(c.in).JSON)); d != "" {
			t.Errorf("%s\n%s", c.name, d)
		}
	}
}

// Cut or not, a line keeps its length in degrees, stays within -180..180 and has
// no step over the antimeridian.
func TestLineAgainstUncut(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at := orb.Point{rapid.Float64Range(-180, 180).Draw(r, "x"), rapid.Float64Range(-80, 80).Draw(r, "y")}
		line, want := orb.LineString{at}, 0.0
		for range rapid.IntRange(1, 8).Draw(r, "n") {
			dx, dy := rapid.Float64Range(-170, 170).Draw(r, "dx"), rapid.Float64Range(-10, 10).Draw(r, "dy")
			at = orb.Point{at[0] + dx, at[1] + dy}
			line, want = append(line, orb.Point{math.Remainder(at[0], 360), at[1]}), want+math.Hypot(dx, dy)
		}
		var g struct {
			Type        string
			Coordinates json.RawMessage
		}
		if err := json.Unmarshal(Line(line).JSON, &g); err != nil {
			r.Fatal(err)
		}
		var parts [][][2]float64
		if g.Type == "LineString" {
			parts = make([][][2]float64, 1)
			if err := json.Unmarshal(g.Coordinates, &parts[0]); err != nil {
				r.Fatal(err)
			}
		} else if err := json.Unmarshal(g.Coordinates, &parts); err != nil {
			r.Fatal(err)
		}
		got := 0.0
		for _, p := range parts {
			for i := range p {
				if math.Abs(p[i][0]) > 180 {
					r.Fatalf("%v in %s", p[i], g.Coordinates)
				}
				if i > 0 {
					got += math.Hypot(p[i][0]-p[i-1][0], p[i][1]-p[i-1][1])
				}
			}
		}
		if math.Abs(got-want) > 1e-5 {
			r.Fatalf("%v degrees, want %v: %v as %s", got, want, line, g.Coordinates)
		}
	})
}
