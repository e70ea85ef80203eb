package crs

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestParse(t *testing.T) {
	same := map[string]string{
		"EPSG:4326": "EPSG:4326", " epsg 4326 ": "EPSG:4326", "4326": "EPSG:4326", "WGS84": "EPSG:4326", "WGS 84": "EPSG:4326",
		"wgs-84": "EPSG:4326", "OGC:CRS84": "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84": "EPSG:4326",
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84": "EPSG:4326", "urn:ogc:def:crs:EPSG::4547": "EPSG:4547",
		"urn:ogc:def:crs:EPSG:9.9.1:4490": "EPSG:4490", "http://www.opengis.net/def/crs/EPSG/0/4547": "EPSG:4547",
		"https://www.opengis.net/def/crs/EPSG/0/32650": "EPSG:32650", "http://www.opengis.net/gml/srs/epsg.xml#3857": "EPSG:3857",
		"EPSG::4547": "EPSG:4547", "CGCS2000": "EPSG:4490", "cgcs 2000": "EPSG:4490", "国家2000": "EPSG:4490",
		"2000国家大地坐标系": "EPSG:4490", "GCJ-02": "GCJ-02", "gcj02": "GCJ-02", "BD-09": "BD-09", "bd09": "BD-09",
		"火星坐标系": "GCJ-02", "CGCS2000 / 3-degree Gauss-Kruger CM 114E": "EPSG:4547", "CGCS2000_3_Degree_GK_Zone_38": "EPSG:4526",
		"CGCS2000 / Gauss-Kruger zone 20": "EPSG:4498", "CGCS2000_GK_CM_117E": "EPSG:4509", "WGS_1984_UTM_Zone_50N": "EPSG:32650",
		"EPSG:900913": "EPSG:3857",
	}
	for in, want := range same {
		if c, err := Parse(in); err != nil || c.Code() != want {
			t.Errorf("Parse(%q) = %v, %v; want %s", in, c, err, want)
		}
	}
}

func TestParseEveryCodeRoundTrips(t *testing.T) {
	n := 0
	for code := int32(1); code < 40000; code++ {
		c, ok := fromEPSG(code)
		if !ok {
			continue
		}
		n++
		if back, err := Parse(c.Code()); err != nil || back != c || c.Code() != "EPSG:"+strconv.Itoa(int(code)) {
			t.Errorf("%d: %v %v", code, back, err)
		}
	}
	if n != 3+64+120 {
		t.Errorf("%d codes", n)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{
		"", "EPSG", "EPSG:", "EPSG:0", "EPSG:4479", "EPSG:4490.5", "EPSG:-4326", "-4326", "4326x", "EPSG:32600",
		"EPSG:32661", "EPSG:4555", "WGS", "CGCS", "ESRI:4547", "foo4326", "EPSG:99999999999", "BD-09MC", strings.Repeat("4", 300),
	} {
		if c, err := Parse(in); !errors.Is(err, ErrUnknown) || !c.IsZero() {
			t.Errorf("Parse(%q) = %v, %v", in, c, err)
		}
	}
	for _, in := range []string{"EPSG:4214", "EPSG:4610", "EPSG:2381", "EPSG:2436", "urn:ogc:def:crs:EPSG::21420"} {
		if _, err := Parse(in); !errors.Is(err, ErrDatum) {
			t.Errorf("Parse(%q): %v", in, err)
		}
	}
}

// TestFaults: each line is a coordinate as planners deliver it, and the fault.
func TestFaults(t *testing.T) {
	cases := []struct {
		code string
		p    orb.Point
		want Fault
	}{
		{"4326", orb.Point{122.2, 30.2}, None},
		{"4326", orb.Point{30.2, 122.2}, Swapped},
		{"4326", orb.Point{423107, 3347306}, Metres},
		{"4326", orb.Point{200, 30}, Outside},
		{"4490", orb.Point{30.2, 122.2}, Swapped},
		{"4490", orb.Point{43.2, -11.7}, Outside},
		{"GCJ-02", orb.Point{122.2, 30.2}, None},
		{"4549", orb.Point{711885.8642, 3349086.6366}, None}, // 2.2 degrees from its meridian
		{"4550", orb.Point{423107.3398, 3347306.0768}, None},
		{"4550", orb.Point{3347306.0768, 423107.3398}, Swapped},
		{"4550", orb.Point{41423107.3398, 3347306.0768}, ZonePrefix},
		{"4529", orb.Point{41423107.3398, 3347306.0768}, None},
		{"4529", orb.Point{423107.3398, 3347306.0768}, NoZonePrefix},
		{"4529", orb.Point{40423107.3398, 3347306.0768}, ZonePrefix},
		{"4529", orb.Point{3347306.0768, 41423107.3398}, Swapped},
		{"4529", orb.Point{3347306.0768, 423107.3398}, Swapped},
		{"4550", orb.Point{122.2, 30.2}, Degrees},
		{"4550", orb.Point{30.2, 122.2}, Degrees},
		{"4550", orb.Point{0, 0}, Outside},
		{"3857", orb.Point{13603400, 3535700}, None},
		{"3857", orb.Point{122.2, 30.2}, Degrees},
		{"3857", orb.Point{3e7, 0}, Outside},
		{"32651", orb.Point{230000, 3349000}, None},
		{"32651", orb.Point{3349000, 230000}, Swapped},
		{"32738", orb.Point{310000, 8700000}, None},
	}
	for _, c := range cases {
		if got := mustParse(t, c.code).Check(c.p); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.code, c.p, got, c.want)
		}
	}
}

