package style

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func styles() []Style {
	ds := storetest.Town()
	return Of(ds, storetest.RunOn(ds, 1))
}

// TestGolden holds the styles to the files in testdata, which open in QGIS
// (Layer > Load Style) and GeoServer.
func TestGolden(t *testing.T) {
	for _, s := range styles() {
		for ending, text := range map[string]string{".qml": s.QML, ".sld": s.SLD} {
			file := filepath.Join("testdata", s.Layer+ending)
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil || string(want) != text {
				t.Errorf("%s differs (run with -update and look at it): %v", file, err)
			}
		}
	}
}

// wellFormed parses all of a document and returns the attributes of its
// elements of a name.
func wellFormed(t *testing.T, text, element string) (found []map[string]string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == element {
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			found = append(found, attributes)
		}
	}
}

// TestRulesFindTheirSymbols follows every rule of every style to its symbol.
func TestRulesFindTheirSymbols(t *testing.T) {
	for _, s := range styles() {
		symbols := map[string]bool{}
		for _, a := range wellFormed(t, s.QML, "symbol") {
			symbols[a["name"]] = true
		}
		keys := map[string]bool{}
		for _, a := range wellFormed(t, s.QML, "rule") {
			if keys[a["key"]] {
				t.Errorf("%s: two rules have the key %s", s.Layer, a["key"])
			}
			keys[a["key"]] = true
			if n, ok := a["symbol"]; ok && !symbols[n] {
				t.Errorf("%s: there is no symbol %s", s.Layer, n)
			}
		}
		if len(keys) == 0 || len(symbols) == 0 {
			t.Errorf("%s: %d rules, %d symbols", s.Layer, len(keys), len(symbols))
		}
		wellFormed(t, s.SLD, "Rule")
	}
}

// TestAwkwardNames puts names into rules that XML and SQL quote.
func TestAwkwardNames(t *testing.T) {
	ds := storetest.Town()
	ds.Facilities[0].Kind = "a'b\"<&\x01岱"
	ds.Facilities[1].Kind = ""
	for _, s := range Of(ds, nil) {
		filters := ""
		for _, a := range wellFormed(t, s.QML, "rule") {
			filters += a["filter"] + "\n"
		}
		if s.Layer == "facilities" && !strings.Contains(filters, "\"kind\" = 'a''b\"<&\ufffd岱'") {
			t.Error("the filter of an awkward kind: ", filters)
		}
		wellFormed(t, s.SLD, "Rule")
	}
}

// TestEveryCellIsDrawn tries the rules of the coverage layer on cells that are
// near, far, never reached and not judged: exactly one rule of the standard
// must take each.
func TestEveryCellIsDrawn(t *testing.T) {
	std := storetest.TownStandard("s", coverage.Threshold{Seconds: 900})
	run := &coverage.Run{Coverage: []coverage.Coverage{{Standard: std}}}
	rules := cells(storetest.Town(), run).rules[0].rules
	for _, c := range []struct {
		seconds int
		reached bool
		served  float64
		judged  bool
		want    string
	}{
		{0, true, 1, true, "0–7.5 min"},
		{450, true, 1, true, "0–7.5 min"},
		{451, true, 1, true, "7.5–15 min"},
		{1800, true, 1, true, "22.5–30 min"},
		{1900, true, 0.6, true, "22.5–30 min"},
		{1801, true, 0, true, "未覆盖 not served"},
		{0, false, 0, true, "未覆盖 not served"},
		{100, true, 0, false, "未评价 not judged"},
	} {
		var drawn []string
		for _, r := range rules {
			takes := strings.HasPrefix(r.filter, "NOT") != c.judged
			switch {
			case r.belowHalf:
				takes = takes && c.served < 0.5
			case r.column != "":
				takes = takes && c.served >= 0.5 && c.reached && float64(c.seconds) > r.over && float64(c.seconds) <= r.upTo
			}
			if takes {
				drawn = append(drawn, r.label)
			}
		}
		if len(drawn) != 1 || drawn[0] != c.want {
			t.Errorf("%+v is drawn by %q", c, drawn)
		}
	}
}
