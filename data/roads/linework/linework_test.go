package linework

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var ctx = context.Background()

// metric places lines that are given in metres east and north of a place.
func metric(origin orb.Point, joinM float64, lines ...[]orb.Point) []Line {
	f := geodesy.NewFrame(origin)
	var out []Line
	for i, line := range lines {
		l := Line{JoinM: joinM, Tags: profile.NewTags(profile.Tag{Key: "line", Value: fmt.Sprint(i)})}
		for _, p := range line {
			l.At = append(l.At, f.ToPoint(p[0], p[1]))
		}
		out = append(out, l)
	}
	return out
}

func lay(t interface{ Fatal(...any) }, lines []Line) (*network.Graph, Report) {
	var b network.Builder
	r, err := Lay(ctx, &b, lines)
	if err != nil {
		t.Fatal(err)
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g, r
}

// groups numbers the lines by what hangs together in the graph; -1 for lines
// that left nothing.
func groups(g *network.Graph, n int) []int {
	node := make([]int, g.Nodes())
	for i := range node {
		node[i] = i
	}
	for range g.Nodes() {
		for e := range uint32(g.Edges()) {
			a, b := g.Ends(e)
			node[a] = min(node[a], node[b])
			node[b] = node[a]
		}
	}
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	for e := range uint32(g.Edges()) {
		var line int
		fmt.Sscan(g.Tags(e).Get("line"), &line)
		a, _ := g.Ends(e)
		out[line] = node[a]
	}
	return out
}

// offLine is how far a place is off a line, in metres of a flat frame.
func offLine(p orb.Point, line []orb.Point) float64 {
	best := math.Inf(1)
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		s := max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/(dx*dx+dy*dy)))
		best = min(best, math.Hypot(p[0]-a[0]-s*dx, p[1]-a[1]-s*dy))
	}
	return best
}

// TestMeetAsDefined compares with the definition, line by line.
func TestMeetAsDefined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const reach = 3.0
		origin := rapid.SampledFrom([]orb.Point{{122, 30}, {180, -17}, {-179.9999, 65}}).Draw(t, "origin")
		coordinate := rapid.Float64Range(-15, 15)
		n := rapid.IntRange(2, 9).Draw(t, "lines")
		lines := make([][]orb.Point, n)
		for i := range lines {
			for range rapid.IntRange(2, 4).Draw(t, "vertices") {
				p := orb.Point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
				if i > 0 && rapid.Bool().Draw(t, "shared") {
					other := lines[rapid.IntRange(0, i-1).Draw(t, "with")]
					p = other[rapid.IntRange(0, len(other)-1).Draw(t, "at")]
				}
				lines[i] = append(lines[i], p)
			}
			if len(slices.Compact(slices.Clone(lines[i]))) < len(lines[i]) {
				t.Skip("a vertex twice in a row")
			}
		}
		want := make([]int, n)
		for i := range want {
			want[i] = i
		}
		for range n {
			for i := range lines {
				for j := range lines {
					shared := slices.ContainsFunc(lines[i], func(p orb.Point) bool { return slices.Contains(lines[j], p) })
					for _, end := range []orb.Point{lines[i][0], lines[i][len(lines[i])-1]} {
						d := offLine(end, lines[j])
						if i != j && math.Abs(d-reach) < 0.03 {
							t.Skip("on the limit, where rounding tells")
						}
						if i != j && (shared || d <= reach) {
							want[i] = min(want[i], want[j])
							want[j] = want[i]
						}
					}
				}
			}
		}
		g, _ := lay(t, metric(origin, reach, lines...))
		got := groups(g, n)
		for i := range lines {
			for j := range lines {
				if got[i] >= 0 && got[j] >= 0 && (got[i] == got[j]) != (want[i] == want[j]) {
					t.Fatalf("lines %d and %d: together %v, by definition %v", i, j, got[i] == got[j], want[i] == want[j])
				}
			}
		}
	})
}

func TestCrossingIsNoJunction(t *testing.T) {
	cross := metric(orb.Point{122, 30}, 5, []orb.Point{{-100, 0}, {100, 0}}, []orb.Point{{0, -100}, {0, 100}})
	if g, r := lay(t, cross); g.Nodes() != 4 || g.Edges() != 2 || r.Joined != 0 {
		t.Error("a bridge became a junction", g.Nodes(), g.Edges(), r)
	}
	// An end within reach parts the other line there, at its own place.
	tee := metric(orb.Point{122, 30}, 0.5, []orb.Point{{-100, 0}, {100, 0}}, []orb.Point{{0, 0.4}, {0, 100}})
	g, r := lay(t, tee)
	if g.Nodes() != 4 || g.Edges() != 3 || r.Joined != 1 {
		t.Error(g.Nodes(), g.Edges(), r)
	}
	for e := range uint32(g.Edges()) {
		if mm := g.LengthMM(e); mm != 100_000 && (mm < 99_990 || mm > 100_010) {
			t.Errorf("a piece of %d mm", mm)
		}
	}
	// A ring that was not quite closed, and lines that are none.
	ring := metric(orb.Point{122, 30}, 0.5, []orb.Point{{0, 0}, {100, 0}, {50, 80}, {0.3, 0}}, []orb.Point{{5, 5}, {5, 5}}, nil)
	if g, r := lay(t, ring); g.Nodes() != 1 || r.Joined != 1 || r.Lost != 2 {
		t.Error(g.Nodes(), r)
	}
}
