package mixed

import (
	"context"
	"math"
	"testing"

	"lifecircle/geo/friction"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

var (
	ctx      = context.Background()
	inf, nan = float32(math.Inf(1)), float32(math.NaN())
)

// Metres of a degree at 0, 0, where the drawn towns lie.
const (
	eastM  = 6378137 * math.Pi / 180
	northM = 110574.3886
)

// at is a point so many metres east and north of 0, 0.
func at(east, north float64) orb.Point { return orb.Point{east / eastM, north / northM} }

// fourKMH is the pace on the drawn ground: 90 s for 100 m.
const fourKMH = 0.9

// town is a drawing: streets over named places on ground of 100 m cells, whose
// centres are at whole hundreds of metres.
type town struct {
	t      testing.TB
	b      network.Builder
	place  map[rune]uint32
	spot   map[rune]orb.Point
	ground *friction.Surface
}

// newTown makes ground from the centre of cell 0, 0 to that many metres east and north.
func newTown(t testing.TB, east, north int) *town {
	s := &friction.Surface{Grid: grid.Spec{
		CRS: "EPSG:4326", X0: -50 / eastM, Y0: float64(north+50) / northM, DX: 100 / eastM, DY: 100 / northM,
		Cols: int32(east/100) + 1, Rows: int32(north/100) + 1,
	}}
	s.Seconds = make([]float32, s.Grid.Cells())
	for i := range s.Seconds {
		s.Seconds[i] = fourKMH
	}
	return &town{t: t, place: map[rune]uint32{}, spot: map[rune]orb.Point{}, ground: s}
}

// put places a name at metres east and north.
func (w *town) put(name rune, east, north float64) {
	w.spot[name] = at(east, north)
	n, ok := w.b.Point(w.spot[name])
	if !ok {
		w.t.Fatal(name)
	}
	w.place[name] = n
}

func (w *town) points(names string) []uint32 {
	var list []uint32
	for _, r := range names {
		list = append(list, w.place[r])
	}
	return list
}

// street joins places of one letter each; residential unless tagged.
func (w *town) street(names string, tags ...string) uint32 {
	return w.b.Way(w.points(names), tagsOf(append(tags, "highway", "residential")...))
}

// tagsOf takes keys and values; of equal keys the first stays.
func tagsOf(pairs ...string) profile.Tags {
	var list []profile.Tag
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, profile.Tag{Key: pairs[i], Value: pairs[i+1]})
	}
	return profile.NewTags(list...)
}

// set changes the ground in a rectangle of metres, rims included.
func (w *town) set(column []float32, east, north, east2, north2 int, v float32) {
	for y := north; y <= north2; y += 100 {
		for x := east; x <= east2; x += 100 {
			column[w.cell(at(float64(x), float64(y)))] = v
		}
	}
}

func (w *town) river(east, north, east2, north2 int) {
	w.set(w.ground.Seconds, east, north, east2, north2, inf)
}

func (w *town) cell(p orb.Point) int32 { return w.ground.Grid.Cell(p[0], p[1]) }

// trip asks for journeys in a drawn town.
type trip struct {
	*town
	ways  *search.Ways
	world *World
	snap  search.SnapOptions
}

// by builds the town for a profile.
func (w *town) by(p profile.Profile, o Options) *trip {
	w.t.Helper()
	g, _, err := w.b.Build()
	if err != nil {
		w.t.Fatal(err)
	}
	ways := search.Over(network.Compile(g, &p, network.Boats{}))
	world, err := New(ctx, ways, w.ground, o)
	if err != nil {
		w.t.Fatal(err)
	}
	return &trip{w, ways, world, search.SnapOptions{MinNodes: 1, LimitM: 40, NearM: -1}}
}

// snapped brings sources and targets to streets and ground.
func (w *trip) snapped(t testing.TB, from, to []orb.Point) (Sources, Points) {
	t.Helper()
	s, anchored, err := search.NewSnapper(ctx, w.ways, search.Points{At: from}, search.Land{}, w.snap)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := s.Snap(ctx, search.Points{At: to})
	if err != nil {
		t.Fatal(err)
	}
	return Sources{Points: Points{Places: anchored, Cell: w.cells(from)}}, Points{Places: targets, Cell: w.cells(to)}
}

