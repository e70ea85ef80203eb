package sketch

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"lifecircle/data/sample/sketch/plane"
	"lifecircle/data/sample/sketch/roadnet"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// way is a road as it stands in the files.
type way struct {
	Properties struct {
		Class  string  `json:"道路等级"`
		Name   string  `json:"名称"`
		Limit  float64 `json:"限速"`
		Oneway string  `json:"单向"`
	}
	Geometry struct{ Coordinates orb.LineString }
}

func (w way) bridge() bool {
	for _, b := range bridges {
		if w.Properties.Name == b.name {
			return true
		}
	}
	return false
}

func ways(t *testing.T, names ...string) []way {
	t.Helper()
	var all []way
	for _, name := range names {
		var c struct{ Features []way }
		if err := json.Unmarshal(drawn(t)[name], &c); err != nil {
			t.Fatal(err)
		}
		all = append(all, c.Features...)
	}
	return all
}

// isles are the polygons of the county as written, and the island of a place.
func isles(t *testing.T) (orb.MultiPolygon, func(orb.Point) int) {
	t.Helper()
	m := features(t, drawn(t)["county.geojson"])[0].Geometry.Coordinates
	return m, func(p orb.Point) int {
		for i, polygon := range m {
			if polygon.Bound().Contains(p) && planar.PolygonContains(polygon, p) {
				return i
			}
		}
		return -1
	}
}

// along are points of a line, at most 20 m apart.
func along(line orb.LineString) []orb.Point {
	var out []orb.Point
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		n := math.Ceil(geodesy.Distance(a, b) / 20)
		for k := 0.0; k <= n; k++ {
			out = append(out, orb.Point{a[0] + (b[0]-a[0])*k/n, a[1] + (b[1]-a[1])*k/n})
		}
	}
	return out
}

// TestRoadsOnLand: roads stay on one island, but for bridges, which begin and
// end on two.
func TestRoadsOnLand(t *testing.T) {
	polygons, island := isles(t)
	spec := gridSpec()
	crossed := 0
	for _, w := range ways(t, "roads.geojson", "paths.geojson") {
		line, p := w.Geometry.Coordinates, w.Properties
		from, to := island(line[0]), island(line[len(line)-1])
		if from < 0 || to < 0 || len(line) < 2 {
			t.Errorf("%s %s from %v ends at sea", p.Class, p.Name, line[0])
		}
		if w.bridge() {
			crossed++
			if from == to {
				t.Errorf("%s does not leave its island", p.Name)
			}
			continue
		}
		for _, at := range along(line) {
			if from < 0 || !planar.PolygonContains(polygons[from], at) {
				t.Errorf("%s %s is at sea at %v", p.Class, p.Name, at)
				break
			}
		}
		for _, at := range line {
			if at[0] < spec.X0 || at[1] > spec.Y0 || at[0] > spec.X0+float64(spec.Cols)*spec.DX || at[1] < spec.Y0-float64(spec.Rows)*spec.DY {
				t.Errorf("%v is off the sketch", at)
			}
		}
	}
	if crossed != len(bridges) {
		t.Errorf("%d bridges, want %d", crossed, len(bridges))
	}
}

func lengthKM(line orb.LineString) float64 {
	metres := 0.0
	for k := 1; k < len(line); k++ {
		metres += geodesy.Distance(line[k-1], line[k])
	}
	return metres / 1000
}

// TestClasses: every class is there, with the speed limit that it should have.
func TestClasses(t *testing.T) {
	km, oneways := map[string]float64{}, 0
	for _, w := range ways(t, "roads.geojson") {
		p := w.Properties
		km[p.Class] += lengthKM(w.Geometry.Coordinates)
		if p.Limit < 30 || p.Limit > 80 || p.Oneway != "是" && p.Oneway != "否" {
			t.Errorf("%+v", p)
		}
		if p.Oneway == "是" {
			oneways++
		}
	}
	for _, w := range ways(t, "paths.geojson") {
		km[w.Properties.Class] += lengthKM(w.Geometry.Coordinates)
	}
	for class, least := range map[roadnet.Class]float64{
		roadnet.Motor: 8, roadnet.Trunk: 10, roadnet.County: 60, roadnet.Country: 40, roadnet.Lane: 40, roadnet.Street: 150, roadnet.Path: 20,
	} {
		if got := km[string(class)]; got < least || got > 4*least {
			t.Errorf("%s: %.1f km", class, got)
		}
	}
	if oneways < 10 || len(km) != 7 {
		t.Errorf("%d one-way streets; %v", oneways, km)
	}
	t.Logf("km by class: %v; %d one-way", km, oneways)
}

