package vector

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func feature(geometry string) string {
	return `{"type":"Feature","properties":{},"geometry":` + geometry + `}`
}

func collectionOf(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

// What RFC 7946 does not allow becomes an issue of that feature; its
// neighbours are read.
func TestGeoJSONFaults(t *testing.T) {
	good := feature(`{"type":"Point","coordinates":[122,30]}`)
	tests := []struct{ feature, key string }{
		{feature(`null`), "geometry.none"},
		{feature(`{"type":"Point","coordinates":[]}`), "position.short"},
		{feature(`{"type":"Point","coordinates":[1]}`), "position.short"},
		{feature(`{"type":"Point","coordinates":null}`), "geojson.coordinates"},
		{feature(`{"type":"Point"}`), "geojson.coordinates"},
		{feature(`{"type":"Point","coordinates":["122","30"]}`), "geojson.coordinates"},
		{feature(`{"type":"Point","coordinates":[122,null]}`), "geojson.coordinates"},
		{feature(`{"type":"Point","coordinates":[[122,30]]}`), "geojson.coordinates"},
		{feature(`{"type":"Point","coordinates":[1e999,30]}`), "position.infinite"},
		{feature(`{"type":"LineString","coordinates":[[1,2]]}`), "line.short"},
		{feature(`{"type":"LineString","coordinates":[]}`), "geometry.none"},
		{feature(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}`), "ring.short"},
		{feature(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}`), "ring.open"},
		{feature(`{"type":"Polygon","coordinates":[[0,0],[1,0],[1,1],[0,0]]}`), "geojson.coordinates"},
		{feature(`{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]],[[0,0],[1,0]]]]}`), "ring.short"},
		{feature(`{"type":"MultiPolygon","coordinates":[]}`), "geometry.none"},
		{feature(`{"type":"GeometryCollection","geometries":[]}`), "geometry.none"},
		{feature(`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1]}]}`), "position.short"},
		{feature(`{"type":"GeometryCollection"}`), "geojson.coordinates"},
		{feature(`{"type":"Circle","coordinates":[1,2]}`), "geojson.type"},
		{feature(`[1,2]`), "geojson.type"},
		{`{"type":"feature","properties":{},"geometry":null}`, "geojson.feature"},
		{`null`, "geojson.feature"},
		{`{"type":"Feature","properties":[],"geometry":null}`, "geojson.properties"},
	}
	for _, tt := range tests {
		l, issues := mustRead(t, files("a.json", collectionOf(good, tt.feature, good)), "a.json", Options{})
		if diff := cmp.Diff([]string{tt.key}, keys(issues)); diff != "" {
			t.Errorf("%s: %s", tt.feature, diff)
			continue
		}
		if i := issues.List()[0]; !i.Fatal || i.Row != 2 || i.File != "a.json" || len(l.Features) != 2 || l.Rows != 3 || l.Features[1].Ref.Row != 3 {
			t.Errorf("%s: %+v, %d features", tt.feature, i, len(l.Features))
		}
	}
}

func TestGeoJSONDocuments(t *testing.T) {
	tests := []struct {
		text, key string
		line      any
	}{
		{"{\n\"type\":\"FeatureCollection\",\n\"features\":[{]}", "vector.geojson.syntax", 3},
		{collectionOf() + "\n\nx", "vector.geojson.syntax", 3},
		{"{\n\"type\":\"FeatureCollection\",\n\"features\":[\n", "vector.geojson.syntax", 4},
		{`{"type":"FeatureCollection"}`, "vector.geojson.features", nil},
		{`{"type":"FeatureCollection","features":{}}`, "vector.geojson.features", nil},
		{`{"type":"FeatureCollection","features":[],"features":[]}`, "vector.geojson.features", nil},
		{`{"type":"Topology","objects":{}}`, "vector.geojson.document", nil},
		{`{"type":"Feature","features":[]}`, "vector.geojson.document", nil},
		{`{}`, "vector.geojson.document", nil},
		{"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":\"\xd6\xd0\"},\"geometry\":null}]}", "vector.file.encoding", nil},
	}
	for _, tt := range tests {
		e := wantError(t, files("a.json", tt.text), "a.json", Options{}, coverage.Unusable, tt.key)
		if tt.line != nil && e.Args["line"] != tt.line {
			t.Errorf("%q: line %v, want %v (%v)", tt.text, e.Args["line"], tt.line, e)
		}
	}
	wantError(t, files("a.json", `[1]`), "a.json", Options{}, coverage.Unusable, "vector.geojson.document")
}

