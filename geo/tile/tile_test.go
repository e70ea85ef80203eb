package tile

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"lifecircle/geo/crs"
	"lifecircle/geo/grid"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"pgregory.net/rapid"
)

// sum is a measure of the tests: how many items, and the sum of their numbers.
type sum struct {
	n    int64
	mass float64
}

func measure(mass func(i int) float64) Measure[sum] {
	return Measure[sum]{
		Names:  []string{"n", "mass"},
		Add:    func(a *sum, i int) { a.n, a.mass = a.n+1, a.mass+mass(i) },
		Merge:  func(a *sum, b sum) { a.n, a.mass = a.n+b.n, a.mass+b.mass },
		Values: func(a *sum, out []Value) bool { out[0], out[1] = Int(a.n), Float(a.mass); return a.mass > 0 },
	}
}

func mass(i int) float64 { return float64(i%7) / 2 } // some weigh nothing

func draw(t testing.TB, spec grid.Spec, cell []int32, proj Projection, id ID) []byte {
	t.Helper()
	p, err := NewPyramid(context.Background(), spec, cell, proj)
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewCells(context.Background(), p, measure(mass))
	if err != nil {
		t.Fatal(err)
	}
	e := NewEncoder("l", []string{"n", "mass"})
	c.Draw(e, id)
	return e.Bytes()
}

// read decodes with orb and writes a line a feature, sorted.
func read(t testing.TB, data []byte) []string {
	t.Helper()
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range layers {
		if l.Name != "l" || l.Version != 2 || l.Extent != Extent {
			t.Fatalf("layer %q version %d extent %d", l.Name, l.Version, l.Extent)
		}
		for _, f := range l.Features {
			out = append(out, fmt.Sprintf("%v n=%v mass=%v", f.Geometry, f.Properties["n"], f.Properties["mass"]))
		}
	}
	sort.Strings(out)
	return out
}

// slow says what a tile of a grid in degrees must hold, block by block.
func slow(spec grid.Spec, cell []int32, id ID) []string {
	k := 0
	for ; max(spec.Cols, spec.Rows)-1>>k > 0; k++ {
		across := 1 / (spec.DX / 360 * math.Exp2(float64(k)+float64(id.Z)))
		occupied := map[[2]int32]bool{}
		for _, c := range cell {
			if c >= 0 {
				occupied[[2]int32{c / spec.Cols >> k, c % spec.Cols >> k}] = true
			}
		}
		if across <= MaxAcross || across <= MaxFine && len(occupied) <= MaxAcross*MaxAcross {
			break
		}
	}
	blocks := map[[2]int32]*sum{}
	for i, c := range cell {
		if c < 0 {
			continue
		}
		at := [2]int32{c / spec.Cols >> k, c % spec.Cols >> k}
		if blocks[at] == nil {
			blocks[at] = &sum{}
		}
		blocks[at].n++
		blocks[at].mass += mass(i)
	}
	var out []string
	for at, b := range blocks {
		for shift := -1.0; shift <= 1; shift++ {
			west, east := spec.X0+float64(at[1]<<k)*spec.DX, spec.X0+float64(min((at[1]+1)<<k, spec.Cols))*spec.DX
			north, south := spec.Y0-float64(at[0]<<k)*spec.DY, spec.Y0-float64(min((at[0]+1)<<k, spec.Rows))*spec.DY
			x0, y0 := slowUnits(west+360*shift, north, id)
			x1, y1 := slowUnits(east+360*shift, south, id)
			if b.mass == 0 || x1 <= 0 || y1 <= 0 || x0 >= Extent || y0 >= Extent {
				continue
			}
			l, r, u, d := snap(x0), snap(x1), snap(y0), snap(y1)
			if r == l {
				r++
			}
			if d == u {
				d++
			}
			ring := orb.Polygon{{{l, u}, {r, u}, {r, d}, {l, d}, {l, u}}}
			out = append(out, fmt.Sprintf("%v n=%v mass=%v", ring, float64(b.n), float64(float32(b.mass))))
		}
	}
	sort.Strings(out)
	return out
}

func snap(v float64) float64 { return math.Round(min(max(v, -Buffer), Extent+Buffer)) + 0 }

