package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/osm/osmtest"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

// cutAt cuts an extract at a longitude as extracts are cut: a way with a node on a
// side goes there whole, with all its nodes.
func cutAt(d *osmtest.Drawing, lon float64) (west, east *osmtest.Drawing) {
	isWest := map[int64]bool{}
	for _, n := range d.Nodes {
		isWest[n.ID] = n.Lon < lon
	}
	halves := []*osmtest.Drawing{{Pack: d.Pack}, {Pack: d.Pack}}
	for i, half := range halves {
		need := map[int64]bool{}
		for _, w := range d.Ways {
			if slices.ContainsFunc(w.Refs, func(r int64) bool { return isWest[r] == (i == 0) }) {
				half.Ways = append(half.Ways, w)
				for _, r := range w.Refs {
					need[r] = true
				}
			}
		}
		for _, n := range d.Nodes {
			if isWest[n.ID] == (i == 0) || need[n.ID] {
				half.Nodes = append(half.Nodes, n)
			}
		}
		half.Relations = d.Relations
	}
	return halves[0], halves[1]
}

// timesOver imports a project over some extracts and returns the costs and nearest
// facilities by walk and drive.
func timesOver(t *testing.T, people, clinics string, extracts map[string]string) map[string][2]any {
	t.Helper()
	keys := "name: n\npopulation: [{points: {file: people.csv, x: lon, y: lat, groups: {all: all}}}]\nfacilities: [{file: clinics.csv, kind: clinic, x: lon, y: lat}]\nland: none\nnetworks:\n"
	texts := map[string]string{"people.csv": people, "clinics.csv": clinics}
	for name, text := range extracts {
		keys += "  - {file: " + name + "}\n"
		texts[name] = text
	}
	_, ds := imported(t, keys, texts)
	out := map[string][2]any{}
	for _, mode := range []string{"walk", "drive"} {
		run, err := analysis.New(ds, "test").Run(t.Context(), asked(mode, 24*60, "clinic"), nil)
		if err != nil {
			t.Fatal(err)
		}
		out[mode] = [2]any{run.Coverage[0].Cost, run.Coverage[0].Nearest}
	}
	return out
}

// sameOverHalves holds the times over a whole extract against those over its
// halves, and checks that the cut matters: one half alone answers otherwise.
func sameOverHalves(t *testing.T, d *osmtest.Drawing, lon float64, people, clinics string) {
	t.Helper()
	west, east := cutAt(d, lon)
	if len(west.Ways)+len(east.Ways) <= len(d.Ways) || len(west.Ways) == len(d.Ways) {
		t.Fatal("the cut cuts nothing")
	}
	whole := timesOver(t, people, clinics, map[string]string{"whole.osm.pbf": string(d.Bytes())})
	both := timesOver(t, people, clinics, map[string]string{"w.osm.pbf": string(west.Bytes()), "e.osm.pbf": string(east.Bytes())})
	alone := timesOver(t, people, clinics, map[string]string{"w.osm.pbf": string(west.Bytes())})
	for mode, want := range whole {
		costs, nearest := want[0].([]uint32), want[1].([]int32)
		got, by, less := both[mode][0].([]uint32), both[mode][1].([]int32), alone[mode][0].([]uint32)
		differ, reached := 0, 0
		for i := range costs {
			if got[i] != costs[i] || by[i] != nearest[i] {
				t.Errorf("%s: row %d takes %d ms to %d over the union, %d to %d over both", mode, i, costs[i], nearest[i], got[i], by[i])
			}
			if less[i] != costs[i] {
				differ++
			}
			if costs[i] != coverage.Never {
				reached++
			}
		}
		if t.Logf("%s: %d rows, %d reached, %d of them otherwise over one half", mode, len(costs), reached, differ); reached < len(costs)/3 || differ == 0 {
			t.Errorf("%s: too little to tell", mode)
		}
	}
}

// A drawn town over two extracts: streets, a one-way, a forbidden turn and a boat
// lie across the cut.
func TestNeighbouringExtractsAreTheirUnion(t *testing.T) {
	d := &osmtest.Drawing{Pack: "zlib"}
	const side = 7
	id := func(x, y int) int64 { return int64(1 + y*side + x) }
	at := func(x, y int) orb.Point { return orb.Point{100 + 0.002*float64(x), 0.0015 * float64(y)} }
	for y := range side {
		for x := range side {
			d.Node(id(x, y), at(x, y)[0]+0.0001*float64(y*x%5), at(x, y)[1])
		}
	}
	for i := range side {
		var row, column []int64
		for k := range side {
			row, column = append(row, id(k, i)), append(column, id(i, k))
		}
		tags := []string{"highway", []string{"residential", "tertiary", "primary"}[i%3]}
		d.Way(int64(100+i), row, append(tags, "oneway", []string{"no", "yes"}[i%2])...)
		if i != 3 {
			d.Way(int64(200+i), column, tags...)
		}
	}
	d.Node(900, 100.0052, -0.004, "amenity", "ferry_terminal")
	d.Node(901, 100.0075, -0.004, "amenity", "ferry_terminal")
	d.Way(300, []int64{id(2, 0), 900}, "highway", "service")
	d.Way(301, []int64{901, id(4, 0)}, "highway", "footway")
	d.Way(302, []int64{900, 901}, "route", "ferry", "duration", "00:01", "interval", "00:02", "foot", "yes", "motor_vehicle", "no")
	d.Relation(400, []osmtest.Member{osmtest.Of(1, 102, "from"), osmtest.Of(0, id(4, 2), "via"), osmtest.Of(1, 204, "to")}, "type", "restriction", "restriction", "no_left_turn")
	box := orb.Bound{Min: orb.Point{100, -0.004}, Max: orb.Point{100.012, 0.009}}
	sameOverHalves(t, d, 100.0061, places(box, 14, 14), places(orb.Bound{Min: orb.Point{100.0065, 0}, Max: orb.Point{100.012, 0.009}}, 2, 2))
}

