package data

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/datatest"
)

// The definition that ESRI's programs write for the 3-degree zone of 123 E.
const esriGK = `PROJCS["CGCS2000_3_Degree_GK_CM_123E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",123.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

const metreGrid = "ncols 2\nnrows 2\nxllcorner 403597.5\nyllcorner 3319829.9\ncellsize 1000\n1 2\n3 4\n"

// A grid that names no code takes the system of the .prj beside it, and never
// the default when that is one that nobody knows.
func TestGridBesidePRJ(t *testing.T) {
	p := base
	ds, _ := mustOpen(t, town(t, p, map[string]string{"all.asc": metreGrid, "all.prj": esriGK}))
	same(t, ds.Demand.Grid.CRS, "EPSG:4550")
	told := false
	for _, s := range ds.Sources {
		told = told || s.File == "all.prj" && len(s.SHA256) == 64
	}
	if !told {
		t.Error("the .prj is no source of the dataset")
	}
	_, iss, err := Open(context.Background(), town(t, p, map[string]string{"all.asc": metreGrid, "all.prj": strings.ReplaceAll(esriGK, "D_China_2000", "D_Xian_1980")}), Options{}, nil)
	if coverage.CodeOf(err) != coverage.Unusable || iss.Count("data.crs_unknown") != 1 {
		t.Error(err, brief(iss))
	}
}

// GDAL writes the same definition into GeoTIFFs in two ways; both are read.
func TestGeoTIFFOfESRI(t *testing.T) {
	tool := datatest.Program(t, "gdal_translate", "gdal-bin")
	for _, flavour := range []string{"STANDARD", "ESRI_PE"} {
		dir := town(t, strings.Replace(base, "{file: all.asc}", "{file: all.tif}", 1), map[string]string{"all.asc": metreGrid, "gk.prj": esriGK})
		cmd := exec.Command(tool, "-q", "-a_srs", "gk.prj", "-co", "GEOTIFF_KEYS_FLAVOR="+flavour, "all.asc", "all.tif")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		ds, iss, err := Open(context.Background(), dir, Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v %v", flavour, err, brief(iss))
			continue
		}
		same(t, ds.Demand.Grid.CRS, "EPSG:4550")
	}
}

// What a GeoTIFF holds besides its first image is told, not used.
func TestMaskIsTold(t *testing.T) {
	tool := datatest.Program(t, "gdal_translate", "gdal-bin")
	dir := town(t, strings.Replace(base, "{file: all.asc}", "{file: masked.tif}", 1), nil)
	cmd := exec.Command(tool, "-q", "-a_srs", "EPSG:4326", "-mask", "1", "--config", "GDAL_TIFF_INTERNAL_MASK", "YES", "all.asc", "masked.tif")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, iss := mustOpen(t, dir)
	same(t, iss.Count("population.mask"), int64(1))
	_, iss = mustOpen(t, town(t, base, nil))
	same(t, iss.Count("population.mask"), int64(0))
}
