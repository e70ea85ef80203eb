package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// imported imports a project of these keys, with the files copied beside it, and
// returns its store and the dataset that comes out of it.
func imported(t testing.TB, keys string, texts map[string]string, files ...string) (string, *coverage.Dataset) {
	t.Helper()
	dir := t.TempDir()
	copyInto(t, dir, files...)
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "project.yaml"), []byte(keys), 0o644); err != nil {
		t.Fatal(err)
	}
	url := filepath.Join(dir, "store.gpkg")
	mustRun(t, "import", dir, "--store", url)
	ds, err := load(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return url, ds
}

// places is a table of a person at each of wide times high points over a box.
func places(box orb.Bound, wide, high int) string {
	var b strings.Builder
	b.WriteString("lon,lat,all\n")
	for i := range wide {
		for k := range high {
			fmt.Fprintf(&b, "%.6f,%.6f,1\n", box.Left()+(float64(i)+0.5)/float64(wide)*(box.Right()-box.Left()), box.Bottom()+(float64(k)+0.5)/float64(high)*(box.Top()-box.Bottom()))
		}
	}
	return b.String()
}

const extractKeys = `name: extract
population: [{points: {file: people.csv, x: lon, y: lat, groups: {all: all}}}]
facilities: [{file: clinics.csv, kind: clinic, x: lon, y: lat}]
networks: [{file: %s}]
land: none
`

// The mountains of Andorra and the dense city of Porto, by an independent
// program: every street and every node to the millisecond, people and their walk
// to the street to a few.
func TestJudgeOfMountainsAndACity(t *testing.T) {
	osm := filepath.Join(sharedData(t, "osm"), "osm")
	for _, c := range []struct {
		file, mode  string
		box         orb.Bound
		nodes, rows int // at least so many in the graph, and reached
	}{
		{"andorra.osm.pbf", "walk", orb.Bound{Min: orb.Point{1.43, 42.44}, Max: orb.Point{1.77, 42.65}}, 2_000, 250},
		{"andorra.osm.pbf", "drive", orb.Bound{Min: orb.Point{1.43, 42.44}, Max: orb.Point{1.77, 42.65}}, 1_000, 150},
		{"porto-2015.osm.pbf", "drive", orb.Bound{Min: orb.Point{-8.70, 41.12}, Max: orb.Point{-8.56, 41.19}}, 50_000, 600},
	} {
		t.Run(c.file+" "+c.mode, func(t *testing.T) {
			_, ds := imported(t, fmt.Sprintf(extractKeys, c.file), map[string]string{"people.csv": places(c.box, 30, 30), "clinics.csv": places(c.box, 9, 7)}, filepath.Join(osm, c.file))
			h := hear(t, ds, asked(c.mode, 30, "clinic"), 1)
			if h.nodes < c.nodes || h.served < c.rows || h.rows != 900 {
				t.Errorf("too little to judge: %+v", h)
			}
		})
	}
}
