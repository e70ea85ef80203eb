package search

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// sketch is a random town: a few crossings, streets between them, some one-way,
// barriers, forbidden turns, and points around.
type sketch struct {
	points   []orb.Point
	streets  [][]uint32
	tags     []profile.Tags
	bans     []network.Ban
	gates    []uint32
	sources  []orb.Point
	delays   []uint32
	targets  []orb.Point
	toward   bool
	limitMS  uint32
	snapping SnapOptions
}

func drawSketch(t *rapid.T) sketch {
	var s sketch
	metre := rapid.IntRange(0, 900)
	spot := rapid.Custom(func(t *rapid.T) orb.Point { return at(float64(metre.Draw(t, "x")), float64(metre.Draw(t, "y"))) })
	s.points = rapid.SliceOfN(spot, 3, 14).Draw(t, "points")
	number := rapid.Uint32Range(0, uint32(len(s.points)-1))
	kinds := rapid.SampledFrom([]string{"residential", "primary", "footway", "service", "motorway"})
	for range rapid.IntRange(1, 16).Draw(t, "streets") {
		s.streets = append(s.streets, rapid.SliceOfN(number, 2, 4).Draw(t, "street"))
		tags := []string{"highway", kinds.Draw(t, "kind")}
		if rapid.IntRange(0, 3).Draw(t, "oneway") == 0 {
			tags = append(tags, "oneway", "yes")
		}
		s.tags = append(s.tags, tagsOf(tags...))
	}
	way := rapid.Uint32Range(0, uint32(len(s.streets)-1))
	for range rapid.IntRange(0, 8).Draw(t, "bans") {
		s.bans = append(s.bans, network.Ban{FromWay: way.Draw(t, "from"), ToWay: way.Draw(t, "to"), Via: number.Draw(t, "via"), Only: rapid.Bool().Draw(t, "only"), Tags: tagsOf("restriction", "x")})
	}
	s.gates = rapid.SliceOfN(number, 0, 2).Draw(t, "gates")
	s.sources = rapid.SliceOfN(spot, 1, 4).Draw(t, "sources")
	for range s.sources {
		s.delays = append(s.delays, uint32(rapid.IntRange(0, 3).Draw(t, "delay")*30_000))
	}
	s.targets = rapid.SliceOfN(spot, 1, 6).Draw(t, "targets")
	s.toward = rapid.Bool().Draw(t, "toward")
	s.limitMS = uint32(rapid.IntRange(0, 3).Draw(t, "limit") * 120_000)
	s.snapping = SnapOptions{MinNodes: rapid.IntRange(1, 3).Draw(t, "small"), MinLengthM: 300, LimitM: 400, NearM: rapid.SampledFrom([]float64{-1, 100}).Draw(t, "near")}
	return s
}

