package isochrone

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"lifecircle/geo/grid"
)

// smooth is a field of three hollows and a hill between them, later at the edge
// of the grid than every limit: beyond the outermost centres GDAL repeats the
// values of the edge, and here nothing is reached.
func smooth() (Field, []uint32) {
	s := grid.Spec{X0: 1000, Y0: 5000, DX: 30, DY: 25, Cols: 130, Rows: 110}
	f := Field{Grid: s, TimesMS: make([]uint32, s.Cells())}
	for i := range f.TimesMS {
		x, y := float64(int32(i)%s.Cols)/float64(s.Cols)*2-1, float64(int32(i)/s.Cols)/float64(s.Rows)*2-1
		ms := 900_000 * (x*x + y*y)
		for _, p := range [][3]float64{{-0.4, -0.3, -400_000}, {0.5, 0.1, -350_000}, {-0.2, 0.55, -420_000}, {0.05, 0.05, 500_000}} {
			ms += p[2] * math.Exp(-18*((x-p[0])*(x-p[0])+(y-p[1])*(y-p[1])))
		}
		f.TimesMS[i] = uint32(max(ms+400_000, 0))
	}
	return f, []uint32{250_000, 350_000, 450_000, 600_000, 750_000}
}

// contours asks gdal_contour for the bands between levels half a millisecond
// above the limits.
func contours(t *testing.T, f Field, limits []uint32) []orb.MultiPolygon {
	tool, err := exec.LookPath("gdal_contour")
	if err != nil && os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
		t.Fatal("gdal_contour (gdal-bin) is not installed")
	} else if err != nil {
		t.Skip("gdal_contour (gdal-bin) is not installed")
	}
	in, out := filepath.Join(t.TempDir(), "ms.vrt"), filepath.Join(t.TempDir(), "bands.geojson")
	raw := new(bytes.Buffer)
	for _, ms := range f.TimesMS {
		fmt.Fprintf(raw, "%c%c%c%c", 0, 0, 0, 0)
		b := raw.Bytes()[raw.Len()-4:]
		b[0], b[1], b[2], b[3] = byte(ms), byte(ms>>8), byte(ms>>16), byte(ms>>24)
	}
	s := f.Grid
	vrt := fmt.Sprintf(`<VRTDataset rasterXSize="%d" rasterYSize="%d"><GeoTransform>%g,%g,0,%g,0,%g</GeoTransform>
<VRTRasterBand dataType="UInt32" band="1" subClass="VRTRawRasterBand"><SourceFilename relativeToVRT="1">ms.raw</SourceFilename>
<ByteOrder>LSB</ByteOrder></VRTRasterBand></VRTDataset>`, s.Cols, s.Rows, s.X0, s.DX, s.Y0, -s.DY)
	if os.WriteFile(in, []byte(vrt), 0o600) != nil || os.WriteFile(filepath.Join(filepath.Dir(in), "ms.raw"), raw.Bytes(), 0o600) != nil {
		t.Fatal("cannot write")
	}
	args := []string{"-p", "-amin", "low", "-amax", "high", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=12", in, out, "-fl"}
	for _, limit := range limits {
		args = append(args, fmt.Sprintf("%d.5", limit))
	}
	if said, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return readBands(t, out, limits)
}

func readBands(t *testing.T, file string, limits []uint32) []orb.MultiPolygon {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatal(err)
	}
	bands := make([]orb.MultiPolygon, len(limits))
	for _, feature := range all.Features {
		high := feature.Properties.MustFloat64("high")
		if i := slices.Index(limits, uint32(high)); i >= 0 && high == float64(limits[i])+0.5 {
			bands[i] = append(bands[i], feature.Geometry.(orb.MultiPolygon)...)
		}
	}
	return bands
}

// GDAL draws the same bands: linear between centres, at the same levels. Our
// places are multiples of 1/65536 of a step, rounded down, which moves a line by
// less than that; and none is nearer to a centre than 1/256, which moves a line
// by less than that where it passes so near, about one place in 128. In all a
// band's area may differ by 1/10,000 of a cell for each cell that its lines go
// through; on this field there are no saddles at the limits.
func TestAgreesWithGDAL(t *testing.T) {
	f, limits := smooth()
	want := contours(t, f, limits)
	got, err := Bands(context.Background(), f, limits)
	if err != nil {
		t.Fatal(err)
	}
	for i := range limits {
		points, rings := count(got[i])
		_, theirs := count(want[i])
		if len(want[i]) == 0 || len(got[i]) != len(want[i]) || rings != theirs {
			t.Errorf("up to %d: %d polygons of %d rings, GDAL has %d of %d", limits[i], len(got[i]), rings, len(want[i]), theirs)
		}
		off := math.Abs(area(got[i])-area(want[i])) / (f.Grid.DX * f.Grid.DY)
		if off > float64(points)/10_000 {
			t.Errorf("up to %d: areas differ by %g cells", limits[i], off)
		}
	}
}

func count(m orb.MultiPolygon) (points, rings int) {
	for _, p := range m {
		rings += len(p)
		for _, r := range p {
			points += len(r)
		}
	}
	return points, rings
}
