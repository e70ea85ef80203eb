package audit

import (
	"context"
	"math"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func ring(xy ...float64) orb.Ring {
	var r orb.Ring
	for i := 0; i+1 < len(xy); i += 2 {
		r = append(r, orb.Point{xy[i], xy[i+1]})
	}
	return append(r, r[0])
}

func box(x0, y0, x1, y1 float64) orb.Ring { return ring(x0, y0, x1, y0, x1, y1, x0, y1) }

var (
	eight = orb.MultiPolygon{{ring(0, 0, 2, 2, 2, 0, 0, 2)}}
	spike = orb.MultiPolygon{{ring(0, 0, 2, 0, 2, 3, 2, 2, 0, 2)}}
)

func TestCrossings(t *testing.T) {
	for name, c := range map[string]struct {
		mp   orb.MultiPolygon
		want []orb.Point
	}{
		"square":           {orb.MultiPolygon{{box(0, 0, 1, 1)}}, nil},
		"repeated point":   {orb.MultiPolygon{{ring(0, 0, 1, 0, 1, 0, 1, 1)}}, nil},
		"eight":            {eight, []orb.Point{{1, 1}}},
		"spike":            {spike, []orb.Point{{2, 2}}},
		"hole":             {orb.MultiPolygon{{box(0, 0, 4, 4), box(1, 1, 2, 2)}}, nil},
		"hole touches":     {orb.MultiPolygon{{box(0, 0, 4, 4), ring(0, 2, 1, 1, 1, 3)}}, nil},
		"hole crosses":     {orb.MultiPolygon{{box(0, 0, 4, 4), box(3, 1, 5, 2)}}, []orb.Point{{4, 1}, {4, 2}}},
		"parts side":       {orb.MultiPolygon{{box(0, 0, 1, 1)}, {box(1, 0, 2, 1)}}, nil},
		"parts overlap":    {orb.MultiPolygon{{box(0, 0, 2, 2)}, {box(1, 1, 3, 3)}}, []orb.Point{{1, 2}, {2, 1}}},
		"touches itself":   {orb.MultiPolygon{{ring(0, 0, 2, 0, 1, 1, 2, 2, 0, 2, 1, 1)}}, nil},
		"nothing":          {nil, nil},
		"two of one place": {orb.MultiPolygon{{ring(0, 0, 1, 1)}}, []orb.Point{{0, 0}}},
	} {
		if d := cmp.Diff(c.want, Crossings(c.mp, 10)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if got := Crossings(orb.MultiPolygon{{box(0, 0, 4, 4), box(3, 1, 5, 2)}}, 1); len(got) != 1 {
		t.Error(got)
	}
}

// What is mended covers what the even-odd rule covered, and crosses nothing.
func TestMend(t *testing.T) {
	for _, mp := range []orb.MultiPolygon{eight, spike, {{box(0, 0, 4, 4), box(3, 1, 5, 2)}}, {{ring(0, 0, 4, 0, 4, 4, 0, 4), box(1, 1, 2, 2), ring(1, 1, 3, 3, 3, 1, 1, 3)}}} {
		mended, ok := Mend(mp)
		if !ok || len(Crossings(mended, 1)) > 0 {
			t.Fatalf("%v -> %v", mp, mended)
		}
		sameCover(t, mp, mended)
	}
	if _, ok := Mend(orb.MultiPolygon{{box(0, 0, 2, 2)}, {box(1, 1, 3, 3)}}); ok {
		t.Error("parts that overlap are said to be mended")
	}
}

func sameCover(t interface{ Errorf(string, ...any) }, a, b orb.MultiPolygon) {
	x, y := zonal.New([]orb.MultiPolygon{a}), zonal.New([]orb.MultiPolygon{b})
	bound := a.Bound()
	for i := range 41 {
		for j := range 41 {
			p := orb.Point{
				bound.Min[0] + (float64(i)+0.123456)/41*(bound.Max[0]-bound.Min[0]),
				bound.Min[1] + (float64(j)+0.654321)/41*(bound.Max[1]-bound.Min[1]),
			}
			if x.Find(p) != y.Find(p) {
				t.Errorf("%v: %d before, %d after", p, x.Find(p), y.Find(p))
				return
			}
		}
	}
}

// Random rings with whole coordinates, where sides meet in every way.
func TestMendProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(3, 9).Draw(r, "n")
		var xy []float64
		for range 2 * n {
			xy = append(xy, float64(rapid.IntRange(0, 6).Draw(r, "v")))
		}
		mp := orb.MultiPolygon{{ring(xy...)}}
		mended, ok := Mend(mp)
		if !ok {
			return // rounding of a meeting point, or nothing left
		}
		if c := Crossings(mended, 1); len(c) > 0 {
			r.Fatalf("still crosses at %v", c)
		}
		sameCover(r, mp, mended)
		drawn := 0.0
		for _, p := range mended {
			drawn += slabArea(cut(p))
		}
		if got := EvenOddArea(mp); math.Abs(got-drawn) > 1e-9 {
			r.Fatalf("area %v, once mended %v", got, drawn)
		}
		if !Touches(mp) && len(Crossings(mp, 1)) == 0 && math.Abs(math.Abs(planar.Area(mp[0]))-drawn) > 1e-9 && !throughPoint(mp[0][0]) {
			r.Fatalf("area %v, by its ring %v", drawn, planar.Area(mp[0]))
		}
	})
}

