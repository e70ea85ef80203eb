package main

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/coveragetest"
	"lifecircle/data/store/openstore"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/geo/network"
)

// hillTown is two islands of 30 x 16 cells each, with streets in a comb, a boat,
// hilly ground with a wall, and four clinics, two of which take their time.
func hillTown() *coverage.Dataset {
	const wide, high = 70, 16
	draw := func(cell func(x, y int) byte) string {
		var b strings.Builder
		for y := range high {
			for x := range wide {
				b.WriteByte(cell(x, y))
			}
			b.WriteByte('\n')
		}
		return b.String()
	}
	water := func(x int) bool { return x >= 30 && x < 40 }
	either := func(yes bool, a, b byte) byte {
		if yes {
			return a
		}
		return b
	}
	clinics := map[[2]int]byte{{3, 2}: 'A', {25, 13}: 'B', {44, 8}: 'C', {66, 1}: 'D'}
	ds := coveragetest.Town{
		Zones: draw(func(x, _ int) byte { return either(water(x), '~', either(x < 30, 'a', 'b')) }),
		People: draw(func(x, y int) byte {
			return either(water(x) || (x*7+y*5)%6 > 2, '.', byte('1'+(x+y)%9))
		}),
		Facilities: draw(func(x, y int) byte { return max('.', clinics[[2]int{x, y}]) }),
		Kinds:      map[byte]string{'A': "clinic", 'B': "clinic", 'C': "clinic", 'D': "clinic"}, Rural: "b",
	}.Dataset()
	ds.Facilities[1].DelayS, ds.Facilities[3].DelayS = 120, 45
	joints := map[[2]int]byte{{2, 2}: 'A', {14, 2}: 'B', {27, 2}: 'C', {14, 14}: 'D', {29, 8}: 'Q', {40, 8}: 'R', {52, 8}: 'E', {52, 1}: 'F', {67, 1}: 'G', {60, 14}: 'H'}
	coveragetest.Roads{
		Places: draw(func(x, y int) byte { return max('.', joints[[2]int{x, y}]) }),
		Streets: []coveragetest.Street{
			{Along: "ABC"},
			{Along: "BD", Tags: []string{"highway", "primary", "oneway", "yes"}},
			{Along: "CQD"},
			{Along: "RE"},
			{Along: "EF", Tags: []string{"highway", "track"}},
			{Along: "FG", Tags: []string{"highway", "tertiary"}},
			{Along: "EH", Tags: []string{"highway", "footway"}},
		},
		Ferries: []coveragetest.Ferry{{From: "Q", To: "R", SailS: 240, Ferry: network.Ferry{Name: "strait", Out: network.Timetable{HeadwayS: 900, FirstS: 6 * 3600, LastS: 20 * 3600}}}},
	}.Add(ds)
	coveragetest.Ground(ds, ds.Demand.Grid, draw(func(x, y int) byte { return either(water(x), '~', either(x == 20 && y > 3, '#', '.')) }), 5)
	g := ds.Transport.Ground
	g.Slope, g.Roads, g.Knights = "tobler", "walk", true
	for c := range g.Seconds {
		g.Heights = append(g.Heights, float32(60*math.Sin(float64(c%wide)/6)+25*math.Cos(float64(c/wide)/3)))
	}
	return ds
}

// Both stores give back the roads, boats and ground that they were given: every
// mode answers with the same bytes from either, on any number of cores, again and
// again.
func TestBothStoresTravelAlike(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	ds := hillTown()
	urls := []string{filepath.Join(t.TempDir(), "hills.gpkg"), pgtest.URL(t)}
	for _, url := range urls {
		s, err := openstore.Create(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Save(t.Context(), ds, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	place := fmt.Sprintf("%.7f,%.7f", ds.Demand.At[100][0], ds.Demand.At[100][1])
	var questions [][]string
	for _, mode := range []string{"line", "walk", "bike", "drive", "friction"} {
		questions = append(questions,
			[]string{"coverage", "--json", "--kind", "clinic", "--within", "7min", "--within", "20min", "--mode", mode},
			[]string{"gaps", "--json", "--kind", "clinic", "--within", "7min", "--mode", mode, "--direction", "from"},
			[]string{"route", "--json", "--kind", "clinic", "--mode", mode, "--from", place},
			[]string{"isochrone", "--within", "4min,9min", "--mode", mode, "--from", place})
	}
	questions = append(questions, []string{"modes", "--json", "--kind", "clinic", "--within", "15min", "--modes", "line,walk,drive,friction"})
	first := map[string]string{}
	for _, cores := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(cores)
		for _, q := range questions {
			for _, url := range urls {
				if q[0] == "isochrone" && (cores == 2 || cores == 7 && url == urls[1]) {
					continue // a picture takes long
				}
				answer := mustRun(t, slices.Concat(q[:1], []string{url}, q[1:])...)
				key := strings.Join(q, " ")
				if !json.Valid([]byte(answer)) {
					t.Fatalf("%s: no JSON", key)
				}
				if first[key] == "" {
					first[key] = answer
				} else if first[key] != answer {
					t.Errorf("%s: another answer on %d cores from %s", key, cores, url)
				}
			}
		}
	}
}