// wkt.tsv holds what GDAL 3.6.2 writes in three dialects, for the systems of
// this package and for some that must be refused.
func TestFromWKT(t *testing.T) {
	text, err := os.ReadFile("testdata/wkt.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f := strings.Split(line, "\t")
		want, parseErr := Parse(f[0])
		got, ok := FromWKT(f[2])
		if ok != (parseErr == nil) || got != want {
			t.Errorf("EPSG:%s %s: got %v, %v", f[0], f[1], got, ok)
		}
	}
}

// esriPrj is a .prj as ArcGIS writes it.
func esriPrj(name, datum, falseEasting, meridian, unit string) string {
	return `PROJCS["` + name + `",GEOGCS["GCS_X",DATUM["` + datum + `",SPHEROID["S",6378137.0,298.257222101]],` +
		`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],` +
		`PARAMETER["False_Easting",` + falseEasting + `],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",` + meridian +
		`],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],` + unit + `]`
}

func TestFromWKTByParameters(t *testing.T) {
	const metre = `UNIT["Meter",1.0]`
	cases := []struct{ prj, want string }{
		{esriPrj("Local", "D_China_2000", "500000.0", "114.0", metre), "EPSG:4547"},
		{esriPrj("Local", "D_WGS_1984", "500000", "117", metre), "EPSG:4548"},
		{esriPrj("CGCS2000_GK_CM_117E", "D_China_2000", "500000", "117", metre), "EPSG:4509"},
		{esriPrj("x", "D_China_2000", "20500000", "117", metre), "EPSG:4498"},
		{esriPrj("x", "D_China_2000", "39500000", "117", metre), "EPSG:4527"},
		{esriPrj("CGCS2000_GK_CM_117E", "D_China_2000", "500000", "114", metre), "EPSG:4547"}, // the parameters count, not the name
		{esriPrj("x", "D_China_2000", "500000", "114.3333", metre), ""},
		{esriPrj("x", "D_China_2000", "0", "114", metre), ""},
		{esriPrj("x", "D_Xian_1980", "500000", "114", metre), ""},
		{esriPrj("x", "D_China_2000", "500000", "114", `UNIT["Foot",0.3048]`), ""},
		{esriPrj("x", "D_China_2000", "500000", "114", metre+`,AUTHORITY["EPSG","4548"]`), ""},
		{esriPrj("x", "D_China_2000", "500000", "114", metre+`,AUTHORITY["EPSG","4547"]`) + "\r\n", "EPSG:4547"},
		{`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563],TOWGS84[1,0,0,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]`, ""},
		{`COMPD_CS["a",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],VERT_CS["h"]]`, "EPSG:4326"},
		{"", ""},
		{"EPSG:4326", ""},
		{`GEOGCS["unfinished`, ""},
		{strings.Repeat("A[", 100000), ""},
	}
	for _, c := range cases {
		got, ok := FromWKT(c.prj)
		if got.Code() != c.want || ok != (c.want != "") {
			t.Errorf("%.120s: got %q, %v; want %q", c.prj, got, ok, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"EPSG:4547", "urn:ogc:def:crs:EPSG::4547", "CGCS2000", "GCJ-02", "-1", "国家2000", "http://www.opengis.net/def/crs/EPSG/0/4490"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if (err == nil) == c.IsZero() {
			t.Fatalf("%q: %v, %v", s, c, err)
		}
		if err == nil {
			if back, err := Parse(c.Code()); err != nil || back != c {
				t.Fatalf("%q: %v does not come back", s, c)
			}
		}
	})
}

func FuzzFromWKT(f *testing.F) {
	text, err := os.ReadFile("testdata/wkt.tsv")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f.Add(strings.Split(line, "\t")[2])
	}
	f.Add(`PROJCS["a",GEOGCS[`)
	f.Fuzz(func(t *testing.T, s string) {
		if c, ok := FromWKT(s); ok == c.IsZero() {
			t.Fatalf("%q: %v %v", s, c, ok)
		}
	})
}