// throughPoint reports whether a position of a ring lies on one of its sides.
func throughPoint(r orb.Ring) bool {
	for _, s := range sidesOf(orb.MultiPolygon{{r}}) {
		for _, p := range r {
			if on(s, p) {
				return true
			}
		}
	}
	return false
}

func TestMosaic(t *testing.T) {
	// A ring of four zones around an open middle, and one that lies over its
	// neighbour by a tenth.
	zones := []orb.MultiPolygon{
		{{box(120, 30, 123, 31)}},
		{{box(120, 31, 121, 32)}},
		{{box(122, 31, 123, 32)}},
		{{box(120, 32, 123, 33)}},
		{{box(122.9, 30, 124, 31)}},
	}
	m, err := NewMosaic(context.Background(), zones)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Overlaps) != 1 || m.Overlaps[0].A != 0 || m.Overlaps[0].B != 4 || math.Abs(m.Overlaps[0].KM2/1060-1) > 0.03 {
		t.Errorf("%+v", m.Overlaps)
	}
	if len(m.Holes) != 1 || math.Abs(m.Holes[0].KM2/10520-1) > 0.02 {
		t.Errorf("%+v", m.Holes)
	}
	for p, want := range map[orb.Point]int32{{121.5, 31.5}: 0, {121.5, 30.5}: -1, {130, 31}: -1, {123.5, 32}: -1} {
		if got := m.HoleAt(p); got != want {
			t.Errorf("%v: %d, want %d", p, got, want)
		}
	}
	for _, none := range [][]orb.MultiPolygon{nil, {nil}, zones[:1]} {
		m, err := NewMosaic(context.Background(), none)
		if err != nil || len(m.Overlaps)+len(m.Holes) != 0 || m.HoleAt(orb.Point{121, 31}) != -1 {
			t.Errorf("%+v %v", m, err)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"岱山县第一人民医院", "第一人民医院", true},
		{"高亭镇卫生院", "高停镇卫生院", true},
		{"岱山县第一人民医院", "岱山县第二人民医院", false},
		{"东门幼儿园", "西门幼儿园", false},
		{"幸福食堂", "幸福食堂分店", false},
		{"人民医院", "第二人民医院", false},
		{"Domoni Health Centre", "Domoni Health Center", true},
		{"Clinic A", "Clinic B", false},
		{"Fomboni", "Domoni", false},
		{"甲", "乙", false},
		{"幼儿园", "小幼儿园", false},
	} {
		if got := AlikeNames(PlainName(c.a), PlainName(c.b)); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
	if a, b := PlainName(" Ｈospital（１）有限公司"), PlainName("hospital 1"); a != b {
		t.Error(a, b)
	}
}

func TestTwins(t *testing.T) {
	at := func(north float64) orb.Point { return orb.Point{122, 30 + north/110850} }
	list := []coverage.Facility{
		{Name: "高亭镇卫生院", Kind: "a", At: at(0)},
		{Name: "高亭镇 卫生院", Kind: "a", At: at(400)}, // same within 500 m
		{Name: "高亭镇卫生院", Kind: "b", At: at(0)},    // another service
		{Name: "高停镇卫生院", Kind: "a", At: at(60)},   // alike within 100 m
		{Name: "高停镇卫生所", Kind: "a", At: at(700)},  // alike, but far from all
		{Name: "高亭镇卫生院", Kind: "a", At: at(2000)}, // same, too far
		{Name: "", Kind: "a", At: at(0)},
		{Name: "高亭镇卫生院", Kind: "a", At: at(0), Mobile: true},
	}
	var got [][2]int
	for _, twin := range Twins(list) {
		got = append(got, [2]int{twin.First, twin.Second})
	}
	if d := cmp.Diff([][2]int{{0, 1}, {0, 3}}, got); d != "" {
		t.Error(d)
	}
}

