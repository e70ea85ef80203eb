package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"lifecircle/data/sample"
	"lifecircle/data/store/postgis/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// A GeoPackage and PostGIS give the same answers to the last digit.
func TestBothStoresAnswerAlike(t *testing.T) {
	project := filepath.Join(t.TempDir(), "daishan")
	if err := sample.WriteTo(project); err != nil {
		t.Fatal(err)
	}
	urls := []string{filepath.Join(t.TempDir(), "daishan.gpkg"), pgtest.URL(t)}
	for _, question := range [][]string{
		{"coverage", "--json"},
		{"coverage", "--json", "--cell", "area", "--kind", "pharmacy", "--within", "15min", "--landmass", "off"},
		{"gaps", "--json", "--min-people", "10"},
	} {
		var first string
		for _, url := range urls {
			if question[0] == "coverage" && len(question) == 2 {
				mustRun(t, "import", project, "--store", url)
			}
			args := append([]string{question[0], url}, question[1:]...)
			answer := mustRun(t, args...)
			if !json.Valid([]byte(answer)) {
				t.Fatalf("%v: no JSON", question)
			}
			if first == "" {
				first = answer
			} else if answer != first {
				t.Errorf("%v: the stores answer differently", question)
			}
		}
	}
}
