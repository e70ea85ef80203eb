package mixed

import (
	"slices"
	"testing"

	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// sketch is a random small world: a few crossings, streets between them, some
// one-way, boats, barriers, forbidden turns, ground with water, and points.
type sketch struct {
	points           []orb.Point
	streets, lines   [][]uint32 // lines of boats
	tags             []profile.Tags
	bans             []network.Ban
	gates            []uint32
	joinM            float64
	even             bool
	roadsOnly        bool // points are on streets alone
	profile          profile.Profile
	ground           *friction.Surface
	o                Options
	sources, targets []orb.Point
	delays           []uint32
	snap             search.SnapOptions
	q                search.Query
}

var (
	slopes   = map[string]*friction.Slope{"": nil, "tobler": friction.Tobler(), "naismith": friction.Naismith()}
	profiles = map[string]profile.Profile{"walk": profile.Walk(), "bike": profile.Bicycle(), "drive": profile.Car()}
)

func drawSketch(t *rapid.T) *sketch {
	s := &sketch{profile: profiles[rapid.SampledFrom([]string{"walk", "bike", "drive"}).Draw(t, "profile")]}
	metre := rapid.IntRange(-100, 700)
	if s.even = rapid.Bool().Draw(t, "even"); s.even { // many ways of equal length
		metre = rapid.Map(rapid.IntRange(-1, 7), func(n int) int { return 100 * n })
	}
	spot := rapid.Custom(func(t *rapid.T) orb.Point {
		p := at(float64(metre.Draw(t, "x")), float64(metre.Draw(t, "y")))
		return orb.Point{3 + p[0], p[1]}
	})
	s.points = rapid.SliceOfN(spot, 5, 12).Draw(t, "points")
	number := rapid.Uint32Range(0, uint32(len(s.points)-1))
	kinds := rapid.SampledFrom([]string{"residential", "primary", "footway", "service", "motorway"})
	street := rapid.OneOf(rapid.SliceOfNDistinct(number, 2, 4, rapid.ID[uint32]), rapid.SliceOfN(number, 2, 4))
	for range rapid.IntRange(3, 12).Draw(t, "streets") {
		s.streets = append(s.streets, street.Draw(t, "street"))
		tags := []string{"highway", kinds.Draw(t, "kind")}
		if rapid.IntRange(0, 3).Draw(t, "oneway") == 0 {
			tags = append(tags, "oneway", "yes")
		}
		s.tags = append(s.tags, tagsOf(tags...))
	}
	way := rapid.Uint32Range(0, uint32(len(s.streets)-1))
	for range rapid.IntRange(0, 6).Draw(t, "bans") {
		s.bans = append(s.bans, network.Ban{
			FromWay: way.Draw(t, "from"), ToWay: way.Draw(t, "to"), Via: number.Draw(t, "via"),
			Only: rapid.Bool().Draw(t, "only"), Tags: tagsOf("restriction", "x"),
		})
	}
	s.gates = rapid.SliceOfN(number, 0, 2).Draw(t, "gates")
	for range rapid.IntRange(0, 2).Draw(t, "boats") {
		s.lines = append(s.lines, rapid.SliceOfNDistinct(number, 2, 3, rapid.ID[uint32]).Draw(t, "line"))
	}
	s.drawGround(t)
	s.sources, s.targets = rapid.SliceOfN(spot, 1, 3).Draw(t, "sources"), rapid.SliceOfN(spot, 1, 5).Draw(t, "targets")
	for range s.sources {
		s.delays = append(s.delays, uint32(rapid.IntRange(0, 2).Draw(t, "delay")*90_000))
	}
	s.roadsOnly = rapid.Bool().Draw(t, "points on streets alone")
	s.snap = search.SnapOptions{MinNodes: 1, LimitM: rapid.SampledFrom([]float64{1, 350}).Draw(t, "reach"), NearM: rapid.SampledFrom([]float64{-1, 100}).Draw(t, "near")}
	s.q = search.Query{Toward: rapid.Bool().Draw(t, "toward"), LimitMS: uint32(rapid.IntRange(0, 2).Draw(t, "limit") * 240_000)}
	return s
}

func (s *sketch) drawGround(t *rapid.T) {
	g := grid.Spec{CRS: "EPSG:32631", X0: 499_950, Y0: 650, DX: 150, DY: 100, Cols: rapid.SampledFrom([]int32{1, 4, 5}).Draw(t, "cols"), Rows: rapid.SampledFrom([]int32{1, 7, 8}).Draw(t, "rows")}
	if rapid.Bool().Draw(t, "degrees") {
		g.CRS, g.X0, g.Y0, g.DX, g.DY = "EPSG:4326", 3-50/eastM, 650/northM, 150/eastM, 100/northM
	}
	if s.even {
		g.DX = g.DX * 2 / 3
	}
	n := int(g.Cells())
	pace := rapid.SampledFrom([]float32{0.9, 0.9, 0.9, 2, 0.05, 1e-7, 3e5, inf, inf, nan})
	if s.even {
		pace = rapid.SampledFrom([]float32{0.9, 0.9, 0.9, 0.9, inf})
	}
	s.ground = &friction.Surface{Grid: g, Seconds: rapid.SliceOfN(pace, n, n).Draw(t, "pace")}
	if rapid.Bool().Draw(t, "hilly") {
		s.ground.Heights = rapid.SliceOfN(rapid.SampledFrom([]float32{0, 5, 30, 200, nan}), n, n).Draw(t, "heights")
	}
	if rapid.Bool().Draw(t, "some level") {
		s.ground.Level = rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "level")
	}
	s.o = Options{
		Neighbours: rapid.SampledFrom([]int{0, 8, 16}).Draw(t, "neighbours"), CutCorners: rapid.Bool().Draw(t, "cut"),
		Slope:  slopes[rapid.SampledFrom([]string{"", "tobler", "naismith"}).Draw(t, "slope")],
		NoStep: rapid.SampledFrom([][]string{nil, {}, {"primary"}}).Draw(t, "no step"), ChangeMS: rapid.SampledFrom([]uint32{0, 0, 20_000}).Draw(t, "change"),
	}
}