// cluster is union-find over the vertices of roads.
type cluster map[orb.Point]orb.Point

func (c cluster) root(p orb.Point) orb.Point {
	for {
		q, ok := c[p]
		if !ok || q == p {
			return p
		}
		p = q
	}
}

func joined(list []way) cluster {
	c := cluster{}
	for _, w := range list {
		for _, p := range w.Geometry.Coordinates {
			if a, b := c.root(p), c.root(w.Geometry.Coordinates[0]); a != b {
				c[a] = b
			} else if _, ok := c[p]; !ok {
				c[p] = b
			}
		}
	}
	return c
}

// TestRoadsHangTogether: the roads for vehicles of an island are one piece; with
// its footpaths too; and bridges join theirs.
func TestRoadsHangTogether(t *testing.T) {
	_, island := isles(t)
	for _, names := range [][]string{{"roads.geojson"}, {"roads.geojson", "paths.geojson"}} {
		list := ways(t, names...)
		c, pieces := joined(list), map[int]map[orb.Point]bool{}
		for _, w := range list {
			p := w.Geometry.Coordinates[0]
			at := island(p)
			if pieces[at] == nil {
				pieces[at] = map[orb.Point]bool{}
			}
			pieces[at][c.root(p)] = true
		}
		for at, roots := range pieces {
			if len(roots) != 1 {
				t.Errorf("%v: island %d has %d pieces", names, at, len(roots))
			}
		}
		want := len(islands) - 3 - len(footIslands) // three are not lived on
		if len(names) > 1 {
			want = len(islands) - 3
		}
		if len(pieces) != want {
			t.Errorf("%v: roads on %d islands, want %d", names, len(pieces), want)
		}
		for _, w := range list {
			if line := w.Geometry.Coordinates; w.bridge() && len(pieces[island(line[0])]) == 1 {
				for root := range pieces[island(line[len(line)-1])] {
					if root != c.root(line[0]) {
						t.Errorf("%s joins nothing", w.Properties.Name)
					}
				}
			}
		}
	}
}

// TestOneways: whoever drives can come everywhere on the island and back. The
// slow way: a search from every thirtieth vertex.
func TestOneways(t *testing.T) {
	next := map[orb.Point][]orb.Point{}
	for _, w := range ways(t, "roads.geojson") {
		line := w.Geometry.Coordinates
		for k := 1; k < len(line); k++ {
			next[line[k-1]] = append(next[line[k-1]], line[k])
			if w.Properties.Oneway == "否" {
				next[line[k]] = append(next[line[k]], line[k-1])
			}
		}
	}
	both := joined(ways(t, "roads.geojson"))
	sizes := map[orb.Point]int{}
	for p := range both {
		sizes[both.root(p)]++
	}
	from := ways(t, "roads.geojson")
	for i := 0; i < len(from); i += 30 {
		start := from[i].Geometry.Coordinates[0]
		seen := map[orb.Point]bool{start: true}
		for open := []orb.Point{start}; len(open) > 0; {
			p := open[len(open)-1]
			open = open[:len(open)-1]
			for _, q := range next[p] {
				if !seen[q] {
					seen[q] = true
					open = append(open, q)
				}
			}
		}
		if want := sizes[both.root(start)]; len(seen) != want {
			t.Errorf("from %v one comes to %d of %d vertices", start, len(seen), want)
		}
	}
}

