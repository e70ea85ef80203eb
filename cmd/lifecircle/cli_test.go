package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data/sample"
)

// example imports the built-in example once per test.
func example(t *testing.T) (project, store string) {
	t.Helper()
	dir := t.TempDir()
	project, store = filepath.Join(dir, "daishan"), filepath.Join(dir, "daishan.gpkg")
	if err := sample.WriteTo(project); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "import", project, "--store", store)
	return project, store
}

func TestExitCodes(t *testing.T) {
	project, store := example(t)
	bad := filepath.Join(t.TempDir(), "bad")
	if err := sample.WriteTo(bad); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(bad, "project.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bad, "project.yaml"), append(text, "\npopulatoin: []\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	notAStore := filepath.Join(t.TempDir(), "x.gpkg")
	if err := os.WriteFile(notAStore, []byte("not a database"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"version", exitOK, ""},
		{"nosuch", exitUse, "nosuch"},
		{"coverage", exitUse, "arg"},
		{"coverage " + store + " --no-such-flag", exitUse, "no-such-flag"},
		{"coverage " + store + " --kind clinic", exitUse, "--within"},
		{"coverage " + store + " --kind village_clinic --within soon", exitUse, "soon"},
		{"coverage " + store + " --mode teleport", exitUse, "teleport"},
		{"coverage " + store + " --speed -1", exitUse, "-1"},
		{"coverage " + store + " --landmass maybe", exitUse, "maybe"},
		{"coverage " + store + " --group 7+", exitUse, "60+"},
		{"coverage " + store + " --level galaxy", exitUse, "galaxy"},
		{"coverage " + store + " --json --csv", exitUse, "csv"},
		{"coverage " + store + " --standard atlantis", exitNotFound, "xianning-2025/medical"},
		{"coverage " + store + " --kind lighthouse --within 1km", exitNotFound, "lighthouse"},
		{"coverage " + filepath.Join(project, "none.gpkg"), exitNotFound, "none.gpkg"},
		{"coverage " + notAStore, exitNotFound, "x.gpkg"},
		{"check " + filepath.Join(project, "nowhere"), exitNotFound, "nowhere"},
		{"check " + bad, exitUnusable, "populatoin"},
		{"import " + bad + " --store " + filepath.Join(t.TempDir(), "y.gpkg"), exitUnusable, "populatoin"},
		{"serve " + store + " --addr 0.0.0.0:0", exitUse, "0.0.0.0"},
		{"export " + store + " --layer gaps --format exe --out " + filepath.Join(t.TempDir(), "f"), exitUse, "exe"},
	} {
		code, _, stderr := command(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("lifecircle %s\nexit %d, want %d; wanted %q in: %s", c.args, code, c.code, c.says, stderr)
		}
	}
}

func TestErrorsInChinese(t *testing.T) {
	var out, errText bytes.Buffer
	code := run(context.Background(), []string{"coverage", "没有.gpkg", "--lang", "zh"}, &out, &errText)
	if code != exitNotFound || !strings.ContainsRune(errText.String(), '没') || strings.Contains(errText.String(), "cannot") {
		t.Errorf("exit %d: %s", code, errText.String())
	}
}

// The form of the answer that others rely on.
func TestCoverageAnswer(t *testing.T) {
	_, store := example(t)
	args := []string{"coverage", store, "--json", "--standard", "xianning-2025/medical", "--kind", "pharmacy", "--within", "15min"}
	first := mustRun(t, args...)
	var answer struct {
		Run struct {
			Hash, Version string
			Inputs        []struct{ SHA256 string }
			Options       map[string]any
		}
		Rows []map[string]any
	}
	if err := json.Unmarshal([]byte(first), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Run.Hash) != 64 || answer.Run.Version == "" || len(answer.Run.Inputs) == 0 || len(answer.Run.Options) == 0 {
		t.Errorf("run is not complete: %+v", answer.Run)
	}
	standards := map[any]bool{}
	for _, row := range answer.Rows {
		standards[row["standard"]] = true
		for _, field := range []string{"standard", "kind", "mode", "threshold", "level", "zone", "name", "group", "setting", "population", "served", "share", "facilities"} {
			if _, ok := row[field]; !ok {
				t.Fatalf("row lacks %q: %v", field, row)
			}
		}
	}
	if !standards["xianning-2025/medical"] || !standards["pharmacy@15min"] || len(standards) != 2 {
		t.Errorf("standards in the answer: %v", standards)
	}
	whole := answer.Rows[0]
	if whole["level"] != "total" || whole["zone"] != "" || math.Round(whole["population"].(float64)) != 207_982 {
		t.Errorf("the first row is not the whole area: %v", whole)
	}
	if second := mustRun(t, args...); second != first {
		t.Error("the same question gives other bytes")
	}
	csv := mustRun(t, "coverage", store, "--csv", "--standard", "xianning-2025/medical", "--kind", "pharmacy", "--within", "15min")
	if n := strings.Count(csv, "\n"); n != len(answer.Rows)+1 {
		t.Errorf("%d lines of CSV for %d rows", n, len(answer.Rows))
	}
}

func TestGapsAnswer(t *testing.T) {
	_, store := example(t)
	var answer struct {
		Gaps []struct {
			ID         int64
			Standard   string
			Zone       string
			Population float64
			Groups     map[string]float64
			Cells      int
			Nearest    struct {
				Facility, Name string
				Seconds        int64
			}
			At [2]float64
		}
	}
	out := mustRun(t, "gaps", store, "--standard", "xianning-2025/medical", "--min-people", "5", "--json")
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Gaps) < 5 {
		t.Fatalf("only %d gaps in the example", len(answer.Gaps))
	}
	islands := 0
	for i, g := range answer.Gaps {
		if g.Population < 5 || i > 0 && g.Population > answer.Gaps[i-1].Population || g.Groups["all"] != g.Population || g.Cells == 0 {
			t.Errorf("gap %d: %+v", i, g)
		}
		if g.Nearest.Facility == "" {
			islands++
		}
	}
	if islands == 0 {
		t.Error("no gap on an island without any medical care; the example should have some")
	}
	var collection struct {
		Type     string
		Features []struct {
			Geometry   struct{ Type string }
			Properties map[string]any
		}
	}
	out = mustRun(t, "gaps", store, "--standard", "xianning-2025/medical", "--min-people", "5", "--geojson")
	if err := json.Unmarshal([]byte(out), &collection); err != nil {
		t.Fatal(err)
	}
	if collection.Type != "FeatureCollection" || len(collection.Features) != len(answer.Gaps) {
		t.Fatalf("%s of %d features for %d gaps", collection.Type, len(collection.Features), len(answer.Gaps))
	}
	for i, f := range collection.Features {
		if !strings.HasSuffix(f.Geometry.Type, "Polygon") || f.Properties["population"] != answer.Gaps[i].Population {
			t.Errorf("feature %d: %s %v", i, f.Geometry.Type, f.Properties)
		}
	}
}

// An interrupted import leaves the store as it was.
func TestInterruptedImportLeavesTheStore(t *testing.T) {
	project, store := example(t)
	before, err := os.ReadFile(store)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errText bytes.Buffer
	if code := run(ctx, []string{"import", project, "--store", store}, &out, &errText); code != exitInterrupted {
		t.Errorf("exit %d: %s", code, errText.String())
	}
	after, err := os.ReadFile(store)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the store changed (%v)", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(store), "*")); len(left) != 2 {
		t.Errorf("files left behind: %v", left)
	}
}

// The readable table, in both languages.
func TestTables(t *testing.T) {
	_, store := example(t)
	for lang, want := range map[string][]string{
		"en": {"whole area", "straight line x 1.3 at 5 km/h", "207,982", "Basic medical care circle"},
		"zh": {"全域", "直线 × 1.3", "207,982", "基本医疗卫生服务圈", "覆盖率"},
	} {
		var out, errText bytes.Buffer
		if code := run(context.Background(), []string{"coverage", store, "--lang", lang}, &out, &errText); code != exitOK {
			t.Fatal(errText.String())
		}
		for _, w := range want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s: %q is missing in\n%s", lang, w, out.String())
			}
		}
	}
}
