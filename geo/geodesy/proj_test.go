package geodesy

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// table reads a file of reference values: an optional word, then numbers.
func table(t *testing.T, name string) (words []string, rows [][]float64) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		word, row := "", []float64(nil)
		for i, f := range strings.Fields(line) {
			v, err := strconv.ParseFloat(f, 64)
			if err != nil && i > 0 {
				t.Fatal(err)
			}
			if err != nil {
				word = f
				continue
			}
			row = append(row, v)
		}
		words, rows = append(words, word), append(rows, row)
	}
	if len(rows) < 50 {
		t.Fatalf("%s: only %d rows", name, len(rows))
	}
	return words, rows
}

func TestDistanceAgreesWithPROJ(t *testing.T) {
	kinds, rows := table(t, "inverse.txt")
	for i, r := range rows {
		p, q, want := orb.Point{r[0], r[1]}, orb.Point{r[2], r[3]}, r[4]
		allowed := 20e-9
		if want < 100e3 {
			allowed = 6e-9
		}
		got := Distance(p, q)
		if !(math.Abs(got-want) <= allowed) {
			t.Errorf("%s %v %v: %.10f m, PROJ says %.10f", kinds[i], p, q, got, want)
		}
		if back := Distance(q, p); back != got {
			t.Errorf("%s %v %v: %v one way, %v the other", kinds[i], p, q, got, back)
		}
	}
}

// The series for short lines and the general solution are two ways to the same
// number; they must meet where one takes over from the other.
func TestShortAndLongAgree(t *testing.T) {
	for _, start := range []orb.Point{{0, 0}, {114, 30}, {-70, -55}, {20, 78}, {100, 89.5}, {0, 90}} {
		for az := 0.0; az < 360; az += 15 {
			for _, s := range []float64{3e3, 10e3, 39.9e3} {
				p, q := ECEF(start), ECEF(Destination(start, az, s))
				d := p.Sub(q)
				near, far := short(d.Dot(d), d.Z*d.Z, p.Z+q.Z), long(p, q)
				if math.Abs(near-far) > 8e-9 || math.Abs(near-s) > 12e-9 {
					t.Errorf("%v azimuth %v, %v m: series %.10f, general %.10f", start, az, s, near, far)
				}
			}
		}
	}
}

func TestDestinationAgreesWithPROJ(t *testing.T) {
	_, rows := table(t, "direct.txt")
	for _, r := range rows {
		got := Destination(orb.Point{r[0], r[1]}, r[2], r[3])
		want := orb.Point{r[4], r[5]}
		if off := Distance(got, want); !(off < 15e-9) {
			t.Errorf("from %v %v azimuth %v, %v m: %v, PROJ says %v, %v m off", r[0], r[1], r[2], r[3], got, want, off)
		}
	}
}

// PROJ's own sum of so many short geodesics is good to some 1e-4 m2.
func TestAreaAgreesWithPROJ(t *testing.T) {
	_, rows := table(t, "area.txt")
	for _, r := range rows {
		var ring orb.Ring
		for i := 1; i+1 < len(r); i += 2 {
			ring = append(ring, orb.Point{r[i], r[i+1]})
		}
		ring = append(ring, ring[0])
		if got := Area(orb.Polygon{ring}); !(math.Abs(got-r[0]) < 1e-9*r[0]+3e-4) {
			t.Errorf("%v: %v m2, PROJ says %v (%.2g off)", ring, got, r[0], got/r[0]-1)
		}
	}
}
