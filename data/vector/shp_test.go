package vector

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func square(x, y, size float64) orb.Ring { // clockwise, as outer rings of the format are
	return orb.Ring{{x, y}, {x, y + size}, {x + size, y + size}, {x + size, y}, {x, y}}
}

func reversed(r orb.Ring) orb.Ring {
	r = r.Clone()
	r.Reverse()
	return r
}

func gbk(t testing.TB, s string) string {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A lake on an island in a lake, an island beside it, a hole that touches its
// outer ring, and a hole in nothing.
func TestNest(t *testing.T) {
	big, lake, island, pond := square(0, 0, 10), reversed(square(1, 1, 8)), square(2, 2, 6), reversed(square(3, 3, 2))
	beside, touching := square(20, 0, 4), reversed(orb.Ring{{20, 0}, {21, 2}, {22, 1}, {20, 0}})
	mp, note := nest([]orb.Ring{pond, big, touching, beside, lake, island})
	want := orb.MultiPolygon{{big, lake}, {beside, touching}, {island, pond}}
	if diff := cmp.Diff(want, mp); diff != "" || note.Key != "" {
		t.Error(diff, note)
	}
	mp, note = nest([]orb.Ring{big, reversed(square(50, 50, 1))})
	if len(mp) != 2 || note.Key != "vector.shp.hole" || note.Args["count"] != 1 {
		t.Errorf("%v %+v", mp, note)
	}
	mp, note = nest([]orb.Ring{reversed(big), lake, reversed(island), reversed(beside)})
	if len(mp) != 3 || note.Key != "vector.shp.winding" || planar.Area(woundAll(mp)) != 100-64+36+16 {
		t.Errorf("%v %+v", mp, note)
	}
}

func woundAll(mp orb.MultiPolygon) orb.MultiPolygon {
	out, _ := Polygons(mp)
	return out
}

// Squares nested at random: the area is what even-odd counting gives.
func TestNestArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rings []orb.Ring
		want := 0.0
		for i := range rapid.IntRange(1, 4).Draw(t, "stacks") {
			size := 64.0
			for k := range rapid.IntRange(1, 5).Draw(t, "rings") {
				r := square(float64(i)*100+32-size/2, 32-size/2, size)
				if k%2 == 1 {
					r = reversed(r)
				}
				rings = append(rings, r)
				want += size * size * math.Pow(-1, float64(k))
				size -= 2 + float64(rapid.IntRange(0, 5).Draw(t, "step"))
			}
		}
		mp, note := nest(rapid.Permutation(rings).Draw(t, "order"))
		if got := planar.Area(woundAll(mp)); math.Abs(got-want) > 1e-9 || note.Key != "" {
			t.Fatalf("area %v, want %v (%+v) of %v", got, want, note, rings)
		}
	})
}

// side agrees with the even-odd rule of orb off the border, and finds it.
func TestSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coord := rapid.Float64Range(0, 10)
		if rapid.Bool().Draw(t, "grid") {
			coord = rapid.Map(rapid.IntRange(0, 5), func(i int) float64 { return float64(i) })
		}
		r := make(orb.Ring, rapid.IntRange(3, 8).Draw(t, "n"))
		for i := range r {
			r[i] = orb.Point{coord.Draw(t, "x"), coord.Draw(t, "y")}
		}
		r = append(r, r[0])
		p := orb.Point{coord.Draw(t, "px"), coord.Draw(t, "py")}
		got := side(r, p)
		on := false
		for i := 1; i < len(r); i++ {
			on = on || planar.DistanceFromSegment(r[i-1], r[i], p) < 1e-12
		}
		if on {
			if got != 0 && planar.DistanceFrom(orb.LineString(r), p) == 0 {
				t.Fatalf("%v is on %v, got %d", p, r, got)
			}
			return
		}
		if want := planar.RingContains(r, p); (got == 1) != want {
			t.Fatalf("%v in %v: %d, want %v", p, r, got, want)
		}
	})
}

func TestShapefileRows(t *testing.T) {
	nan := math.NaN()
	records := []shapeRecord{
		{15, polygonContent(16+8*5, square(0, 0, 2))},
		{0, nil},
		{15, polygonContent(0, square(0, 0, 2)[:3])},
		{15, polygonContent(0, square(0, 0, 2))}, // deleted
		{15, polygonContent(0, orb.Ring{{0, 0}, {0, nan}, {1, 1}, {0, 0}})},
		{15, polygonContent(0, square(5, 5, 2))[:60]},
		{15, polygonContent(0, orb.Ring{{0, 0}, {0, 1}, {1, 1}, {1, 0}})},
		{11, pointContent(1, 2, 3)},
	}
	columns := []dbfColumn{{gbk(t, "名称名称名"), 'C', 6, 0}, {"N", 'N', 8, 0}, {"F", 'F', 8, 2}, {"L", 'L', 1, 0}, {"D", 'D', 8, 0}, {"M", 'M', 10, 0}}
	row := func(name string) []string { return []string{name, "12", "1.25", "T", "20260131", "9"} }
	rows := [][]string{
		{gbk(t, "岱山县城"), "********", "********", "?", "00000000", ""},
		row("b"), row("c"), append(row("d"), "deleted"), row("e"), row("f"), row("g"), row("h"),
	}
	shp, dbf := makeShapefile(records, columns, rows)
	shp[32] = 15
	dbf[29] = 0x4d
	fsys := fstest.MapFS{"x/A.SHP": {Data: shp}, "x/A.DBF": {Data: dbf}}
	l, issues := mustRead(t, fsys, "x/A.SHP", Options{})
	want := []string{"geometry.none", "ring.short", "position.infinite", "geometry.corrupt", "ring.open", "geometry.unsupported", "z_dropped"}
	if diff := cmp.Diff(want, keys(issues)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"名称名称名", "N", "F", "L", "D"}, l.Columns); diff != "" {
		t.Error(diff)
	}
	if len(l.Features) != 1 || l.Rows != 8 {
		t.Fatalf("%d features of %d rows", len(l.Features), l.Rows)
	}
	if diff := cmp.Diff([]any{"岱山县", nil, nil, nil, nil}, l.Features[0].Values); diff != "" {
		t.Error(diff)
	}
}

