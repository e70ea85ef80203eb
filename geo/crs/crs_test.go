package crs

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// readTable reads a CSV of numbers below one header line; text columns give NaN.
func readTable(t *testing.T, path string) ([][]string, [][]float64) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	values := make([][]float64, len(rows)-1)
	for i, row := range rows[1:] {
		for _, s := range row {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				v = math.NaN()
			}
			values[i] = append(values[i], v)
		}
	}
	return rows[1:], values
}

func mustParse(t *testing.T, code string) CRS {
	t.Helper()
	c, err := Parse(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// within fails the test unless a and b agree to tolerance on both axes.
func within(t *testing.T, what string, got, want orb.Point, tolerance float64) {
	t.Helper()
	if !(math.Abs(got[0]-want[0]) <= tolerance && math.Abs(got[1]-want[1]) <= tolerance) {
		t.Errorf("%s: got %.12f, want %.12f", what, got, want)
	}
}

// proj.csv was made with GDAL 3.6.2 on PROJ 9.1.1: every Gauss-Kruger code at
// both ends of its zone, UTM up to 84 N and 80 S, Web Mercator.
func TestAgreesWithPROJ(t *testing.T) {
	_, rows := readTable(t, "testdata/proj.csv")
	codes := map[float64]bool{}
	for _, r := range rows {
		c := mustParse(t, strconv.Itoa(int(r[0])))
		codes[r[0]] = true
		lonlat, xy := orb.Point{r[1], r[2]}, orb.Point{r[3], r[4]}
		within(t, c.Code()+" forward", c.FromWGS84(lonlat), xy, 1e-5) // metres
		// 1e-10 degree is 0.01 mm; longitudes stretch towards the pole.
		back := c.ToWGS84(xy)
		back[0] = lonlat[0] + math.Remainder(back[0]-lonlat[0], 360) // zone 1 begins at 180 W = 180 E
		within(t, c.Code()+" inverse", back, lonlat, 1e-10/math.Cos(lonlat[1]*degree))
		if c.kind != kindWebMercator || xy != (orb.Point{}) {
			if f := c.Check(xy); f != None {
				t.Errorf("%s %v: %s", c, xy, f)
			}
		}
	}
	if len(codes) != 64+17*2+1 {
		t.Errorf("%d codes in the table", len(codes))
	}
}

func TestSharedPoints(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "crs", "points.csv")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared data are not beside the repository")
	}
	text, rows := readTable(t, path)
	for i, r := range rows { // axis 1 is the northing there
		c := mustParse(t, text[i][3])
		lonlat, xy := orb.Point{r[1], r[2]}, orb.Point{r[5], r[4]}
		within(t, text[i][0], c.FromWGS84(lonlat), xy, 1e-4)
		within(t, text[i][0], c.ToWGS84(xy), lonlat, 1e-9)
	}
	if len(rows) != 12 {
		t.Errorf("%d points", len(rows))
	}
}

// gcoord.csv was made with the npm package gcoord 1.0.7.
func TestAgreesWithGcoord(t *testing.T) {
	_, rows := readTable(t, "testdata/gcoord.csv")
	gcj, bd := mustParse(t, "GCJ-02"), mustParse(t, "BD-09")
	for _, r := range rows {
		p := orb.Point{r[0], r[1]}
		within(t, "GCJ-02", gcj.FromWGS84(p), orb.Point{r[2], r[3]}, 2e-12)
		within(t, "BD-09", bd.FromWGS84(p), orb.Point{r[4], r[5]}, 2e-12)
		within(t, "GCJ-02 back", gcj.ToWGS84(orb.Point{r[2], r[3]}), p, 1e-9)
		within(t, "BD-09 back", bd.ToWGS84(orb.Point{r[4], r[5]}), p, 1e-9)
	}
}

func TestGCJIsTheIdentityAbroad(t *testing.T) {
	gcj := mustParse(t, "gcj02")
	for _, p := range []orb.Point{{43.25, -11.7}, {72.003, 30}, {137.835, 30}, {110, 0.829}, {110, 55.828}} {
		if gcj.FromWGS84(p) != p || gcj.ToWGS84(p) != p {
			t.Errorf("%v moved", p)
		}
	}
	if p := (orb.Point{72.004, 55.8271}); gcj.FromWGS84(p) == p {
		t.Error("the edge of the box belongs to it")
	}
}

func TestThereAndBack(t *testing.T) {
	codes := []string{"EPSG:4490", "EPSG:4501", "EPSG:4512", "EPSG:4527", "EPSG:4547", "GCJ-02", "BD-09", "EPSG:3857", "EPSG:32650"}
	rapid.Check(t, func(rt *rapid.T) {
		c := mustParse(t, rapid.SampledFrom(codes).Draw(rt, "code"))
		p := orb.Point{rapid.Float64Range(73, 136).Draw(rt, "lon"), rapid.Float64Range(1, 55).Draw(rt, "lat")}
		if c.kind == kindTransverse {
			p[0] = c.tm.lon0 + (p[0]-104.5)/8 // within 4 degrees of the meridian
		}
		q := c.ToWGS84(c.FromWGS84(p))
		if !(math.Abs(q[0]-p[0]) < 1e-10 && math.Abs(q[1]-p[1]) < 1e-10) {
			rt.Fatalf("%s: %v came back as %v", c, p, q)
		}
	})
}

func TestZeroValue(t *testing.T) {
	var c CRS
	if !c.IsZero() || c.Code() != "" || c.Check(orb.Point{110, 30}) != Outside {
		t.Error("the zero value is no system")
	}
	if p := c.ToWGS84(orb.Point{1, 1}); !math.IsNaN(p[0]) || !math.IsNaN(c.FromWGS84(p)[1]) {
		t.Error("the zero value converts")
	}
}

func TestNoPanicOnOddCoordinates(t *testing.T) {
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 90, -90, 180, 1e300, -1e300, 5e-324}
	for _, code := range []string{"4326", "4547", "4513", "3857", "32701", "GCJ-02", "BD-09"} {
		c := mustParse(t, code)
		for _, x := range odd {
			for _, y := range odd {
				c.ToWGS84(orb.Point{x, y})
				c.FromWGS84(orb.Point{x, y})
				if f := c.Check(orb.Point{x, y}); (f == NotFinite) != math.IsNaN(x-x+y-y) {
					t.Errorf("%s: %v %v: %q", code, x, y, f)
				}
			}
		}
	}
}

func BenchmarkToWGS84(b *testing.B) {
	for _, code := range []string{"EPSG:4547", "GCJ-02", "BD-09"} {
		c, _ := Parse(code)
		p := c.FromWGS84(orb.Point{114.3, 30.6})
		b.Run(code, func(b *testing.B) {
			for b.Loop() {
				c.ToWGS84(p)
			}
		})
	}
}
