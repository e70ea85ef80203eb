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