func (s *sketch) graph(t testing.TB) *network.Graph {
	var b network.Builder
	for _, p := range s.points {
		b.Point(p)
	}
	for i, line := range s.streets {
		b.Way(line, s.tags[i])
	}
	for _, g := range s.gates {
		b.Barrier(g, tagsOf("barrier", "bollard"))
	}
	for _, ban := range s.bans {
		b.Ban(ban)
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

type tb interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

func snapAll(t tb, w *Ways, s *sketch) (Sources, *Places) {
	snapper, anchored, err := NewSnapper(context.Background(), w, Points{At: s.sources}, Land{}, s.snapping)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := snapper.Snap(context.Background(), Points{At: s.targets})
	if err != nil {
		t.Fatal(err)
	}
	return Sources{anchored, s.delays}, targets
}

func TestSearchesAgreeWithPlainDijkstra(t *testing.T) {
	restricted := 0
	check := func(r *rapid.T) {
		s := drawSketch(r)
		g := s.graph(t)
		p := rapid.SampledFrom(profile.Shipped()).Draw(r, "profile")
		w := Over(network.Compile(g, &p, network.Boats{}))
		restricted += w.Nodes() - g.Nodes() // an extra node for each street after which a turn is forbidden
		sources, targets := snapAll(r, w, &s)
		ref := &slow{w: w}
		if p.Holds(tagsOf("restriction", "x")) {
			for i := range g.Turns() { // from or into a closed street: ignored
				from, _, to, only := g.Turn(i)
				if w.MS(from>>1, from&1 == 1) != network.Never && w.MS(to>>1, to&1 == 1) != network.Never {
					ref.turns = append(ref.turns, turn{from, to, only})
				}
			}
		}
		q := Query{Toward: s.toward, LimitMS: s.limitMS}
		want := slowTable(ref, sources, targets, q)
		checkNearest(r, w, sources, targets, q, want)
		checkK(r, w, sources, targets, q, want)
		checkMatrix(r, w, sources, targets, q, want)
		checkRoutes(r, w, &s, sources, targets, q, want)
		checkMatrix(r, w, sources, targets, q, want)
		checkMatrix(r, Over(w.Weights), sources, targets, q, want) // over other ways nothing is kept
		q.Toward = !q.Toward
		want = slowTable(ref, sources, targets, q)
		checkNearest(r, w, sources, targets, q, want)
		checkMatrix(r, w, sources, targets, q, want)
	}
	for range 10 { // a hundred towns each
		rapid.Check(t, check)
	}
	if restricted == 0 {
		t.Error("no forbidden turn was met")
	}
}

// slowTable is all times, [source][target].
func slowTable(ref *slow, sources Sources, targets *Places, q Query) [][]uint32 {
	want := make([][]uint32, sources.Len())
	for i := range want {
		for j := range targets.Len() {
			from, to := sources.of(i), targets.of(j)
			if q.Toward {
				from, to = to, from
			}
			ms := add(ref.between(from, to), sources.delay(i))
			if ms > q.limit() {
				ms = network.Never
			}
			want[i] = append(want[i], ms)
		}
	}
	return want
}

// ranked is the sources of a target in order of time, then number.
func ranked(want [][]uint32, target int) (ms []uint32, source []int32) {
	for i := range want {
		if want[i][target] != network.Never {
			source = append(source, int32(i))
		}
	}
	slices.SortFunc(source, func(a, b int32) int {
		return cmp.Or(cmp.Compare(want[a][target], want[b][target]), cmp.Compare(a, b))
	})
	for _, i := range source {
		ms = append(ms, want[i][target])
	}
	return ms, source
}

func checkNearest(t tb, w *Ways, sources Sources, targets *Places, q Query, want [][]uint32) {
	a, err := Nearest(context.Background(), w, sources, targets, q)
	if err != nil {
		t.Fatal(err)
	}
	for j := range targets.Len() {
		ms, source := uint32(network.Never), int32(-1)
		if m, s := ranked(want, j); len(m) > 0 {
			ms, source = m[0], s[0]
		}
		if a.MS[j] != ms || a.Source[j] != source {
			t.Fatalf("nearest of %d: %d by %d, want %d by %d", j, a.MS[j], a.Source[j], ms, source)
		}
	}
}

func checkK(t tb, w *Ways, sources Sources, targets *Places, q Query, want [][]uint32) {
	for _, k := range []int{1, 2, 5} {
		a, err := KNearest(context.Background(), w, sources, targets, k, q)
		if err != nil {
			t.Fatal(err)
		}
		for j := range targets.Len() {
			ms, source := ranked(want, j)
			for len(ms) < k {
				ms, source = append(ms, network.Never), append(source, -1)
			}
			if !slices.Equal(a.MS[j*k:][:k], ms[:k]) || !slices.Equal(a.Source[j*k:][:k], source[:k]) {
				t.Fatalf("%d nearest of %d: %v %v, want %v %v", k, j, a.MS[j*k:][:k], a.Source[j*k:][:k], ms[:k], source[:k])
			}
		}
	}
}

func checkMatrix(t tb, w *Ways, sources Sources, targets *Places, q Query, want [][]uint32) {
	m, err := Matrix(context.Background(), w, sources, targets, q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		var target, ms []uint32
		for j, v := range want[i] {
			if v != network.Never {
				target, ms = append(target, uint32(j)), append(ms, v)
			}
		}
		gotTarget, gotMS := m.Row(i)
		if !slices.Equal(gotTarget, target) || !slices.Equal(gotMS, ms) {
			t.Fatalf("row %d: %v %v, want %v %v", i, gotTarget, gotMS, target, ms)
		}
	}
}

func checkRoutes(t tb, w *Ways, s *sketch, sources Sources, targets *Places, q Query, want [][]uint32) {
	for j := range targets.Len() {
		path, ok, err := Route(context.Background(), w, sources, targets.Only(j), s.targets[j], s.sources, q)
		if err != nil {
			t.Fatal(err)
		}
		ms, source := ranked(want, j)
		if ok != (len(ms) > 0) {
			t.Fatalf("route of %d: %v", j, ok)
		}
		if !ok {
			continue
		}
		sum := path.DelayMS
		for i, step := range path.Steps {
			sum += step.MS
			if i > 0 && step.From != path.Steps[i-1].To {
				t.Fatalf("step %d starts at %d, the one before ends at %d", i, step.From, path.Steps[i-1].To)
			}
		}
		if sum != ms[0] || path.MS != sum || path.Source != source[0] {
			t.Fatalf("route of %d: %d (steps %d) by %d, want %d by %d", j, path.MS, sum, path.Source, ms[0], source[0])
		}
		start, finish := s.sources[source[0]], s.targets[j]
		if q.Toward {
			start, finish = finish, start
		}
		if path.Line[0] != start || path.Line[len(path.Line)-1] != finish {
			t.Fatalf("route of %d from %v to %v", j, path.Line[0], path.Line[len(path.Line)-1])
		}
	}
}

// TestAddingAStreetNeverTakesLonger: a street between crossings, to points that
// have a street within NearM already.
func TestAddingAStreetNeverTakesLonger(t *testing.T) {
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := drawSketch(r)
		s.bans, s.gates, s.limitMS = nil, nil, 0
		s.snapping = SnapOptions{MinNodes: 1, LimitM: 300, NearM: 300}
		p := profile.Walk()
		before := Over(network.Compile(s.graph(t), &p, network.Boats{}))
		sources, targets := snapAll(r, before, &s)
		old, err := Nearest(context.Background(), before, sources, targets, Query{})
		if err != nil {
			r.Fatal(err)
		}
		number := rapid.Uint32Range(0, uint32(len(s.points)-1))
		s.streets = append(s.streets, rapid.SliceOfN(number, 2, 5).Draw(r, "new"))
		s.tags = append(s.tags, tagsOf("highway", "residential"))
		after := Over(network.Compile(s.graph(t), &p, network.Boats{}))
		sources, targets = snapAll(r, after, &s)
		now, err := Nearest(context.Background(), after, sources, targets, Query{})
		if err != nil {
			r.Fatal(err)
		}
		for i := range now.MS {
			if old.MS[i] != network.Never {
				compared++
			}
			if now.MS[i] > old.MS[i] {
				r.Fatalf("target %d: %d ms with the new street, %d without", i, now.MS[i], old.MS[i])
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// TestAnotherAnchorNeverTakesLonger: a yard that counts because of a new clinic
// takes nobody away from the yard of another.
func TestAnotherAnchorNeverTakesLonger(t *testing.T) {
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := drawSketch(r)
		s.limitMS, s.toward = 0, false
		s.snapping.MinNodes, s.snapping.MinLengthM = rapid.IntRange(3, 8).Draw(r, "small yards"), 1e9
		p := profile.Walk()
		w := Over(network.Compile(s.graph(t), &p, network.Boats{}))
		first := s
		first.sources = s.sources[:rapid.IntRange(1, len(s.sources)).Draw(r, "before")]
		if s.delays != nil {
			first.delays = s.delays[:len(first.sources)]
		}
		sources, targets := snapAll(r, w, &first)
		old, err := Nearest(context.Background(), w, sources, targets, Query{})
		if err != nil {
			r.Fatal(err)
		}
		sources, targets = snapAll(r, w, &s)
		now, err := Nearest(context.Background(), w, sources, targets, Query{})
		if err != nil {
			r.Fatal(err)
		}
		for i := range now.MS {
			if old.MS[i] != network.Never {
				compared++
			}
			if now.MS[i] > old.MS[i] {
				r.Fatalf("target %d: %d ms with more sources, %d without", i, now.MS[i], old.MS[i])
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// lattice is a town of n by n crossings with uneven streets.
func lattice(t testing.TB, n int) *network.Graph {
	var b network.Builder
	for y := range n {
		for x := range n {
			b.Point(at(float64(x*100+(x*y*7)%31), float64(y*100+(x*5+y*11)%29)))
		}
	}
	kinds := []string{"residential", "tertiary", "primary"}
	for i := range n {
		for j := range n - 1 {
			b.Way([]uint32{uint32(i*n + j), uint32(i*n + j + 1)}, tagsOf("highway", kinds[(i*i+j)%3]))
			b.Way([]uint32{uint32(j*n + i), uint32((j+1)*n + i)}, tagsOf("highway", kinds[(i+j*j)%3]))
		}
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	s := sketch{snapping: SnapOptions{MinNodes: 1}}
	for i := range 2000 {
		s.targets = append(s.targets, at(float64(i*37%2900), float64(i*53%2900)))
	}
	for i := range 20 {
		s.sources = append(s.sources, at(float64(i*977%2900), float64(i*613%2900)))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first []byte
	for _, n := range []int{1, 2, 7, 2} {
		runtime.GOMAXPROCS(n)
		g := lattice(t, 30)
		var out bytes.Buffer
		if err := g.Encode(&out); err != nil {
			t.Fatal(err)
		}
		w := drive(g)
		sources, targets := snapAll(t, w, &s)
		a, err1 := Nearest(context.Background(), w, sources, targets, Query{Toward: true})
		k, err2 := KNearest(context.Background(), w, sources, targets, 3, Query{})
		m, err3 := Matrix(context.Background(), w, sources, targets, Query{LimitMS: 200_000})
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		fmt.Fprint(&out, a, k, m)
		if first == nil {
			first = out.Bytes()
		}
		if !bytes.Equal(first, out.Bytes()) {
			t.Errorf("other bytes on %d processors", n)
		}
	}
}

func TestNestedLimitsGiveNestedSets(t *testing.T) {
	w := drive(lattice(t, 30))
	s := NewSearcher(w, false)
	ctx := context.Background()
	if err := s.Run(ctx, []Seed{{Node: 5}}, 0); err != nil {
		t.Fatal(err)
	}
	whole := make([]uint32, w.Nodes())
	for v := range whole {
		whole[v] = s.MS(uint32(v))
	}
	for _, limit := range []uint32{1, 60_000, 61_000, whole[77], whole[77] - 1, 300_000} {
		if err := s.Run(ctx, []Seed{{Node: 5}}, limit); err != nil {
			t.Fatal(err)
		}
		for v, ms := range whole {
			want := ms
			if ms > limit {
				want = network.Never
			}
			if got := s.MS(uint32(v)); got != want {
				t.Fatalf("limit %d, node %d: %d, want %d", limit, v, got, want)
			}
		}
	}
}

func TestManySpeedsAndFarSeeds(t *testing.T) {
	// 3,000 kinds of street, and times from 1 ms to days in one search.
	var b network.Builder
	p := profile.Profile{Name: "own", KMH: map[string]float64{}}
	for i := range 3001 {
		b.Point(at(float64(i*50), 0))
	}
	for i := range uint32(3000) {
		kind := fmt.Sprint("class-", i)
		p.KMH[kind] = 1 + float64(i)/20
		b.Way([]uint32{i, i + 1}, tagsOf("highway", kind))
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	if faults := p.Validate(); len(faults) > 0 || g.Classes() != 3000 {
		t.Fatal(faults, g.Classes())
	}
	w := Over(network.Compile(g, &p, network.Boats{}))
	start, end := nodeAt(t, g, at(0, 0)), nodeAt(t, g, at(150_000, 0))
	s := NewSearcher(w, false)
	if err := s.Run(context.Background(), []Seed{{Node: start}, {Node: end, MS: 1_000_000_000}}, 0); err != nil {
		t.Fatal(err)
	}
	sum := uint32(0)
	for e := range uint32(g.Edges()) {
		sum += w.MS(e, false)
	}
	if s.MS(end) != sum {
		t.Errorf("end of the road after %d ms, want %d", s.MS(end), sum)
	}
	far := nodeAt(t, g, at(300, 0)) // six streets on, every second one takes 11 hours
	long := Over(network.NewWeights(g, func(e uint32, _ bool) uint32 {
		from, _ := g.Ends(e)
		if east := g.NodeAt(from)[0]; int(east*metresPerDegree/50+0.5)%2 == 1 {
			return 40_000_000
		}
		return 0
	}))
	s = NewSearcher(long, true)
	if err := s.Run(context.Background(), []Seed{{Node: start, MS: 5}}, 0); err != nil {
		t.Fatal(err)
	}
	if got := s.MS(far); got != 5+3+3*40_000_000 {
		t.Errorf("over six streets: %d", got)
	}
}

// nodeAt is the node at a point.
func nodeAt(t testing.TB, g *network.Graph, p orb.Point) uint32 {
	c, _ := e7.Of(p)
	for v := range uint32(g.Nodes()) {
		if g.NodeAt(v) == c.Point() {
			return v
		}
	}
	t.Fatalf("no node at %v", p)
	return 0
}

func TestSearchStopsWhenCancelled(t *testing.T) {
	w := drive(lattice(t, 80))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := NewSearcher(w, false).Run(ctx, []Seed{{Node: 0}}, 0); err != context.Canceled {
		t.Error(err)
	}
	var s sketch
	s.sources, s.targets = []orb.Point{at(0, 0)}, []orb.Point{at(50, 50)}
	sources, targets := snapAll(t, w, &s)
	if _, err := Matrix(ctx, w, sources, targets, Query{}); err != context.Canceled {
		t.Error(err)
	}
	if _, err := Nearest(ctx, w, sources, targets, Query{}); err != context.Canceled {
		t.Error(err)
	}
	if _, err := KNearest(ctx, w, sources, targets, 2, Query{}); err != context.Canceled {
		t.Error(err)
	}
	if _, _, err := NewSnapper(ctx, w, Points{At: s.sources}, Land{}, SnapOptions{}); err != context.Canceled {
		t.Error(err)
	}
}
