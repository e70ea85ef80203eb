package vector

import (
	"testing"
	"testing/fstest"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestCSVRows(t *testing.T) {
	doc := "code;几何;名称\n" +
		"012;POINT Z (122.1  30.2 5);岱山\n" +
		"2;;b\n" +
		"3;POINT(1);c\n" +
		"4;POINT(1 2);\n" +
		"5;POINT(1 2);x;y\n" +
		"6;\"POLYGON((0 0,0 1,1 1,1 0))\";z\n" +
		"7;POINT EMPTY;z\n" +
		"8;SRID=4490;z\n"
	l, issues := mustRead(t, files("a.csv", doc), "a.csv", Options{})
	want := []Feature{
		{orb.Point{122.1, 30.2}, []any{"012", "岱山"}, coverage.Ref{File: "a.csv", Sheet: "a", Row: 2}},
		{orb.Point{1, 2}, []any{"4", nil}, coverage.Ref{File: "a.csv", Sheet: "a", Row: 5}},
	}
	if diff := cmp.Diff(want, l.Features); diff != "" {
		t.Error(diff)
	}
	faults := []string{"geometry.none", "csv.wkt", "csv.fields", "csv.wkt", "geometry.none", "csv.wkt", "z_dropped"}
	if diff := cmp.Diff(faults, keys(issues)); diff != "" {
		t.Error(diff)
	}
}

func TestCSVEncodings(t *testing.T) {
	plain := "名称,wkt\n岱山,POINT(1 2)\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(plain)
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	for name, doc := range map[string]string{"utf-8": plain, "bom": "\ufeff" + plain, "gb18030": gb, "utf-16": utf16} {
		l, _ := mustRead(t, files("a.csv", doc), "a.csv", Options{})
		if len(l.Features) != 1 || l.Columns[0] != "名称" || l.Features[0].Values[0] != "岱山" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	wantError(t, files("a.csv", gb), "a.csv", Options{Encoding: "utf-8"}, coverage.Unusable, "vector.file.encoding")
	wantError(t, files("a.csv", plain+"\xff\xff"), "a.csv", Options{}, coverage.Unusable, "vector.file.encoding")
	wantError(t, files("a.csv", plain), "a.csv", Options{Encoding: "no"}, coverage.Invalid, "vector.encoding.unknown")
}

func TestCSVRefuses(t *testing.T) {
	e := wantError(t, files("a.csv", "a,b\n1,2\n"), "a.csv", Options{}, coverage.Unusable, "vector.csv.no_geometry")
	if e.Args["columns"] != "a, b" {
		t.Error(e)
	}
	wantError(t, files("a.csv", "a,wkt\n1,2\n"), "a.csv", Options{Geometry: "shape"}, coverage.Unusable, "vector.csv.no_geometry")
	e = wantError(t, files("a.csv", "a,wkt\n1,POINT(1 2)\n2,\"POI\nNT\n"), "a.csv", Options{}, coverage.Unusable, "vector.csv.syntax")
	if e.Args["line"] != 4 {
		t.Error(e)
	}
	if l, _ := mustRead(t, files("a.csv", "a|border\n1|POINT(1 2)\n"), "a.csv", Options{Geometry: "border"}); len(l.Features) != 1 {
		t.Error("column by name")
	}
}

func TestWKTReferences(t *testing.T) {
	l, issues := mustRead(t, files("a.csv", "wkt\n\"SRID=4490;POINT(1 2)\"\n\"SRID=4326;POINT(1 2)\"\nPOINT(3 4)\n"), "a.csv", Options{})
	if l.CRS != "EPSG:4490" || len(l.Features) != 2 || issues.Count("vector.csv.wkt") != 1 {
		t.Errorf("%+v %v", l, keys(issues))
	}
}

func TestParseWKT(t *testing.T) {
	for text, want := range map[string]orb.Geometry{
		"point ( 1e-7   -2.5E1 )":                            orb.Point{1e-7, -25},
		"MULTIPOINT(1 2,3 4)":                                orb.MultiPoint{{1, 2}, {3, 4}},
		"MULTIPOINT((1 2),(3 4))":                            orb.MultiPoint{{1, 2}, {3, 4}},
		"GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))": orb.Collection{orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 1}}},
	} {
		if g, _, zm, err := parseWKT(text); err != nil || zm || !orb.Equal(g, want) {
			t.Errorf("%s: %v %v", text, g, err)
		}
	}
	for _, text := range []string{"", "POINT", "POINT(1 2", "POINT(1 2))", "POINT(1 2)\x00)", "POINT(1 x)", "SRID=x;POINT(1 2)", "POINT(1e999 0)", "POINT(NaN 1)"} {
		if g, _, _, err := parseWKT(text); err == nil {
			t.Errorf("%q gave %v", text, g)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("name,wkt\n甲,\"POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 2,2 1,1 1))\"\n"))
	f.Add([]byte("wkt\tn\nGEOMETRYCOLLECTION M (POINT EMPTY)\t1\nSRID=4490;MULTIPOLYGON Z EMPTY\t2\n"))
	f.Add([]byte("wkt\n\"MULTILINESTRING ZM ((1 2 3 4,5 6 7 8))\"\n"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, fstest.MapFS{"a.csv": {Data: b}}, "a.csv") })
}

func TestKML(t *testing.T) {
	doc := `<kml><Placemark><name>港</name><ExtendedData><Data name="床位"><value>20</value></Data>
		<SchemaData><SimpleData name="级">一</SimpleData></SchemaData></ExtendedData><Point><coordinates> 122.1,30.2,7 </coordinates></Point></Placemark>
		<Placemark><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
		<Polygon><outerBoundaryIs><LinearRing><coordinates>5,0 6,0 6,1 5,0</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark>
		<Placemark><name>nowhere</name></Placemark>
		<Placemark><Point><coordinates>1;2</coordinates></Point></Placemark></kml>`
	l, issues := mustRead(t, files("a.kml", doc), "a.kml", Options{})
	if diff := cmp.Diff([]string{"geometry.none", "kml.coordinates", "z_dropped"}, keys(issues)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"name", "床位", "级"}, l.Columns); diff != "" || l.CRS != "EPSG:4326" {
		t.Error(diff, l.CRS)
	}
	if diff := cmp.Diff([]any{"港", "20", "一"}, l.Features[0].Values); diff != "" {
		t.Error(diff)
	}
	if mp, ok := l.Features[1].Geometry.(orb.MultiPolygon); !ok || len(mp) != 2 {
		t.Errorf("%v", l.Features[1].Geometry)
	}
	wantError(t, files("a.kml", `<html></html>`), "a.kml", Options{}, coverage.Unusable, "vector.file.broken")
}

func FuzzKML(f *testing.F) {
	f.Add(samples(f)["a.kml"]["a.kml"].Data)
	f.Add([]byte(`<?xml version="1.0" encoding="GBK"?><kml><Placemark><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark></kml>`))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, fstest.MapFS{"a.kml": {Data: b}}, "a.kml") })
}
