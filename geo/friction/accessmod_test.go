package friction_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data/datatest"
	"lifecircle/data/raster"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

const (
	heightsFile = "DEM/dem__dem.GeoTIFF"
	coverFile   = "land_cover__demo/land_cover__demo.GeoTIFF"
)

// coverKMH is the demo's own table: grass, town, sand, dense and sparse forest,
// shrubs.
var coverKMH = map[int32]float64{1: 2, 2: 15, 3: 2, 4: 3, 5: 4, 6: 4}

// Its six health facilities.
var clinics = []orb.Point{
	{594026.128378401, 4918974.13513511},
	{604744.358108148, 4915521.1486486},
	{604125.614864903, 4921009.99999995},
	{606301.195945989, 4926339.17567562},
	{593507.182432455, 4925540.79729727},
	{591870.506756777, 4926758.3243243},
}

// column reads a raster of the demo.
func column(t *testing.T, path string) (grid.Spec, []float32) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skip("the demo of AccessMod is not beside the checkout")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := raster.Open(path, f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	values, err := r.ReadBand(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Header().Spec, values
}

// GRASS reads the same files by itself (r.in.gdal), makes the pace of each cell by
// r.mapcalc, and answers r.cost, r.cost with knight's moves, and r.walk (friction
// 0) from the six facilities over 295,611 cells of real hills. Both cut corners.
//
// Tolerance: our steps are whole milliseconds, so a way of n steps may differ by
// n/2 ms, and the longest ways have some hundreds. r.walk's jump at 12 degrees,
// over which our table goes within 1/2000 of grade, does not show beyond that.
func TestAgreesWithGRASSOnTheDemoOfAccessMod(t *testing.T) {
	if testing.Short() {
		t.Skip("real data")
	}
	demo := filepath.Join("..", "..", "..", "shared", "data", "accessmod-demo")
	spec, cover := column(t, filepath.Join(demo, coverFile))
	other, heights := column(t, filepath.Join(demo, heightsFile))
	if spec != other {
		t.Fatalf("grids %+v and %+v", spec, other)
	}
	want := askGRASS(t, demo, spec)
	spec.CRS = "EPSG:32613" // metres are all that counts
	pace := make([]float32, len(cover))
	level := make([]float32, len(cover))
	nan := float32(math.NaN())
	for i, c := range cover {
		pace[i], level[i] = nan, nan
		if v := coverKMH[int32(c)]; v > 0 {
			pace[i] = float32(3.6 / v)
		}
		if heights[i] == heights[i] {
			level[i] = 0.72
		}
	}
	var sources []friction.Source
	for _, p := range clinics {
		sources = append(sources, friction.Source{Cell: spec.Cell(p[0], p[1])})
	}
	langmuir, err := friction.Langmuir(friction.RWalk())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		surface friction.Surface
		o       friction.Options
		unit    float64 // of GRASS's answer, in seconds
		most    float64 // seconds off
	}{
		{"cost", friction.Surface{Grid: spec, Seconds: pace}, friction.Options{Neighbours: 8, CutCorners: true}, spec.DX, 0.1},
		{"knights", friction.Surface{Grid: spec, Seconds: pace}, friction.Options{Neighbours: 16, CutCorners: true}, spec.DX, 0.1},
		{"walk", friction.Surface{Grid: spec, Seconds: level, Heights: heights}, friction.Options{Neighbours: 8, CutCorners: true, Slope: langmuir}, 1, 0.1},
	} {
		got, err := friction.Nearest(context.Background(), &c.surface, sources, c.o)
		if err != nil {
			t.Fatal(err)
		}
		reached, worst, sum := 0, 0.0, 0.0
		for i, ms := range got.MS {
			seconds := want[c.name][i] * c.unit
			if (seconds < 0) != (ms == friction.Never) {
				t.Fatalf("%s, cell %d: %d ms, GRASS says %v s", c.name, i, ms, seconds)
			}
			if ms != friction.Never {
				off := math.Abs(float64(ms)/1000 - seconds)
				worst = max(worst, off)
				sum += off
				reached++
			}
		}
		t.Logf("%s: %d cells, worst %.3f s, mean %.4f s off", c.name, reached, worst, sum/float64(reached))
		if worst > c.most || reached < 200_000 {
			t.Errorf("%s: %d cells, up to %v s off, %v allowed", c.name, reached, worst, c.most)
		}
	}
}

// askGRASS returns the answers by name, -1 for no way.
func askGRASS(t *testing.T, demo string, spec grid.Spec) map[string][]float64 {
	t.Helper()
	grass := datatest.Program(t, "grass", "grass-core")
	dir := t.TempDir()
	abs, err := filepath.Abs(demo)
	if err != nil {
		t.Fatal(err)
	}
	var starts []string
	for _, p := range clinics {
		starts = append(starts, fmt.Sprintf("%.6f,%.6f", p[0], p[1]))
	}
	pace := "null()"
	for class := range int32(7) {
		if v := coverKMH[class]; v > 0 {
			pace = fmt.Sprintf("if(cover==%d, double(3.6/%g), %s)", class, v, pace)
		}
	}
	script := strings.Join([]string{
		"set -e",
		"r.in.gdal --q -o input=" + filepath.Join(abs, coverFile) + " output=cover",
		"r.in.gdal --q -o input=" + filepath.Join(abs, heightsFile) + " output=heights",
		"g.region --q raster=cover",
		"r.mapcalc --q expression='pace=" + pace + "'",
		"r.mapcalc --q expression='none=if(isnull(heights), null(), 0.0)'",
		"at=start_coordinates=" + strings.Join(starts, ","),
		"r.cost --q input=pace output=cost $at",
		"r.cost --q -k input=pace output=knights $at",
		"r.walk --q elevation=heights friction=none output=walk lambda=1 $at",
		"for m in cost knights walk; do r.mapcalc --q expression=\"d_$m=double($m)\"; r.out.bin --q -f bytes=8 null=-1 input=d_$m output=" + dir + "/$m.bin; done",
	}, "\n")
	path := filepath.Join(dir, "ask.sh")
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), grass, "--tmp-location", "XY", "--exec", "bash", path)
	run.Env = append(os.Environ(), "HOME="+dir)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("GRASS: %v\n%s", err, out)
	}
	answers := map[string][]float64{}
	for _, name := range []string{"cost", "knights", "walk"} {
		b, err := os.ReadFile(filepath.Join(dir, name+".bin"))
		if err != nil || int64(len(b)) != 8*spec.Cells() {
			t.Fatal(len(b), err)
		}
		for i := 0; i < len(b); i += 8 {
			answers[name] = append(answers[name], math.Float64frombits(binary.LittleEndian.Uint64(b[i:])))
		}
	}
	return answers
}
