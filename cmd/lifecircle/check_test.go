package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data/sample"
)

// Marked copies that cannot be written keep neither the places of the faults nor
// the table from whoever asked for them.
func TestCheckWritesPlacesWithoutCopies(t *testing.T) {
	project := filepath.Join(t.TempDir(), "daishan")
	if err := sample.WriteTo(project); err != nil {
		t.Fatal(err)
	}
	places, taken := filepath.Join(t.TempDir(), "p.geojson"), filepath.Join(project, "project.yaml")
	code, out, stderr := command(t, "check", project, "--marked", taken, "--places", places, "--json")
	if code != exitNotFound || !strings.Contains(stderr, "project.yaml") || !strings.Contains(out, `"usable":true`) {
		t.Errorf("exit %d: %s\n%.300s", code, stderr, out)
	}
	if text, err := os.ReadFile(places); err != nil || !strings.Contains(string(text), "FeatureCollection") {
		t.Error(err, string(text))
	}
}

// Kinds are shown with the service that the project's own table puts them to.
func TestCheckShowsKinds(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"project.yaml": "kinds: own.yaml\nzones: [{file: z.geojson, id: code, name: name, level: town}]\npopulation: [{points: {file: p.csv, groups: {all: 人口}}}]\nfacilities: [{file: f.csv, kind: {column: 类别}}]\n",
		"own.yaml":     "- {kind: vet, service: animals, tier: 一级, words: [兽医站]}\n- {kind: clinic, service: elderly, words: [颐养诊室]}\n",
		"z.geojson":    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"01","name":"西镇"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.1,30],[122.1,30.1],[122,30.1],[122,30]]]}}]}`,
		"p.csv":        "编号,经度,纬度,人口\n1,122.05,30.05,100\n",
		"f.csv":        "名称,类别,经度,纬度\n甲,兽医站,122.05,30.05\n乙,颐养诊室,122.06,30.05\n丙,卫生院,122.07,30.05\n丁,卫生院,122.08,30.05\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := `"kinds":[{"service":"animals","kind":"vet","tier":"一级","name":{"zh":"vet","en":"vet"},"facilities":1},{"service":"elderly","kind":"clinic",`
	if code, out, stderr := command(t, "check", dir, "--json"); code != exitOK || !strings.Contains(out, want) {
		t.Errorf("exit %d: %s\n%s", code, stderr, out)
	}
	code, out, stderr := command(t, "check", dir, "--lang", "zh")
	for _, w := range []string{"医疗卫生", "养老服务", "animals", "乡镇卫生院", "一级"} {
		if !strings.Contains(out, w) || code != exitOK {
			t.Errorf("exit %d, %q is missing: %s\n%s", code, w, stderr, out)
		}
	}
}