func TestDBFValues(t *testing.T) {
	for _, tt := range []struct {
		text  string
		whole bool
		want  any
		ok    bool
	}{
		{"  12 ", true, int64(12), true},
		{"-3", true, int64(-3), true},
		{"12", false, 12.0, true},
		{"1.50", false, 1.5, true},
		{"1.5", true, 1.5, true},
		{"12345678901234567890", true, 12345678901234567890.0, true},
		{"***", true, nil, true},
		{"   ", true, nil, true},
		{"\x00\x00", false, nil, true},
		{"nan", false, nil, false},
		{"1x", true, nil, false},
		{"inf", false, nil, false},
	} {
		if got, ok := number(tt.text, tt.whole); got != tt.want || ok != tt.ok {
			t.Errorf("%q: %v %v, want %v %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
	for text, want := range map[string]any{"20260131": "2026-01-31", "        ": nil, "00000000": nil} {
		if got := date(text); got != want {
			t.Errorf("date %q: %v", text, got)
		}
	}
	for text, want := range map[string]any{"T": true, "y": true, "F": false, "n": false, "?": nil, " ": nil} {
		if got := logical([]byte(text)); got != want {
			t.Errorf("logical %q: %v", text, got)
		}
	}
}

// The encoding is that of the caller, the .cpg, the header, or what fits.
func TestDBFEncoding(t *testing.T) {
	tests := []struct {
		name, text, cpg, option string
		language                byte
		want                    string
	}{
		{"utf-8 guessed", "岱山", "", "", 0, "岱山"},
		{"gbk guessed", gbk(t, "岱山"), "", "", 0, "岱山"},
		{"gbk guessed under ANSI", gbk(t, "岱山"), "", "", 0x57, "岱山"},
		{"gbk by .cpg", gbk(t, "岱山"), "936", "", 0, "岱山"},
		{"utf-8 by .cpg", "岱山", "UTF-8\r\n", "", 0x4d, "岱山"},
		{"gbk by header", gbk(t, "岱山"), "", "", 0x4d, "岱山"},
		{"caller over .cpg", gbk(t, "岱山"), "UTF-8", "gb18030", 0, "岱山"},
		{"latin guessed", "caf\xe9", "", "", 0x03, "café"},
		{"latin by .cpg", "caf\xe9", "ISO-8859-1", "", 0, "café"},
	}
	for _, tt := range tests {
		shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}}, []dbfColumn{{"name", 'C', 10, 0}}, [][]string{{tt.text}})
		dbf[29] = tt.language
		fsys := fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}}
		if tt.cpg != "" {
			fsys["a.cpg"] = &fstest.MapFile{Data: []byte(tt.cpg)}
		}
		l, issues := mustRead(t, fsys, "a.shp", Options{Encoding: tt.option})
		if len(l.Features) != 1 || l.Features[0].Values[0] != tt.want || len(issues.List()) != 0 {
			t.Errorf("%s: %+v %v", tt.name, l.Features, keys(issues))
		}
	}
	shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}}, []dbfColumn{{"name", 'C', 10, 0}}, [][]string{{"a\xff\xffb"}})
	fsys := fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}, "a.cpg": {Data: []byte("UTF-8")}}
	l, issues := mustRead(t, fsys, "a.shp", Options{})
	if diff := cmp.Diff([]string{"text.encoding"}, keys(issues)); diff != "" || len(l.Features) != 1 || issues.Fatal() != 0 {
		t.Errorf("%s %+v", diff, l.Features)
	}
	wantError(t, fsys, "a.shp", Options{Encoding: "klingon"}, coverage.Invalid, "vector.encoding.unknown")
}