// TestBoats: quays are vertices of roads, boats sail over water and at the speed
// of boats, and carry vehicles only where a road leads on.
func TestBoats(t *testing.T) {
	_, island := isles(t)
	on, driven := map[orb.Point]bool{}, map[orb.Point]bool{}
	for _, w := range ways(t, "roads.geojson", "paths.geojson") {
		for _, p := range w.Geometry.Coordinates {
			on[p] = true
			driven[p] = driven[p] || w.Properties.Class != string(roadnet.Path)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(drawn(t)["ferries.csv"], []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(boats)+1 || len(boats) < 8 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		numbers := map[int]float64{}
		for _, k := range []int{2, 3, 5, 6, 7, 18} {
			if numbers[k], err = strconv.ParseFloat(row[k], 64); err != nil {
				t.Fatal(err)
			}
		}
		from, to := orb.Point{numbers[2], numbers[3]}, orb.Point{numbers[5], numbers[6]}
		vehicles := row[17] != "否"
		if !on[from] || !on[to] || vehicles && !(driven[from] && driven[to]) {
			t.Errorf("%s: a quay is not on a road", row[0])
		}
		if island(from) == island(to) {
			t.Errorf("%s: both quays on one island", row[0])
		}
		metres := geodesy.Distance(from, to)
		if kmh := metres / numbers[7] * 0.06; kmh < 8 || kmh > 45 {
			t.Errorf("%s: %.0f km/h", row[0], kmh)
		}
		for _, p := range along(orb.LineString{from, to}) {
			if island(p) >= 0 && geodesy.Distance(p, from) > 250 && geodesy.Distance(p, to) > 250 {
				t.Errorf("%s sails over land at %v", row[0], p)
				break
			}
		}
		if numbers[18] < 5 || numbers[18] > 60 || (row[8] == "") == (row[10] == "") {
			t.Errorf("%s: %v", row[0], row)
		}
	}
}

// near is the distance from a place to the nearest of some roads, metres, by
// looking at every piece; +Inf beyond 600 m.
func near(list []way, p orb.Point) float64 {
	at, best := plane.FromLonLat(p), math.Inf(1)
	for _, w := range list {
		line := w.Geometry.Coordinates
		if !line.Bound().Pad(0.0065).Contains(p) {
			continue
		}
		for k := 1; k < len(line); k++ {
			_, d := plane.NearestOn(plane.FromLonLat(line[k-1]), plane.FromLonLat(line[k]), at)
			best = min(best, d*1000)
		}
	}
	return best
}

// TestReach: nearly everybody lives near a road, a few up the hills do not, and
// facilities stand beside roads.
func TestReach(t *testing.T) {
	l, err := drawLand()
	if err != nil {
		t.Fatal(err)
	}
	cells := l.populate()
	roads, all := ways(t, "roads.geojson"), ways(t, "roads.geojson", "paths.geojson")
	spec, people, driven, walked := gridSpec(), 0, 0, 0
	far := 0 // on islands with roads
	for k, c := range cells {
		x, y := spec.Centre(c.number)
		people += c.people[0]
		d := near(roads, orb.Point{x, y})
		if d <= 500 {
			driven += c.people[0]
		} else if !footIslands[islandOf(l.villages[cells[k].village].part)] {
			far += c.people[0]
		}
		if d <= 500 || near(all, orb.Point{x, y}) <= 500 {
			walked += c.people[0]
		}
	}
	if float64(driven) < 0.98*float64(people) || walked != people || far == 0 || driven+far >= people {
		t.Errorf("of %d people %d live within 500 m of a road, %d of a path; %d on islands with roads do not", people, driven, walked, far)
	}
	t.Logf("of %d people %d live within 500 m of a road; %d on islands with roads do not", people, driven, far)
	places, err := l.addFacilities(map[string][]byte{}, cells)
	if err != nil || len(places) != 93 {
		t.Fatal(err, len(places))
	}
	for _, p := range places {
		if d := near(roads, p.LonLat()); d > 30 {
			t.Errorf("a facility at %v stands %.0f m off every road", p.LonLat(), d)
		}
	}
}