// Two coarse drawings of one island, neither shifted, never agree: that is no
// sign of another system. Shifted by 500 m, they agree best when shifted back.
func TestMisfitNeedsAShift(t *testing.T) {
	wgs, _ := crs.Parse("EPSG:4326")
	gcj, _ := crs.Parse("GCJ-02")
	coarse := orb.MultiPolygon{{ring(121.98, 30.01, 122.05, 29.99, 122.13, 30.02, 122.12, 30.1, 122.04, 30.12, 121.99, 30.09)}}
	fine := orb.MultiPolygon{{ring(121.985, 30, 122.02, 29.995, 122.06, 30, 122.1, 30.01, 122.125, 30.03, 122.13, 30.07, 122.11, 30.11, 122.05, 30.11, 122, 30.1, 121.98, 30.05)}}
	if s, found := Misfit(Layer{[]orb.MultiPolygon{coarse}, wgs}, Layer{[]orb.MultiPolygon{fine}, wgs}); found {
		t.Errorf("%+v", s)
	}
	shifted := orb.Clone(coarse).(orb.MultiPolygon)
	for i, p := range shifted[0][0] {
		shifted[0][0][i] = gcj.FromWGS84(p)
	}
	s, found := Misfit(Layer{[]orb.MultiPolygon{shifted}, wgs}, Layer{[]orb.MultiPolygon{fine}, wgs})
	if !found || s.Reading.Name != "GCJ-02" || s.Other {
		t.Errorf("%+v %v", s, found)
	}
	s, found = Misfit(Layer{[]orb.MultiPolygon{fine}, wgs}, Layer{[]orb.MultiPolygon{shifted}, wgs})
	if !found || s.Reading.Name != "GCJ-02" || !s.Other {
		t.Errorf("%+v %v", s, found)
	}
}

func TestSignTest(t *testing.T) {
	for _, c := range []struct {
		a, b int
		want float64
	}{{0, 0, 1}, {8, 0, 1.0 / 256}, {0, 8, 1}, {3, 1, 5.0 / 16}, {1, 1, 0.75}} {
		if got := signTest(c.a, c.b); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d, %d: %v, want %v", c.a, c.b, got, c.want)
		}
	}
	for _, c := range []struct {
		f    Figures
		want bool
	}{
		{Figures{Of: 3, Before: 0, After: 3, Gained: 3}, true},
		{Figures{Of: 2, Before: 0, After: 2, Gained: 2}, false},
		{Figures{Of: 100, Before: 92, After: 99, Gained: 7}, false},
		{Figures{Of: 100, Before: 91, After: 99, Gained: 8}, true},
		{Figures{Of: 100, Before: 99, After: 91, Lost: 8}, false},
	} {
		if got := c.f.Better(); got != c.want {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
}

// Ten cells of a kilometre along one side of a zone come inside in another
// reading, as they would in any that moves them that way: that tells nothing. A
// hundred of a hundred metres do.
func TestFewCellsTellNothing(t *testing.T) {
	wgs, _ := crs.Parse("EPSG:4326")
	zone := zonal.New([]orb.MultiPolygon{{{box(122, 30, 122.2, 30.12)}}})
	for _, c := range []struct {
		cell float64
		want bool
	}{{0.01, false}, {0.005, false}, {0.001, true}} {
		var at []orb.Point
		var weight []float64
		for y := 30.002; y < 30.1; y += c.cell {
			for x := 121.9975; x < 122.19; x += c.cell {
				at, weight = append(at, orb.Point{x, y}), append(weight, 10)
			}
		}
		s, found := Outside(at, weight, zone, wgs)
		if found != c.want || s.Before < minOutside {
			t.Errorf("cells of %v degrees: %+v, %v", c.cell, s, found)
		}
	}
	// Forty cells that hardly fit better, but for one with most people.
	var at []orb.Point
	var weight []float64
	for i := range 40 {
		x, n := 121.97, 1.0 // outside in every reading
		if i == 0 {
			x, n = 121.9975, 1000
		}
		at, weight = append(at, orb.Point{x, 30.01 + 0.001*float64(i)}), append(weight, n)
	}
	if s, found := Outside(at, weight, zone, wgs); found {
		t.Errorf("%+v", s)
	}
}
