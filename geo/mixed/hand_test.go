package mixed

import (
	"errors"
	"math"
	"slices"
	"testing"

	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// The drawn streets are residential: 25 km/h by car, 14.4 s for 100 m, and 5 km/h
// on foot, 72 s. Streets run through the centres of cells, so that stiles take no
// time to speak of.
const (
	drive100 = 14.4
	field100 = 90
)

// Two roads that nothing joins, 500 m of field apart:
//
//	      C --------- 2 km --------- D
//
//	A --------- 2 km --------- B
func TestFieldBetweenTwoRoads(t *testing.T) {
	w := newTown(t, 3000, 500)
	w.put('A', 0, 0)
	w.put('B', 2000, 0)
	w.put('C', 1000, 500)
	w.put('D', 3000, 500)
	w.street("AB")
	w.street("CD")
	trip := w.by(profile.Car(), Options{})
	p := trip.path('A', 'D', search.Query{})
	about(t, "A to D", float64(p.MS)/1000, 30*drive100+5*field100)
	if want := []search.StepKind{search.Street, search.Ground, search.Street, search.Ground}; !slices.Equal(kinds(p), want) {
		t.Errorf("steps %v, want %v", kinds(p), want)
	}
	about(t, "the field", float64(p.Steps[1].MS)/1000, 5*field100)
	about(t, "into D's own cell", float64(p.Steps[3].MS)/1000, 0)
	about(t, "D to A", trip.seconds('D', 'A'), 30*drive100+5*field100)
	// The middle of the field, 250 m from either road and off both.
	w.spot['f'] = at(2500, 200)
	about(t, "A to the field", trip.seconds('A', 'f'), 20*drive100+3*field100+2*field100*math.Sqrt2)
}

// A hamlet h behind a ridge, and a road on either side. The ridge is 150 m high
// and spans the town: over it the way is 300 m, the flat way round 600 m.
//
//	A --------------- 2 km ------- B     300 m north of h
//	^^^^^^^^^^^^ridge^^^^^^^^^^^^^^|     200 m
//	     h, 500 m east             |     0
//	D -----------------------------E     600 m south
func TestHamletBehindAHill(t *testing.T) {
	w := newTown(t, 2000, 900)
	w.put('A', 0, 900)
	w.put('B', 2000, 900)
	w.put('D', 0, 0)
	w.put('E', 2000, 0)
	w.street("ABED")
	w.spot['h'] = at(500, 600)
	w.ground.Heights = make([]float32, len(w.ground.Seconds))
	w.set(w.ground.Heights, 0, 800, 2000, 800, 150)
	about(t, "nothing said of slope", w.by(profile.Car(), Options{}).seconds('A', 'h'), 5*drive100+3*field100)
	hilly := w.by(profile.Car(), Options{Slope: friction.Naismith()})
	// By the ridge 150 m up on 100 m take 12.88 times as long: 5 * 14.4 + 90 * 12.88 + 180 = 1,411 s;
	// round it 2,000 + 900 + 1,500 m by car and 600 m on foot: 1,174 s.
	about(t, "round the hill", hilly.seconds('A', 'h'), 44*drive100+6*field100)
	about(t, "and back", hilly.seconds('h', 'A'), 44*drive100+6*field100)
	// On a plateau, h is hard to come to and easy to leave.
	w.set(w.ground.Heights, 0, 500, 2000, 800, 100)
	plateau := w.by(profile.Car(), Options{Slope: friction.Naismith()})
	about(t, "up", plateau.seconds('A', 'h'), 5*drive100+2*field100+field100*(1+3*1609.344/609.6))
	about(t, "down", plateau.seconds('h', 'A'), 5*drive100+3*field100)
	p := plateau.path('h', 'A', search.Query{Toward: true})
	about(t, "down, from where one goes", float64(p.MS)/1000, 5*drive100+3*field100)
}

// A river over the whole town, 300 m wide, and a bridge:
//
//	n                B
//	~~~~~~~~~~~~~~~~~|~~~~
//	s                A
func TestRiverWithABridge(t *testing.T) {
	for _, bridge := range []bool{true, false} {
		w := newTown(t, 1500, 800)
		w.river(0, 300, 1500, 500)
		w.put('A', 1000, 100)
		w.put('B', 1000, 700)
		w.put('C', 900, 700)
		w.put('D', 900, 100)
		if bridge {
			w.street("AB")
		} else {
			w.street("BC")
			w.street("DA")
		}
		w.spot['s'], w.spot['n'], w.spot['m'] = at(500, 100), at(500, 700), at(1200, 200)
		trip := w.by(profile.Car(), Options{})
		if bridge {
			about(t, "s to n", trip.seconds('s', 'n'), 5*field100+6*drive100+5*field100)
			about(t, "m to n", trip.seconds('m', 'n'), 2*field100+5*drive100+5*field100)
			p := trip.path('s', 'n', search.Query{})
			about(t, "on the bridge", float64(p.Steps[1].MS)/1000, 6*drive100)
			continue
		}
		if got := trip.seconds('s', 'n'); got != -1 {
			t.Errorf("over the river in %v s", got)
		}
	}
}

// An island 3 km off, with a boat. h and v are off every street.
//
//	h    A -- Q ~~~~ 3 km ~~~~ R -- V    v
func TestFerryWithItsWait(t *testing.T) {
	w := newTown(t, 5000, 600)
	w.river(1100, 0, 3900, 600)
	w.put('A', 500, 300)
	w.put('Q', 1000, 300)
	w.put('R', 4000, 300)
	w.put('V', 4500, 300)
	w.spot['h'], w.spot['v'] = at(200, 300), at(4800, 300)
	w.street("AQ")
	w.street("RV")
	half := network.Timetable{FirstS: 25200, LastS: 68400, HeadwayS: 2400} // every 40 minutes
	w.b.Sail(w.b.Ferry(network.Ferry{Out: half}), w.points("QR"), tagsOf("route", "ferry", "motorcar", "yes"), 600)
	trip := w.by(profile.Car(), Options{})
	p := trip.path('h', 'v', search.Query{})
	about(t, "over the water", float64(p.MS)/1000, 3*field100+5*drive100+(300+1200)+600+5*drive100+3*field100)
	if want := []search.StepKind{search.Ground, search.Street, search.Board, search.Sail, search.Street, search.Ground}; !slices.Equal(kinds(p), want) {
		t.Errorf("steps %v, want %v", kinds(p), want)
	}
	about(t, "back", trip.seconds('v', 'h'), 6*field100+10*drive100+2100)
}

// A boat along a shore, and over a sandbank, boards nobody but at its quay. The
// quay here is on no street, so that nobody boards at all; joined by a pier they do.
func TestNobodyBoardsFromTheShore(t *testing.T) {
	for _, pier := range []bool{false, true} {
		w := newTown(t, 3000, 300)
		w.river(1500, 0, 2500, 300)
		w.b.JoinM = -1
		w.put('P', 300, 100)
		w.put('Q', 500, 100)
		w.put('R', 2600, 100)
		w.put('S', 2800, 100)
		w.spot['h'], w.spot['v'] = at(800, 100), at(3000, 200)
		w.street("RS")
		if pier {
			w.street("PQ")
		}
		w.b.Sail(w.b.Ferry(network.Ferry{}), w.points("QR"), tagsOf("route", "ferry"), 600)
		trip := w.by(profile.Walk(), Options{})
		got := trip.seconds('h', 'v') // h lies under the line of the boat
		if !pier && got != -1 {
			t.Errorf("boarded from the shore: %v s", got)
		}
		if pier {
			// 300 m back to the quay, 300 + 1,800 s, 600 s; then 100 m of street and the field's corner.
			about(t, "from the quay", got, 3*field100+2700+2*72+field100+field100*math.Sqrt2)
		}
	}
}

// One may not step onto a motorway, into a tunnel or onto a bridge, unless told so.
func TestStreetsWithoutStiles(t *testing.T) {
	for _, c := range []struct {
		tags   []string
		noStep []string
		steps  bool
	}{
		{[]string{"highway", "primary"}, nil, true},
		{[]string{"highway", "trunk"}, nil, true},
		{[]string{"highway", "motorway", "oneway", "no"}, nil, false},
		{[]string{"highway", "motorway_link", "oneway", "no"}, nil, false},
		{[]string{"highway", "motorway", "oneway", "no"}, []string{}, true},
		{[]string{"highway", "motorway", "oneway", "no"}, []string{"trunk", "tunnel"}, true},
		{[]string{"highway", "primary", "tunnel", "yes"}, nil, false},
		{[]string{"highway", "primary", "tunnel", "no"}, nil, true},
		{[]string{"highway", "primary", "bridge", "viaduct"}, nil, false},
		{[]string{"highway", "primary", "bridge", "viaduct"}, []string{"bridge=yes"}, true},
		{[]string{"highway", "trunk"}, []string{"trunk"}, false},
		{[]string{"highway", "footway"}, []string{"highway=footway"}, true}, // no street of a car's
	} {
		w := newTown(t, 2000, 300)
		w.put('A', 0, 0)
		w.put('B', 2000, 0)
		w.street("AB", c.tags...)
		w.spot['h'] = at(1000, 300)
		trip := w.by(profile.Car(), Options{NoStep: c.noStep})
		onFoot := 7*field100 + 3*field100*math.Sqrt2
		got := trip.seconds('A', 'h')
		if c.tags[1] == "footway" || !c.steps {
			about(t, "past the street", got, onFoot)
		} else if got > onFoot-100 {
			t.Errorf("%v, %v: %v s", c.tags, c.noStep, got)
		}
		if stiles := trip.world.Stiles(); (stiles > 0) != (c.steps && c.tags[1] != "footway") {
			t.Errorf("%v, %v: %d stiles", c.tags, c.noStep, stiles)
		}
	}
}

// A one-way street takes one there; the way back is on foot, and not against it.
func TestOneWayStreet(t *testing.T) {
	w := newTown(t, 2000, 200)
	w.put('A', 0, 0)
	w.put('B', 2000, 0)
	w.street("AB", "oneway", "yes")
	trip := w.by(profile.Car(), Options{})
	about(t, "with the street", trip.seconds('A', 'B'), 20*drive100)
	about(t, "against it", trip.seconds('B', 'A'), 20*field100)
	w.spot['c'], w.spot['d'] = at(400, 200), at(1500, 200)
	about(t, "in the middle, with it", trip.seconds('c', 'd'), 11*drive100+4*field100)
	about(t, "in the middle, against it", trip.seconds('d', 'c'), 11*field100)
}

// From b one may not turn into c. By road the way leads to the end of d and back;
// over the ground one cuts the corner at walking speed. The crossing lies 30 m
// east and 30 m north of a centre.
//
//	        c, 400 m
//	        |
//	A --b-- X --d, 300 m-- D
func TestTurnRestrictionHoldsOnTheRoad(t *testing.T) {
	w := newTown(t, 1500, 500)
	w.put('A', 0, 30)
	w.put('X', 1030, 30)
	w.put('C', 1030, 430)
	w.put('D', 1330, 30)
	b, c := w.street("AX"), w.street("XC")
	w.street("XD")
	w.b.Ban(network.Ban{FromWay: b, ToWay: c, Via: w.place['X'], Tags: tagsOf("restriction", "no_left_turn")})
	// Off b at 1,000 m, 30 m to the centre, and on at the crossing, 42.4 m.
	about(t, "over the corner", w.by(profile.Car(), Options{}).seconds('A', 'C'), 10*drive100+field100*(0.3+0.3*math.Sqrt2)+4*drive100)
	road := 10.3*drive100 + 6*drive100 + 4*drive100
	about(t, "with a minute for each change", w.by(profile.Car(), Options{ChangeMS: 60_000}).seconds('A', 'C'), road)
	w.set(w.ground.Seconds, 0, 0, 1500, 500, 2)
	about(t, "over slow ground", w.by(profile.Car(), Options{}).seconds('A', 'C'), road)
	w.set(w.ground.Seconds, 0, 0, 1500, 500, nan)
	trip := w.by(profile.Car(), Options{})
	about(t, "no ground", trip.seconds('A', 'C'), road)
	if trip.world.Stiles() != 0 {
		t.Error("stiles on no ground")
	}
}

// What is certain of cells and limits: closed cells join nobody to the ground,
// limits are closed, ties go to the lowest source and delays count.
func TestLimitsDelaysAndTies(t *testing.T) {
	w := newTown(t, 1000, 0)
	w.river(1000, 0, 1000, 0)
	trip := w.by(profile.Car(), Options{})
	sources := Sources{Points: Points{Cell: []int32{0, 6, 10, 6}}, DelayMS: []uint32{30_000, 0, 0, 0}}
	targets := Points{Cell: []int32{0, 2, 3, 10, -1}}
	a, err := trip.world.Nearest(ctx, sources, targets, search.Query{})
	if err != nil || !slices.Equal(a.Source, []int32{0, 0, 1, -1, -1}) {
		t.Fatal(a, err)
	}
	for _, c := range []struct {
		limit uint32
		there bool
	}{{a.MS[2], true}, {a.MS[2] - 1, false}} {
		b, err := trip.world.Nearest(ctx, sources, targets, search.Query{LimitMS: c.limit})
		if err != nil || (b.MS[2] == a.MS[2]) != c.there || (b.MS[2] == network.Never) == c.there {
			t.Errorf("limit %d: %v, %v", c.limit, b, err)
		}
	}
	if trip.world.Open(-1) || trip.world.Open(10) || trip.world.Open(11) || !trip.world.Open(9) {
		t.Error("open cells")
	}
	// As far from the first as from the second: 30 s less of walk, on the same centimetre grid of hundreds.
	even := Sources{Points: Points{Cell: []int32{8, 0}}}
	b, err := trip.world.Nearest(ctx, even, Points{Cell: []int32{4}}, search.Query{Toward: true})
	if err != nil || b.Source[0] != 0 {
		t.Errorf("tie: %v, %v", b, err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	w := newTown(t, 300, 0)
	trip := w.by(profile.Car(), Options{})
	points := func(cells ...int32) Points { return Points{Cell: cells} }
	places := &search.Places{First: []uint32{0, 0, 0}, Miss: make([]search.Miss, 2)}
	for _, c := range []struct {
		s Sources
		t Points
	}{
		{Sources{Points: points(4)}, points(0)},
		{Sources{Points: points(0)}, points(-2)},
		{Sources{Points: points(0), DelayMS: []uint32{1, 2}}, points(0)},
		{Sources{Points: Points{Places: places, Cell: []int32{0}}}, points(0)},
	} {
		if _, err := trip.world.Nearest(ctx, c.s, c.t, search.Query{}); !errors.Is(err, ErrPoints) {
			t.Errorf("Nearest %v to %v: %v", c.s, c.t, err)
		}
		if _, err := trip.world.Matrix(ctx, c.s, c.t, search.Query{}); !errors.Is(err, ErrPoints) {
			t.Errorf("Matrix %v to %v: %v", c.s, c.t, err)
		}
	}
	if _, _, err := trip.world.Path(ctx, Sources{Points: points(0)}, nil, points(1), at(0, 0), search.Query{}); !errors.Is(err, ErrPoints) {
		t.Errorf("no anchors: %v", err)
	}
	ground := *w.ground
	ground.Grid.CRS = "EPSG:26713" // known to nobody here, but measured in metres
	ground.Grid.DX, ground.Grid.DY = 100, 100
	if _, err := New(ctx, trip.ways, &ground, Options{}); !errors.Is(err, ErrWorld) {
		t.Errorf("unknown system: %v", err)
	}
	if _, err := New(ctx, trip.ways, &friction.Surface{}, Options{}); !errors.Is(err, friction.ErrSurface) {
		t.Errorf("no ground: %v", err)
	}
}

// A street over the antimeridian, on ground whose longitudes run past 180.
func TestOverTheAntimeridian(t *testing.T) {
	w := newTown(t, 1000, 300)
	for _, c := range []struct {
		name rune
		east float64
	}{{'A', -400}, {'B', 500}} {
		p := at(c.east, 0)
		w.spot[c.name] = orb.Point{math.Remainder(p[0]+180, 360), p[1]}
		n, _ := w.b.Point(w.spot[c.name])
		w.place[c.name] = n
	}
	w.street("AB")
	w.ground.Grid.X0 += at(-500, 0)[0] + 180
	trip := w.by(profile.Car(), Options{})
	if got := trip.world.Stiles(); got != 10 {
		t.Errorf("%d stiles, want 10", got)
	}
	// From the cell 300 m north of A to that north of B.
	a, err := trip.world.Nearest(ctx, Sources{Points: Points{Cell: []int32{1}}}, Points{Cell: []int32{10}}, search.Query{})
	if err != nil {
		t.Fatal(err)
	}
	about(t, "over 180 degrees", float64(a.MS[0])/1000, 6*field100+9*drive100)
}

// On a projected grid stiles lie where they lie on one in degrees, to the metre.
func TestProjectedGround(t *testing.T) {
	w := newTown(t, 2000, 600)
	w.ground.Grid = grid.Spec{CRS: "EPSG:32631", X0: 500000 - 1000, Y0: 600, DX: 100, DY: 100, Cols: 20, Rows: 6}
	w.ground.Seconds = w.ground.Seconds[:120]
	const scale = 0.9996
	for name, p := range map[rune]orb.Point{'A': at(-950/scale, 50/scale), 'B': at(850/scale, 50/scale)} {
		w.spot[name] = orb.Point{3 + p[0], p[1]}
		w.place[name], _ = w.b.Point(w.spot[name])
	}
	w.street("AB")
	trip := w.by(profile.Car(), Options{})
	if trip.world.Stiles() != 19 {
		t.Errorf("%d stiles", trip.world.Stiles())
	}
	for _, s := range trip.world.stiles.list {
		if s.legMS > 30 { // some centimetres
			t.Errorf("%+v", s)
		}
	}
	a, err := trip.world.Nearest(ctx, Sources{Points: Points{Cell: []int32{40}}}, Points{Cell: []int32{58}}, search.Query{})
	if err != nil {
		t.Fatal(err)
	}
	about(t, "up, along and down", float64(a.MS[0])/1000, 6*field100+18*drive100/scale)
}