func (w *trip) cells(list []orb.Point) []int32 {
	var cells []int32
	for _, p := range list {
		cells = append(cells, w.cell(p))
	}
	return cells
}

// path finds the way between two named places and holds it to Nearest; nil when
// there is none.
func (w *trip) path(from, to rune, q search.Query) *Path {
	w.t.Helper()
	source, target := []orb.Point{w.spot[from]}, []orb.Point{w.spot[to]}
	if q.Toward {
		source, target = target, source
	}
	sources, targets := w.snapped(w.t, source, target)
	a, err := w.world.Nearest(ctx, sources, targets, q)
	if err != nil {
		w.t.Fatal(err)
	}
	p, ok, err := w.world.Path(ctx, sources, source, targets, target[0], q)
	if err != nil || ok != (a.Source[0] == 0) {
		w.t.Fatalf("path %v, %v; nearest %v", ok, err, a)
	}
	if ok && (p.MS != a.MS[0] || p.Line[0] != w.spot[from]) {
		w.t.Fatalf("path of %d ms from %v, want %d from %v", p.MS, p.Line[0], a.MS[0], w.spot[from])
	}
	if ok {
		checkPath(w.t, w.world, p)
	}
	return p
}

// seconds is the time from one named place to another, -1 when there is none.
func (w *trip) seconds(from, to rune) float64 {
	w.t.Helper()
	if p := w.path(from, to, search.Query{}); p != nil {
		return float64(p.MS) / 1000
	}
	return -1
}

// checkPath holds a path together: its steps join, fill the line and make its
// time, and the ground is nowhere closed.
func checkPath(t failer, w *World, p *Path) {
	t.Helper()
	ms, end := p.DelayMS, 0
	for _, s := range p.Steps {
		if s.From != end || s.To < s.From || s.To >= len(p.Line) {
			t.Fatalf("a step from %d to %d after %d: %+v", s.From, s.To, end, p)
		}
		ms, end = ms+s.MS, s.To
		if s.Kind == search.Street {
			checkStreet(t, w, p, s)
		}
		if s.Kind != search.Ground {
			continue
		}
		for i := s.From; i < s.To; i++ {
			a, b := w.layer.onGrid(p.Line[i], 0), w.layer.onGrid(p.Line[i+1], 0)
			g := w.layer.ground.Grid
			if cell := g.Cell((a[0]+b[0])/2, (a[1]+b[1])/2); !w.Open(cell) && !onCorner(g, (a[0]+b[0])/2, (a[1]+b[1])/2) {
				t.Fatalf("a path over closed cell %d: %+v", cell, p)
			}
		}
	}
	if ms != p.MS || end != len(p.Line)-1 {
		t.Fatalf("steps of %d ms and %d points: %+v", ms, end+1, p)
	}
}

// checkStreet holds the time of a step to its length: the drawn streets have one
// speed from end to end.
func checkStreet(t failer, w *World, p *Path, s Step) {
	t.Helper()
	metres := 0.0
	for i := s.From; i < s.To; i++ {
		metres += geodesy.Distance(p.Line[i], p.Line[i+1])
	}
	g := w.ways.Graph()
	want := float64(w.ways.MS(s.Edge, s.Backward)) * metres * 1000 / max(float64(g.LengthMM(s.Edge)), 1)
	if slack := 0.01*want + 10*float64(len(g.PiecesMM(s.Edge))); math.Abs(float64(s.MS)-want) > slack {
		t.Fatalf("%v m of street in %d ms, want %v: %+v", metres, s.MS, want, p)
	}
}

// onCorner reports whether a place is where cells meet, as the middle of a
// diagonal step is.
func onCorner(g grid.Spec, x, y float64) bool {
	near := func(v float64) bool { return math.Abs(v-math.Round(v)) < 1e-6 }
	return near((x-g.X0)/g.DX) || near((g.Y0-y)/g.DY)
}

// failer is a test of the standard library or of rapid.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// about compares seconds worked out by hand: places are rounded to 1e-7 degree,
// 11 mm or 10 ms on foot, and every stile takes a millisecond at least.
func about(t testing.TB, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.2 {
		t.Errorf("%s: %.3f s, by hand %.3f s", what, got, want)
	}
}

func kinds(p *Path) (list []search.StepKind) {
	for _, s := range p.Steps {
		list = append(list, s.Kind)
	}
	return list
}