func TestGeoJSONReads(t *testing.T) {
	doc := "\ufeff" + `{"features":[
		{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[1,2,300]},"properties":{"a":1,"b":"x\ny","c":[1, 2],"d":1.50}},
		{"type":"Feature","id":"w/8","geometry":{"coordinates":[[[0,0],[0,1],[1,1],[0,0]]],"type":"Polygon"},"properties":{"e":true,"a":9007199254740993,"d":null}},
		{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[5,6]}]},"properties":null}],
		"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"name":"镇","type":"FeatureCollection"}`
	l, issues := mustRead(t, files("a.json", doc), "a.json", Options{})
	want := []Feature{
		{orb.Point{1, 2}, []any{int64(1), "x\ny", "[1,2]", 1.5, int64(7), nil}, coverage.Ref{File: "a.json", Sheet: "镇", Row: 1}},
		{orb.Polygon{{{0, 0}, {1, 1}, {0, 1}, {0, 0}}}, []any{int64(9007199254740993), nil, nil, nil, "w/8", true}, coverage.Ref{File: "a.json", Sheet: "镇", Row: 2}},
		{orb.Collection{orb.Point{5, 6}}, []any{nil, nil, nil, nil, nil, nil}, coverage.Ref{File: "a.json", Sheet: "镇", Row: 3}},
	}
	if diff := cmp.Diff(want, l.Features); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "d", "id", "e"}, l.Columns); diff != "" {
		t.Error(diff)
	}
	if l.CRS != "EPSG:4547" || l.Name != "镇" || issues.Count("vector.z_dropped") != 1 || issues.Fatal() != 0 {
		t.Errorf("%s %s %v", l.CRS, l.Name, keys(issues))
	}
}

func TestGeoJSONSingle(t *testing.T) {
	for _, doc := range []string{
		`{"type":"Point","coordinates":[1,2]}`,
		`{"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"a":1},"type":"Feature"}`,
	} {
		l, issues := mustRead(t, files("a.json", doc), "a.json", Options{Layer: "a"})
		if len(l.Features) != 1 || l.Features[0].Geometry != orb.Geometry(orb.Point{1, 2}) || len(issues.List()) != 0 || l.Rows != 1 {
			t.Errorf("%s: %+v %v", doc, l, keys(issues))
		}
	}
	wantError(t, files("a.json", `{"type":"Point","coordinates":[1,2]}`), "a.json", Options{Layer: "b"}, coverage.NotFound, "vector.layer.missing")
}