// slowUnits is the textbook formula of slippy maps.
func slowUnits(lon, lat float64, id ID) (x, y float64) {
	n := math.Exp2(float64(id.Z))
	phi := min(max(lat, -MaxLatitude), MaxLatitude) * math.Pi / 180
	x = (lon + 180) / 360 * n
	y = (1 - math.Log(math.Tan(phi)+1/math.Cos(phi))/math.Pi) / 2 * n
	return (x - float64(id.X)) * Extent, (y - float64(id.Y)) * Extent
}

func TestCellsAgreeWithSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		spec := grid.Spec{
			CRS: "EPSG:4326", X0: rapid.Float64Range(-180, 180).Draw(r, "x0"), Y0: rapid.Float64Range(-30, 50).Draw(r, "y0"),
			Cols: rapid.Int32Range(1, 300).Draw(r, "cols"), Rows: rapid.Int32Range(1, 300).Draw(r, "rows"),
		}
		spec.DX = rapid.SampledFrom([]float64{1e-4, 1.0 / 1200, 0.05}).Draw(r, "d")
		spec.DY = spec.DX
		cell := rapid.SliceOfN(rapid.Int32Range(-1, spec.Cols*spec.Rows-1), 1, 400).Draw(r, "cell")
		x, y := spec.Centre(max(cell[0], 0))
		id := tileAt(orb.Point{x, y}, rapid.Uint32Range(0, 18).Draw(r, "z"))
		got := read(t, draw(t, spec, cell, Projection{}, id))
		if d := cmp.Diff(slow(spec, cell, id), got); d != "" {
			r.Fatalf("tile %v (-slow +fast):\n%s", id, d)
		}
	})
}

func tileAt(p orb.Point, z uint32) ID {
	x, y := World(p)
	n := math.Exp2(float64(z))
	return ID{z, uint32((x - math.Floor(x)) * n), uint32(min(max(y, 0), 0.999999) * n)}
}

// A grid in metres: every cell of the tile is there once, near where it belongs.
func TestProjectedGrid(t *testing.T) {
	c, err := crs.Parse("EPSG:4547")
	if err != nil {
		t.Fatal(err)
	}
	proj := Projection{ToWGS84: c.ToWGS84, FromWGS84: c.FromWGS84}
	spec := grid.Spec{CRS: "EPSG:4547", X0: 600000, Y0: 3400000, DX: 100, DY: 100, Cols: 400, Rows: 300}
	var cell []int32
	for i := range int32(spec.Cells()) {
		if i%3 != 0 {
			cell = append(cell, i)
		}
	}
	centre := c.ToWGS84(orb.Point{620000, 3385000})
	for z := uint32(0); z <= 19; z++ {
		id := tileAt(centre, z)
		want := 0
		for i, cellNo := range cell {
			x, y := spec.Centre(cellNo)
			px, py := slowUnits(c.ToWGS84(orb.Point{x, y})[0], c.ToWGS84(orb.Point{x, y})[1], id)
			if mass(i) > 0 && px > 0 && py > 0 && px < Extent && py < Extent {
				want++
			}
		}
		got, size := 0, 0
		layers, err := mvt.Unmarshal(draw(t, spec, cell, proj, id))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range layers {
			for _, f := range l.Features {
				ring := f.Geometry.(orb.Polygon)[0]
				if ring.Orientation() != orb.CCW { // orb sees y upwards
					t.Fatalf("z%d: ring %v is not clockwise on the screen", z, ring)
				}
				size++
				got += int(f.Properties["n"].(float64))
			}
		}
		// Blocks on the border of the tile hold more than what lies inside it.
		if got < want {
			t.Errorf("z%d: %d cells in the tile, at least %d wanted", z, got, want)
		}
		if size > (MaxAcross+2)*(MaxAcross+2) {
			t.Errorf("z%d: %d squares", z, size)
		}
		if z >= 14 && size == 0 {
			t.Errorf("z%d: empty", z)
		}
	}
}