// Porto over two extracts.
func TestPortoOverTwoExtracts(t *testing.T) {
	d := drawn(t, filepath.Join(sharedData(t, "osm"), "osm", "porto-2015.osm.pbf"))
	people := places(orb.Bound{Min: orb.Point{-8.68, 41.13}, Max: orb.Point{-8.57, 41.18}}, 30, 30)
	clinics := places(orb.Bound{Min: orb.Point{-8.62, 41.14}, Max: orb.Point{-8.59, 41.17}}, 2, 2)
	sameOverHalves(t, d, -8.625, people, clinics)
}

// drawn reads the streets, boats and turn restrictions of an extract.
func drawn(t *testing.T, path string) *osmtest.Drawing {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scanner := osmpbf.New(context.Background(), f, 2)
	defer scanner.Close()
	d := &osmtest.Drawing{Pack: "zlib"}
	pairs := func(tags osm.Tags) (list []string) {
		for _, tag := range tags {
			list = append(list, tag.Key, tag.Value)
		}
		return list
	}
	for scanner.Scan() {
		switch o := scanner.Object().(type) {
		case *osm.Node:
			d.Node(int64(o.ID), o.Lon, o.Lat, pairs(o.Tags)...)
		case *osm.Way:
			if o.Tags.Find("highway") == "" && o.Tags.Find("route") != "ferry" {
				continue
			}
			var refs []int64
			for _, n := range o.Nodes {
				refs = append(refs, int64(n.ID))
			}
			d.Way(int64(o.ID), refs, pairs(o.Tags)...)
		case *osm.Relation:
			if o.Tags.Find("type") != "restriction" {
				continue
			}
			var members []osmtest.Member
			for _, m := range o.Members {
				members = append(members, osmtest.Of(map[osm.Type]int{osm.TypeNode: 0, osm.TypeWay: 1, osm.TypeRelation: 2}[m.Type], m.Ref, m.Role))
			}
			d.Relation(int64(o.ID), members, pairs(o.Tags)...)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return d
}

// A profile may know thousands of classes of road: here 3,000 streets of as many
// classes, each with its own speed, in a layer and a project file.
func TestThousandsOfClassesOfRoad(t *testing.T) {
	const classes = 3000
	streets, speeds, people := `{"type":"FeatureCollection","features":[`, "", "lon,lat,all\n"
	for i := range classes {
		lat := 0.001 * float64(i)
		if i > 0 {
			streets += ","
		}
		streets += fmt.Sprintf(`{"type":"Feature","properties":{"kind":"k%d"},"geometry":{"type":"LineString","coordinates":[[10,%.3f],[10.001,%.3f]]}}`, i, lat, lat)
		streets += fmt.Sprintf(`,{"type":"Feature","properties":{"kind":"spine"},"geometry":{"type":"LineString","coordinates":[[10,%.3f],[10,%.3f]]}}`, lat, lat+0.001)
		speeds += fmt.Sprintf("k%d: %g, ", i, 5+float64(i)/50)
		people += fmt.Sprintf("10.001,%.3f,1\n", lat)
	}
	keys := `name: n
population: [{points: {file: people.csv, x: lon, y: lat, groups: {all: all}}}]
facilities: [{file: clinics.csv, kind: clinic, x: lon, y: lat}]
land: none
networks: [{file: roads.geojson, class: kind, map: {` + mapping(classes) + `spine: spine}}]
profiles: {cart: {like: drive, kmh: {` + speeds + `spine: 100}}}
`
	_, ds := imported(t, keys, map[string]string{"people.csv": people, "clinics.csv": "name,lon,lat\nc,10,0\n", "roads.geojson": streets + "]}"})
	run, err := analysis.New(ds, "test").Run(t.Context(), asked("cart", 24*60, "clinic"), nil)
	if err != nil {
		t.Fatal(err)
	}
	const across, up = 111.31949, 110.574276 // metres a thousandth of a degree
	for i, cost := range run.Coverage[0].Cost {
		want := across*3600/(5+float64(i)/50) + float64(i)*up*36
		if off := float64(cost) - want; off > 0.0005*want+20 || -off > 0.0005*want+20 {
			t.Fatalf("the street of class %d: %d ms, by hand %.0f", i, cost, want)
		}
	}
	if n := ds.Transport.Roads.Classes(); n <= classes {
		t.Errorf("%d sets of tags, want more than %d", n, classes)
	}
}

func mapping(n int) (text string) {
	for i := range n {
		text += fmt.Sprintf("k%d: k%d, ", i, i)
	}
	return text
}
