package vector

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/simplifiedchinese"
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

// Side files that speak of another set are not believed, and that is said.
func TestLyingCPG(t *testing.T) {
	for _, tt := range []struct {
		name, text, cpg string
		language        byte
		want            string
		told            int64
	}{
		{"gbk called utf-8", gbk(t, "岱山县"), "UTF-8", 0, "岱山县", 1},
		{"utf-8 called gbk", "岱山县", "GBK", 0, "岱山县", 1},
		{"utf-8 called latin", "岱山县", "ISO-8859-1", 0, "岱山县", 1},
		{"utf-8 under a gbk header", "岱山县", "", 0x4d, "岱山县", 1},
		{"gbk that could be utf-8", gbk(t, "联通"), "GBK", 0, "联通", 0},
		{"latin as said", "caf\xe9", "ISO-8859-1", 0, "café", 0},
		{"ascii", "abc", "UTF-8", 0, "abc", 0},
	} {
		shp, dbf := makeShapefile([]shapeRecord{{1, pointContent(1, 2)}}, []dbfColumn{{"name", 'C', 12, 0}}, [][]string{{tt.text}})
		dbf[29] = tt.language
		fsys := fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}}
		if tt.cpg != "" {
			fsys["a.cpg"] = &fstest.MapFile{Data: []byte(tt.cpg)}
		}
		l, issues := mustRead(t, fsys, "a.shp", Options{})
		if l.Features[0].Values[0] != tt.want || issues.Count("vector.text.mistaken") != tt.told || int64(len(issues.List())) != tt.told {
			t.Errorf("%s: %+v %v", tt.name, l.Features[0].Values, keys(issues))
		}
	}
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
