package data

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
)

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, project string
		files         map[string]string
		code          coverage.Code
		key           string
	}{
		{"missing file", strings.Replace(base, "all.asc", "none.asc", 1), nil, coverage.NotFound, "data.missing"},
		{"missing list", strings.Replace(base, "clinics.csv", "none.csv", 1), nil, coverage.NotFound, "data.missing"},
		{"no column", strings.Replace(base, "column: 类别", "column: 种类", 1), nil, coverage.Unusable, "data.no_column"},
		{"no coordinates", base, map[string]string{"clinics.csv": "名称,类别\n甲,医院\n"}, coverage.Unusable, "data.no_coordinates"},
		{"header only", base, map[string]string{"clinics.csv": "名称,经度,纬度,类别\n"}, coverage.Unusable, "data.empty"},
		{"empty list", base, map[string]string{"clinics.csv": ""}, coverage.Unusable, "table.empty"},
		{"zone id", strings.Replace(base, "id: code", "id: nocode", 1), nil, coverage.Unusable, "data.no_column"},
		{"zone twice", base, map[string]string{"towns.geojson": strings.ReplaceAll(towns, "330921100", "330921")}, coverage.Unusable, "zone.duplicate"},
		{"zone degrees", strings.Replace(base, "level: town", "level: town, crs: EPSG:4549", 1), nil, coverage.Unusable, "data.bad_zones"},
		{"zone point", base, map[string]string{"towns.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","name":"x"},"geometry":{"type":"Point","coordinates":[122,30]}}]}`}, coverage.Unusable, "zone.not_polygon"},
		{"raster garbage", base, map[string]string{"all.asc": "II*\x00garbage"}, coverage.NotFound, "raster.truncated"},
		{"pack", base + "standards: [no-such-pack]\n", nil, coverage.NotFound, "standard.no_pack"},
		{"own pack", base + "standards: [mine.yaml]\n", map[string]string{"mine.yaml": "id: mine\nstandards: [{id: a}]\n"}, coverage.Unusable, "standard.missing"},
		{"project", base + "colour: red\n", nil, coverage.Unusable, "project.unknown_key"},
	} {
		_, iss, err := Open(context.Background(), town(t, c.project, c.files), Options{}, nil)
		if coverage.CodeOf(err) != c.code || iss.Count(c.key) == 0 {
			t.Errorf("%s: %v\n%v", c.name, err, brief(iss))
		}
		if en, zh := coverage.Explain(err, "en"), coverage.Explain(err, "zh"); strings.Contains(en+zh, "{") || en == zh {
			t.Errorf("%s: %q %q", c.name, en, zh)
		}
	}
	_, _, err := Open(context.Background(), filepath.Join(t.TempDir(), "none"), Options{}, nil)
	same(t, coverage.CodeOf(err), coverage.NotFound)
}

// Nothing outside the folder is read, not even through a link.
func TestFolderIsTheLimit(t *testing.T) {
	out := t.TempDir()
	write(t, out, "all.asc", gridText1)
	write(t, out, "clinics.csv", clinicsCSV)
	write(t, out, "counties.geojson", counties)
	for _, name := range []string{"all.asc", "clinics.csv", "counties.geojson"} {
		dir := town(t, base, nil)
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(out, name), filepath.Join(dir, name)); err != nil {
			t.Skip("no links here")
		}
		if _, iss, err := Open(context.Background(), dir, Options{}, nil); err == nil {
			t.Errorf("%s: read through a link; %v", name, brief(iss))
		}
	}
	dir := town(t, base, nil) // a link that stays inside is fine
	if err := os.Rename(filepath.Join(dir, "all.asc"), filepath.Join(dir, "b.asc")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.asc", filepath.Join(dir, "all.asc")); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, filepath.Join(dir, "project.yaml"))
}

func TestCancel(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := Open(ctx, town(t, base, nil), Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A raster in a system that the program does not know is not taken for one in
// the default system.
func TestUnknownSystem(t *testing.T) {
	prj := strings.Replace(towns, `"features"`, `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},"features"`, 1)
	_, iss, err := Open(context.Background(), town(t, base, map[string]string{"towns.geojson": prj}), Options{}, nil)
	if coverage.CodeOf(err) != coverage.Unusable || iss.Count("data.crs_unknown") != 1 {
		t.Error(err)
	}
	// Stated in project.yaml, it is read as stated, with no false alarm about places.
	stated := strings.Replace(base, "level: town", "level: town, crs: EPSG:4490", 1)
	if _, iss, err := Open(context.Background(), town(t, stated, map[string]string{"towns.geojson": prj}), Options{}, nil); err != nil {
		t.Error(err, brief(iss))
	}
}

// Links and paths aside, the same project gives the same dataset from its
// folder and from its file.
func TestFolderOrFile(t *testing.T) {
	dir := town(t, base, nil)
	a, _ := mustOpen(t, dir)
	b, _ := mustOpen(t, filepath.Join(dir, ProjectFile))
	same(t, a, b)
}
