package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/solvefile"

	"github.com/google/go-cmp/cmp"
)

// Three sites at the corners of a triangle, worked out by hand.
func TestSolve(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       int
		want       solvefile.Answer
	}{
		{
			"p-median", `{"model":"pmedian","p":2,"weights":[1,2,3,0],"matrix":[[0,4,5,1],[4,0,3,1],[5,3,0,1]]}`, exitOK,
			solvefile.Answer{Model: "pmedian", Open: []string{"1", "2"}, Value: 4, Bound: 4, Proven: true, Curve: []siting.CurvePoint{{P: 1, Value: 11, Bound: 11}, {P: 2, Value: 4, Bound: 4}}},
		},
		{
			"p-center", `{"model":"pcenter","p":1,"weights":[1,2,3,0],"matrix":[[0,4,5,9],[4,0,3,9],[5,3,0,9]]}`, exitOK,
			solvefile.Answer{Model: "pcenter", Open: []string{"1"}, Value: 4, Bound: 4, Proven: true, Curve: []siting.CurvePoint{{P: 1, Value: 4, Bound: 4}}},
		},
		{
			"MCLP", `{"model":"mclp","p":1,"weights":[1,2,4],"threshold":3,"distances":{"first":[0,2,4],"demand":[0,1,1,2],"value":[1,3,3.5,3]}}`, exitOK,
			solvefile.Answer{Model: "mclp", Open: []string{"1"}, Value: 4, Bound: 4, Proven: true, Curve: []siting.CurvePoint{{P: 1, Value: 4, Bound: 4}}},
		},
		{
			"LSCP", `{"model":"lscp","weights":[1,2,0],"threshold":3,"distances":{"first":[0,2,4],"demand":[0,1,1,2],"value":[1,3,3,4]}}`, exitOK,
			solvefile.Answer{Model: "lscp", Open: []string{"0"}, Value: 1, Bound: 1, Proven: true, Curve: []siting.CurvePoint{}},
		},
		{"infeasible", `{"model":"lscp","weights":[1,2,3],"threshold":3,"distances":{"first":[0,2,4],"demand":[0,1,1,2],"value":[1,3,3,4]}}`, exitInfeasible, solvefile.Answer{}},
		{"unknown key", `{"model":"lscp","wieghts":[1]}`, exitUse, solvefile.Answer{}},
	} {
		file := filepath.Join(t.TempDir(), "instance.json")
		if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		code, out, errText := command(t, "solve", file, "--json")
		if code != c.code {
			t.Errorf("%s: exit %d, want %d: %s", c.name, code, c.code, errText)
		}
		if code != exitOK {
			continue
		}
		var got solvefile.Answer
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		got.Seconds = 0
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
	if code, _, _ := command(t, "solve", filepath.Join(t.TempDir(), "none.json")); code != exitNotFound {
		t.Errorf("a missing file: exit %d", code)
	}
}