func TestShapefileSides(t *testing.T) {
	shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}, {1, pointContent(3, 4)}}, []dbfColumn{{"a", 'N', 4, 0}}, [][]string{{"1"}, {"2"}})
	l, issues := mustRead(t, fstest.MapFS{"a.shp": {Data: shp}}, "a.shp", Options{})
	if len(l.Features) != 2 || issues.Count("vector.shp.side_missing") != 1 || issues.Fatal() != 0 {
		t.Errorf("%+v %v", l, keys(issues))
	}
	one, _ := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}}, nil, nil)
	wantError(t, fstest.MapFS{"a.shp": {Data: one}, "a.dbf": {Data: dbf}}, "a.shp", Options{}, coverage.Unusable, "vector.shp.count")
	shp[32] = 31
	wantError(t, fstest.MapFS{"a.shp": {Data: shp}}, "a.shp", Options{}, coverage.Unsupported, "vector.file.broken")
	shp[32] = 1
	prj := `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",AUTHORITY["EPSG","6326"]],AUTHORITY["EPSG","4326"]]`
	for text, want := range map[string]string{prj: "EPSG:4326", strings.Replace(prj, `,AUTHORITY["EPSG","4326"]`, "", 1): ""} {
		l, _ := mustRead(t, fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}, "a.prj": {Data: []byte(text + "\n")}}, "a.shp", Options{})
		if l.CRS != want || l.WKT != text {
			t.Errorf("%s: %s, %s", text, l.CRS, l.WKT)
		}
	}
}

// With a .shx the records may stand in any order, with rubbish between.
func TestShapefileIndex(t *testing.T) {
	shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}, {1, pointContent(3, 4)}}, []dbfColumn{{"a", 'N', 4, 0}}, [][]string{{"1"}, {"2"}})
	shx := append([]byte{}, shp[:shpHeader]...)
	shx = append(shx, 0, 0, 0, 64, 0, 0, 0, 10, 0, 0, 0, 50, 0, 0, 0, 10) // words: the second record first
	set := fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}, "a.shx": {Data: shx}}
	l, _ := mustRead(t, set, "a.shp", Options{})
	if l.Features[0].Geometry != orb.Geometry(orb.Point{3, 4}) || l.Features[0].Values[0] != int64(1) {
		t.Errorf("%+v", l.Features)
	}
	shx[shpHeader+2] = 0xff
	wantError(t, set, "a.shp", Options{}, coverage.Unusable, "vector.file.broken")
}

func TestZipLayers(t *testing.T) {
	shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}}, []dbfColumn{{"a", 'N', 4, 0}}, [][]string{{"1"}})
	two := fstest.MapFS{"a.zip": {Data: zipped(t, map[string][]byte{"x/一.shp": shp, "x/一.dbf": dbf, "b.SHP": shp, "b.dbf": dbf})}}
	wantError(t, two, "a.zip", Options{}, coverage.Invalid, "vector.layer.choose")
	if l, _ := mustRead(t, two, "a.zip", Options{Layer: "一"}); len(l.Features) != 1 || l.Name != "一" {
		t.Errorf("%+v", l)
	}
	none := fstest.MapFS{"a.zip": {Data: zipped(t, map[string][]byte{"readme.txt": nil})}}
	wantError(t, none, "a.zip", Options{}, coverage.Unusable, "vector.layer.none")
	windows := fstest.MapFS{"a.zip": {Data: zipped(t, map[string][]byte{gbk(t, "县界") + ".shp": shp, gbk(t, "县界") + ".dbf": dbf})}}
	if l, issues := mustRead(t, windows, "a.zip", Options{}); l.Name != "县界" || len(issues.List()) != 0 {
		t.Errorf("%s %v", l.Name, keys(issues))
	}
	bomb := fstest.MapFS{"a.zip": {Data: zipped(t, map[string][]byte{"a.shp": append(shp, make([]byte, 1<<20)...)})}}
	wantError(t, bomb, "a.zip", Options{MaxBytes: 1 << 16}, coverage.Unusable, "vector.file.broken")
}

func FuzzShapefile(f *testing.F) {
	shp, dbf := makeShapefile([]shapeRecord{
		{5, polygonContent(0, square(0, 0, 10), reversed(square(1, 1, 2)))}, {0, nil},
	}, []dbfColumn{{"名", 'C', 10, 0}, {"n", 'N', 4, 0}, {"d", 'D', 8, 0}, {"l", 'L', 1, 0}}, [][]string{{"甲", "1", "20260101", "T"}, {"乙", "**", "", ""}})
	f.Add(shp, dbf, []byte{}, "UTF-8")
	points, table := makeShapefile([]shapeRecord{{11, pointContent(1, 2, 3, 4)}}, nil, [][]string{{}})
	f.Add(points, table, append(points[:shpHeader:shpHeader], 0, 0, 0, 50, 0, 0, 0, 18), "")
	f.Fuzz(func(t *testing.T, shp, dbf, shx []byte, cpg string) {
		fuzzOne(t, fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}, "a.shx": {Data: shx}, "a.cpg": {Data: []byte(cpg)}}, "a.shp")
	})
}

func FuzzZip(f *testing.F) {
	f.Add(samples(f)["a.zip"]["a.zip"].Data)
	f.Add(zipped(f, map[string][]byte{"doc.kml": samples(f)["a.kml"]["a.kml"].Data}))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, fstest.MapFS{"a.zip": {Data: b}}, "a.zip") })
}