// ways builds the streets, those from number onward left out.
func (s *sketch) ways(t failer, streets, boats int) *search.Ways {
	b := network.Builder{JoinM: s.joinM}
	for _, p := range s.points {
		b.Point(p)
	}
	for i, line := range s.streets[:streets] {
		b.Way(line, s.tags[i])
	}
	for _, line := range s.lines[:boats] {
		b.Quay(line[0])
		b.Quay(line[len(line)-1])
		b.Sail(b.Ferry(network.Ferry{Out: network.Timetable{HeadwayS: 60}, BoardingS: 10}), line, tagsOf("route", "ferry", "motorcar", "yes"), 60)
	}
	for _, g := range s.gates {
		b.Barrier(g, tagsOf("barrier", "bollard"))
	}
	for _, ban := range s.bans {
		if int(max(ban.FromWay, ban.ToWay)) < streets {
			b.Ban(ban)
		}
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return search.Over(network.Compile(g, &s.profile, network.Boats{}))
}

func (s *sketch) snapped(t failer, ways *search.Ways) (Sources, Points) {
	snapper, anchored, err := search.NewSnapper(ctx, ways, search.Points{At: s.sources}, search.Land{}, s.snap)
	if err != nil {
		t.Fatal(err)
	}
	placed, err := snapper.Snap(ctx, search.Points{At: s.targets})
	if err != nil {
		t.Fatal(err)
	}
	return Sources{Points{Places: anchored, Cell: s.cells(s.sources)}, s.delays}, Points{Places: placed, Cell: s.cells(s.targets)}
}

func (s *sketch) cells(points []orb.Point) (cells []int32) {
	if s.roadsOnly {
		return nil
	}
	for _, p := range points {
		if g := s.ground.Grid; g.CRS != "EPSG:4326" { // near enough to EPSG:32631 for any cell to do
			cells = append(cells, g.Cell(500_000+(p[0]-3)*eastM*0.9996, p[1]*northM*0.9996))
		} else {
			cells = append(cells, g.Cell(p[0], p[1]))
		}
	}
	return cells
}

func (s *sketch) world(t failer, ways *search.Ways) *World {
	w, err := New(ctx, ways, s.ground, s.o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// turns are the restrictions that hold.
func (s *sketch) turns(ways *search.Ways) (list []turn) {
	if !s.profile.Holds(tagsOf("restriction", "x")) {
		return nil
	}
	passable := func(ref uint32) bool { return ways.MS(ref>>1, ref&1 == 1) != network.Never }
	for i := range ways.Graph().Turns() {
		if from, _, to, only := ways.Graph().Turn(i); passable(from) && passable(to) {
			list = append(list, turn{from, to, only})
		}
	}
	return list
}

// often checks a property several times over, so that every kind of world comes.
func often(t *testing.T, f func(rt *rapid.T)) {
	t.Helper()
	for range 8 {
		rapid.Check(t, f)
	}
}

func must[T any](t failer) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestSearchesAgreeWithPlainDijkstra(t *testing.T) {
	seen := map[string]int{}
	often(t, func(rt *rapid.T) {
		s := drawSketch(rt)
		ways := s.ways(rt, len(s.streets), len(s.lines))
		w := s.world(rt, ways)
		sources, targets := s.snapped(rt, ways)
		j := &judge{w: w, o: s.o, turns: s.turns(ways), reverse: s.q.Toward}
		times := j.times(sources, targets)
		limit := uint64(limitOf(s.q))
		a := must[*search.Answer](rt)(w.Nearest(ctx, sources, targets, s.q))
		table := must[*search.Table](rt)(w.Matrix(ctx, sources, targets, s.q))
		for i := range s.targets {
			ms, source := uint64(network.Never), int32(-1)
			for k := range s.sources {
				v := times[k][i]
				if v <= limit && v < ms {
					ms, source = v, int32(k)
				}
				row, rowMS := table.Row(k)
				at, ok := slices.BinarySearch(row, uint32(i))
				if ok != (v <= limit) || ok && uint64(rowMS[at]) != v {
					rt.Fatalf("matrix %d to %d: %v %v, by hand %d", k, i, row, rowMS, v)
				}
			}
			if uint64(a.MS[i]) != ms || a.Source[i] != source {
				rt.Fatalf("target %d: %d ms from %d, by hand %d from %d", i, a.MS[i], a.Source[i], ms, source)
			}
			p, ok, err := w.Path(ctx, sources, s.sources, targets.only(i), s.targets[i], s.q)
			if err != nil || ok != (source >= 0) || ok && (uint64(p.MS) != ms || p.Source != source) {
				rt.Fatalf("path of target %d: %v %v %v, by hand %d from %d", i, p, ok, err, ms, source)
			}
			if ok {
				checkPath(rt, w, p)
				for _, step := range p.Steps {
					seen[[]string{"leg", "street", "board", "sail", "ground"}[step.Kind]]++
				}
			}
		}
		if len(j.turns) > 0 {
			seen["turns"]++
		}
	})
	for _, what := range []string{"leg", "ground", "street", "board", "sail", "turns"} {
		if seen[what] == 0 {
			t.Errorf("no %s in any world", what)
		}
	}
}

// only returns one point as points of their own.
func (p Points) only(i int) Points {
	var q Points
	if p.Cell != nil {
		q.Cell = p.Cell[i : i+1]
	}
	if p.Places != nil {
		q.Places = p.Places.Only(i)
	}
	return q
}

// Roads and ground together are never slower than either, and equal to the one
// where the other is missing.
func TestNeverSlowerThanRoadsOrGroundAlone(t *testing.T) {
	faster := 0
	often(t, func(rt *rapid.T) {
		s := drawSketch(rt)
		ways := s.ways(rt, len(s.streets), len(s.lines))
		sources, targets := s.snapped(rt, ways)
		both := must[*search.Answer](rt)(s.world(rt, ways).Nearest(ctx, sources, targets, s.q))
		roads := must[*search.Answer](rt)(search.Nearest(ctx, ways, search.Sources{Places: sources.Places, DelayMS: s.delays}, targets.Places, s.q))
		grass := s.onGround(rt, sources)
		for i := range s.targets {
			ground := uint32(friction.Never)
			if targets.Cell != nil && targets.Cell[i] >= 0 {
				ground = grass.MS[targets.Cell[i]]
			}
			if both.MS[i] > min(roads.MS[i], ground) {
				rt.Fatalf("target %d: %d ms, by road %d, over the ground %d", i, both.MS[i], roads.MS[i], ground)
			}
			if both.MS[i] < min(roads.MS[i], ground) {
				faster++
			}
		}
		grassCells := sources.Cell
		if s.roadsOnly {
			grassCells = slices.Repeat([]int32{-1}, len(s.sources))
		}
		field := must[*search.Answer](rt)(s.world(rt, (&sketch{points: s.points, profile: s.profile}).ways(rt, 0, 0)).Field(ctx, Sources{Points{Cell: grassCells}, s.delays}, s.q))
		if !slices.Equal(field.MS, grass.MS) || !slices.Equal(field.Source, grass.Source) {
			rt.Fatalf("without streets %v, friction %v", field, grass)
		}
		closed := *s
		closed.ground = &friction.Surface{Grid: s.ground.Grid, Seconds: slices.Repeat([]float32{inf}, len(s.ground.Seconds))}
		alone := must[*search.Answer](rt)(closed.world(rt, ways).Nearest(ctx, sources, targets, s.q))
		if !slices.Equal(alone.MS, roads.MS) || !slices.Equal(alone.Source, roads.Source) {
			rt.Fatalf("on closed ground %v, by road %v", alone, roads)
		}
	})
	if faster == 0 {
		t.Error("never faster than the better of the two")
	}
}

// onGround is what friction says.
func (s *sketch) onGround(t failer, sources Sources) *friction.Result {
	var list []friction.Source
	var numbers []int32
	for i, cell := range sources.Cell {
		if cell >= 0 {
			list = append(list, friction.Source{Cell: cell, StartMS: s.delays[i]})
			numbers = append(numbers, int32(i))
		}
	}
	r := must[*friction.Result](t)(friction.Nearest(ctx, s.ground, list, friction.Options{
		Neighbours: s.o.Neighbours, Slope: s.o.Slope, CutCorners: s.o.CutCorners, Toward: s.q.Toward, LimitMS: limitOf(s.q),
	}))
	for i, k := range r.Source {
		if k >= 0 {
			r.Source[i] = numbers[k]
		}
	}
	return r
}

// Another street or boat makes no time longer. Points are on every street within
// reach, so that they keep the places that they have; no two crossings lie in one
// place, since a street takes a millisecond at least, also one without length
// that another one cuts off.
func TestAnotherRoadOrBoatNeverMakesItSlower(t *testing.T) {
	shorter := 0
	often(t, func(rt *rapid.T) {
		s := drawSketch(rt)
		s.bans, s.snap.NearM, s.joinM = nil, s.snap.LimitM, -1 // a quay off the road is no street's
		for i := range s.points {
			s.points[i][0] += float64(i*13) / eastM
		}
		streets, boats := rapid.IntRange(1, len(s.streets)).Draw(rt, "kept"), rapid.IntRange(0, len(s.lines)).Draw(rt, "boats kept")
		var answers []*search.Answer
		for _, n := range [][2]int{{streets, boats}, {len(s.streets), len(s.lines)}} {
			ways := s.ways(rt, n[0], n[1])
			sources, targets := s.snapped(rt, ways)
			answers = append(answers, must[*search.Answer](rt)(s.world(rt, ways).Nearest(ctx, sources, targets, s.q)))
		}
		for i := range s.targets {
			if answers[1].MS[i] > answers[0].MS[i] {
				rt.Fatalf("target %d: %d ms, with less %d", i, answers[1].MS[i], answers[0].MS[i])
			}
			if answers[1].MS[i] < answers[0].MS[i] {
				shorter++
			}
		}
	})
	if shorter == 0 {
		t.Error("nothing that was added ever helped")
	}
}