// Neighbouring tiles together show every cell, and show one cell at one place.
func TestProjectedTilesMeet(t *testing.T) {
	c, _ := crs.Parse("EPSG:32649")
	proj := Projection{ToWGS84: c.ToWGS84, FromWGS84: c.FromWGS84}
	spec := grid.Spec{CRS: "EPSG:32649", X0: 400000, Y0: 3300000, DX: 250, DY: 250, Cols: 150, Rows: 150}
	cell := make([]int32, spec.Cells())
	for i := range cell {
		cell[i] = int32(i)
	}
	p, err := NewPyramid(context.Background(), spec, cell, proj)
	if err != nil {
		t.Fatal(err)
	}
	const z = 13
	places := map[int]map[[2]float64]bool{}
	m := Measure[int]{
		Names:  []string{"i"},
		Add:    func(a *int, i int) { *a = i + 1 },
		Merge:  func(a *int, b int) { *a = -1 },
		Values: func(a *int, out []Value) bool { out[0] = Int(int64(*a)); return true },
	}
	cells, err := NewCells(context.Background(), p, m)
	if err != nil {
		t.Fatal(err)
	}
	nw, se := tileAt(c.ToWGS84(orb.Point{400000, 3300000}), z), tileAt(c.ToWGS84(orb.Point{437500, 3262500}), z)
	for x := nw.X - 1; x <= se.X+1; x++ {
		for y := nw.Y - 1; y <= se.Y+1; y++ {
			e := NewEncoder("l", m.Names)
			cells.Draw(e, ID{z, x, y})
			layers, err := mvt.Unmarshal(e.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range layers {
				for _, f := range l.Features {
					i := int(f.Properties["i"].(float64))
					if places[i] == nil {
						places[i] = map[[2]float64]bool{}
					}
					for _, v := range f.Geometry.(orb.Polygon)[0] {
						if v[0] >= 0 && v[0] <= Extent && v[1] >= 0 && v[1] <= Extent {
							places[i][[2]float64{v[0] + Extent*float64(x), v[1] + Extent*float64(y)}] = true
						}
					}
				}
			}
		}
	}
	if len(places) != len(cell) {
		t.Fatalf("%d cells shown of %d", len(places), len(cell))
	}
	for i, at := range places {
		// Whole cells have four corners; cut ones have up to a pair more.
		if len(at) < 4 || len(at) > 8 {
			t.Fatalf("cell %d has corners %v", i, at)
		}
	}
}

// Corners between the sampled ones are where the exact ones are.
func TestCornersInterpolated(t *testing.T) {
	c, _ := crs.Parse("EPSG:4547")
	spec := grid.Spec{CRS: "EPSG:4547", X0: 450000, Y0: 3450000, DX: 100, DY: 100, Cols: 1003, Rows: 907}
	p, err := NewPyramid(context.Background(), spec, []int32{0}, Projection{c.ToWGS84, c.FromWGS84})
	if err != nil {
		t.Fatal(err)
	}
	for z := uint32(0); z <= 18; z++ {
		id := tileAt(c.ToWGS84(orb.Point{500000, 3400000}), z)
		k := p.levelFor(z)
		n := (max(int64(spec.Cols), int64(spec.Rows)) - 1) >> k
		at := span{max(0, n/2-60), max(0, n/2-60), min(n, n/2+60) + 1, min(n, n/2+60) + 1}
		look := p.corners(id, k, at, 0)
		for r := at.r0; r <= at.r1; r++ {
			for c := at.c0; c <= at.c1; c++ {
				got, want := look.corner(r, c), look.exact(look.cells(r, spec.Rows), look.cells(c, spec.Cols))
				if math.Hypot(got[0]-want[0], got[1]-want[1]) > 0.5 {
					t.Fatalf("z%d level %d corner %d,%d: %v, exactly %v", z, k, r, c, got, want)
				}
			}
		}
	}
}

func TestAntimeridian(t *testing.T) {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 179, Y0: 1, DX: 0.5, DY: 0.5, Cols: 4, Rows: 2}
	cell := []int32{1, 2, 6}
	for _, id := range []ID{{0, 0, 0}, {5, 31, 15}, {5, 0, 15}, {5, 0, 16}, {5, 31, 16}} {
		if d := cmp.Diff(slow(spec, cell, id), read(t, draw(t, spec, cell, Projection{}, id))); d != "" {
			t.Errorf("%v:\n%s", id, d)
		}
	}
	if got := len(read(t, draw(t, spec, cell, Projection{}, ID{5, 0, 15}))); got != 2 {
		t.Errorf("%d squares east of the antimeridian", got)
	}
}

func TestPointsAgreeWithSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(r, "n")
		at := make([]orb.Point, n)
		items := make([]int32, n)
		for i := range at {
			// Off every edge of squares by far more than float noise.
			lon, lat := rapid.IntRange(-3e5, 3e5).Draw(r, "lon"), rapid.IntRange(-3e5, 3e5).Draw(r, "lat")
			at[i] = orb.Point{float64(lon)*1e-6 + 3.3e-7, float64(lat)*1e-6 + 3.3e-7}
			items[i] = int32(i)
		}
		p, err := NewPoints(context.Background(), items, func(i int32) orb.Point { return at[i] })
		if err != nil {
			r.Fatal(err)
		}
		id := tileAt(at[0], rapid.Uint32Range(0, 20).Draw(r, "z"))
		e := NewEncoder("l", []string{"n", "mass"})
		DrawPoints(e, p, measure(mass), id)
		if d := cmp.Diff(slowPoints(at, id), pointSums(t, e.Bytes())); d != "" {
			r.Fatal(d)
		}
	})
}

// slowPoints says n and mass of every square of a tile.
func slowPoints(at []orb.Point, id ID) []string {
	squares := map[[2]int]*sum{}
	for i, p := range at {
		x, y := slowUnits(p[0], p[1], id)
		if x < 0 || y < 0 || x >= Extent || y >= Extent {
			continue
		}
		k := [2]int{int(x / 64), int(y / 64)}
		if squares[k] == nil {
			squares[k] = &sum{}
		}
		squares[k].n++
		squares[k].mass += mass(i)
	}
	out := []string{}
	for _, s := range squares {
		if s.mass > 0 {
			out = append(out, fmt.Sprintf("n=%v mass=%v", s.n, s.mass))
		}
	}
	sort.Strings(out)
	return out
}

func pointSums(t *testing.T, data []byte) []string {
	out := []string{}
	for _, line := range read(t, data) {
		out = append(out, line[strings.Index(line, "n="):])
	}
	sort.Strings(out)
	return out
}

func TestEncoderAgainstOrb(t *testing.T) {
	e := NewEncoder("l", []string{"n", "mass"})
	e.Point([2]int32{-5, 4000}, []Value{Int(-1), Float(0.25)})
	e.Ring([][2]int32{{0, 0}, {100, 0}, {100, 90}}, []Value{Int(1 << 40), Float(0.25)})
	want := []string{
		"[-5 4000] n=-1 mass=0.25",
		"[[[0 0] [100 0] [100 90] [0 0]]] n=1.099511627776e+12 mass=0.25",
	}
	if d := cmp.Diff(want, read(t, e.Bytes())); d != "" {
		t.Error(d)
	}
}

func TestGDALReadsTile(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		if os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
			t.Fatal("ogrinfo (gdal-bin) is not installed")
		}
		t.Skip("ogrinfo (gdal-bin) is not installed")
	}
	spec := grid.Spec{CRS: "EPSG:4326", X0: 10, Y0: 10, DX: 0.01, DY: 0.01, Cols: 3, Rows: 1}
	id := tileAt(orb.Point{10.015, 9.995}, 9)
	dir := filepath.Join(t.TempDir(), fmt.Sprint(id.Z), fmt.Sprint(id.X))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, fmt.Sprint(id.Y)+".pbf")
	if err := os.WriteFile(file, draw(t, spec, []int32{0, 1, 2}, Projection{}, id), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ogrinfo", "-al", "-q", file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// Item 0 weighs nothing and is not shown.
	if n := strings.Count(string(out), "POLYGON (("); n != 2 {
		t.Errorf("GDAL sees %d polygons:\n%s", n, out)
	}
	for _, want := range []string{"n (Integer) = 1", "= 0.5", "= 1.0"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

func TestInverse(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(r, "lon"), rapid.Float64Range(-85, 85).Draw(r, "lat")}
		q := LonLat(World(p))
		if math.Abs(p[0]-q[0]) > 1e-9 || math.Abs(p[1]-q[1]) > 1e-9 {
			r.Fatalf("%v came back as %v", p, q)
		}
	})
	if b := (ID{1, 1, 0}).Bound(); math.Abs(b.Max[1]-MaxLatitude) > 1e-9 || b.Min != (orb.Point{0, 0}) || b.Max[0] != 180 {
		t.Errorf("bound %v", b)
	}
	for id, want := range map[ID]bool{{0, 0, 0}: true, {0, 1, 0}: false, {3, 7, 8}: false, {24, 1<<24 - 1, 0}: true, {25, 0, 0}: false} {
		if id.Valid() != want {
			t.Errorf("%v valid: %v", id, !want)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewPyramid(ctx, grid.Spec{DX: 1, DY: 1, Cols: 9, Rows: 9}, []int32{3}, Projection{}); err == nil {
		t.Error("a cancelled context is not heeded")
	}
}