func TestCRSMember(t *testing.T) {
	for name, want := range map[string]string{
		"urn:ogc:def:crs:OGC:1.3:CRS84": "EPSG:4326", "OGC:CRS84": "EPSG:4326", "EPSG:4490": "EPSG:4490",
		"urn:ogc:def:crs:EPSG:6.9:4547": "EPSG:4547", "http://www.opengis.net/def/crs/EPSG/0/4326": "EPSG:4326",
		"my own grid": "my own grid",
	} {
		raw := fmt.Sprintf(`{"type":"name","properties":{"name":%q}}`, name)
		if got := crsMember([]byte(raw)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := crsMember([]byte(`null`)); got != "" {
		t.Errorf("null: %s", got)
	}
	if got := crsMember([]byte(`{"type":"link"}`)); got == "" {
		t.Error("a crs that is not understood must not pass for none")
	}
}

func FuzzGeoJSON(f *testing.F) {
	f.Add(collectionOf(feature(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`)))
	f.Add(collectionOf(feature(`{"type":"MultiPolygon","coordinates":[[[[0,0,1],[1,0],[1,1],[0,0]]]]}`), `{"type":"Feature","id":"\u0041"}`))
	f.Add(`{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2]]}],"crs":{}}`)
	f.Add(`{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{"a":[{"b":"]"}]}}`)
	f.Fuzz(func(t *testing.T, doc string) { fuzzOne(t, files("a.json", doc), "a.json") })
}

// fuzzOne wants an error or a layer whose features keep what doc.go says.
func fuzzOne(t *testing.T, fsys fs.FS, name string) {
	l, err := Read(context.Background(), fsys, name, Options{MaxBytes: 1 << 20}, &coverage.Issues{}, nil)
	if err != nil {
		return
	}
	for _, f := range l.Features {
		again, fault := tidy(orb.Clone(f.Geometry))
		if fault != nil || !orb.Equal(again, f.Geometry) {
			t.Fatalf("kept %v, which is not tidy: %v", f.Geometry, fault)
		}
		if len(f.Values) != len(l.Columns) {
			t.Fatalf("%d values in %d columns", len(f.Values), len(l.Columns))
		}
		for _, v := range f.Values {
			switch v.(type) {
			case nil, string, int64, float64, bool:
			default:
				t.Fatalf("value %v of type %T", v, v)
			}
		}
	}
}

// What RFC 7946 asks for beyond what is needed to read a file is told once a
// file, at its first place, and the data are read.
func TestGeoJSONStrict(t *testing.T) {
	good := feature(`{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}`)
	clockwise := feature(`{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[4,0],[0,0]]]}`)
	hole := feature(`{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]]}`)
	bare := `{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}`
	in := func(members string, features ...string) string {
		return strings.Replace(collectionOf(features...), "{", "{"+members+",", 1)
	}
	for _, c := range []struct {
		doc, key, value string
		row, count      int
	}{
		{collectionOf(good, `{"type":"Feature","properties":null,"bbox":[1,2,1,2],"geometry":{"type":"Point","coordinates":[1,2]}}`), "", "", 0, 0},
		{in(`"bbox":[0,0,-1,4,4,5e0],"title":"x"`, good), "", "", 0, 0},
		{collectionOf(good, bare, bare), "geojson.no_properties", "", 2, 2},
		{in(`"coordinates":[]`, good), "geojson.stray", "coordinates", 0, 1},
		{collectionOf(good, `{"type":"Feature","properties":{"coordinates":1},"coordinates":[],"geometry":{"type":"Point","coordinates":[1,2]}}`), "geojson.stray", "coordinates", 2, 1},
		{collectionOf(feature(`{"type":"Point","coordinates":[1,2],"properties":{}}`)), "geojson.stray", "properties", 1, 1},
		{in(`"bbox":[1,2,3]`, good), "geojson.bbox", "", 0, 1},
		{in(`"bbox":"1,2,3,4"`, good), "geojson.bbox", "", 0, 1},
		{collectionOf(feature(`{"type":"Point","coordinates":[1,2],"bbox":[1,2,"3",4]}`)), "geojson.bbox", "", 1, 1},
		{in(`"type":"FeatureCollection"`, good), "geojson.twice", "type", 0, 1},
		{collectionOf(good, `{"type":"Feature","type":"Feature","properties":null,"geometry":null,"geometry":{"type":"Point","coordinates":[1,2]}}`), "geojson.twice", "type", 2, 1},
		{collectionOf(good, `{"type":"Feature","properties":{"a":1,"a":2},"geometry":{"type":"Point","coordinates":[1,2]}}`), "geojson.twice", "a", 2, 1},
		{collectionOf(good, clockwise, good, clockwise), "geojson.winding", "", 2, 2},
		{collectionOf(good, hole), "geojson.winding", "", 2, 1},
		{collectionOf(feature(`{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[0,0]]]}]}`)), "geojson.winding", "", 1, 1},
		{clockwise, "geojson.winding", "", 1, 1},
	} {
		l, issues := mustRead(t, files("a.json", c.doc), "a.json", Options{})
		var want []string
		if c.key != "" {
			want = []string{c.key}
		}
		if diff := cmp.Diff(want, keys(issues)); diff != "" {
			t.Errorf("%s: %s", c.doc, diff)
			continue
		}
		if int64(len(l.Features)) != l.Rows {
			t.Errorf("%s: %d features", c.doc, len(l.Features))
		}
		if c.key == "" {
			continue
		}
		if i := issues.List()[0]; i.Fatal || i.Row != c.row || i.Value != c.value || i.Args["count"] != c.count {
			t.Errorf("%s: %+v", c.doc, i)
		}
	}
}
