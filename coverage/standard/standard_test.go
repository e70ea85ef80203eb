package standard

import (
	"strings"
	"testing"

	"lifecircle/coverage"
)

// The circles that the source plans promise, as they were read from the plans.
func TestShippedPacksSayWhatThePlansSay(t *testing.T) {
	want := map[string]string{
		"xianning-2025/medical":    "all urban 15min rural 30min",
		"xianning-2025/daily-life": "all urban 15min",
		"huaibei-2025/fitness":     "all urban 15min",
		"huaibei-2025/elderly":     "60+ urban 15min",
		"qinhuangdao-2020/medical": "all all 30min",
	}
	got := map[string]string{}
	for _, id := range Shipped() {
		pack, standards, err := Load(id)
		if err != nil {
			t.Fatal(err)
		}
		if pack.ID != id || pack.YAML == "" {
			t.Errorf("pack %q came back as %q with %d bytes", id, pack.ID, len(pack.YAML))
		}
		for _, s := range standards {
			if s.Clause == "" || s.Document.ZH == "" || s.Document.EN == "" || s.Note.ZH == "" || s.Note.EN == "" || s.Target != 1 {
				t.Errorf("%s: clause, document, note or target missing: %+v", s.ID, s)
			}
			line := s.Group
			for _, r := range s.Rules {
				line += " " + r.Setting.String() + " " + r.Threshold.String()
			}
			got[s.ID] = line
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d standards shipped, want %d", len(got), len(want))
	}
	for id, line := range want {
		if got[id] != line {
			t.Errorf("%s: %q, want %q", id, got[id], line)
		}
	}
}

const bad = `id: Bad Pack
name: {en: x}
standards:
  - id: a
    name: {en: a}
    service: s
    kinds: [clinic]
    target: 1.5
    rules:
      - {setting: urban, within: 15min, mode: line, speed_kmh: 5}
      - {setting: urban, within: 1km, mode: line}
      - {setting: town, within: soon, mode: tele port, speed_kmh: 0, detour: 0.5}
  - id: a
    kinds: []
`

func TestEveryFaultIsFoundWithItsLine(t *testing.T) {
	_, err := Parse("bad.yaml", []byte(bad))
	if err == nil {
		t.Fatal("no error")
	}
	text := coverage.Explain(err, "en")
	for _, want := range []string{
		`line 1, id: id "Bad Pack"`,
		"line 8, standards[0].target",
		"line 11, standards[0].rules[1].setting",
		"line 11, standards[0].rules[1].within",
		`line 12, standards[0].rules[2].setting: "town"`,
		`line 12, standards[0].rules[2].within: threshold "soon"`,
		`line 12, standards[0].rules[2].mode: mode "tele port"`,
		"line 12, standards[0].rules[2].detour",
		`line 13, standards[1].id: id "a" stands twice`,
		"standards[1].name is missing",
		"standards[1].rules is missing",
		"standards[1].kinds is missing",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("missing %q in:\n%s", want, text)
		}
	}
	if zh := coverage.Explain(err, "zh"); !strings.Contains(zh, "第 8 行") {
		t.Errorf("Chinese text lacks the line:\n%s", zh)
	}
	if coverage.CodeOf(err) != coverage.Unusable {
		t.Errorf("code %q", coverage.CodeOf(err))
	}
}

func TestUnknownKeyIsRefusedWithItsLine(t *testing.T) {
	_, err := Parse("p.yaml", []byte("id: a\nstandarts: []\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

func TestUnknownPackNamesTheShippedOnes(t *testing.T) {
	_, _, err := Load("atlantis-2030")
	if coverage.CodeOf(err) != coverage.NotFound || !strings.Contains(err.Error(), "xianning-2025") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(bad))
	for _, id := range Shipped() {
		p, _, _ := Load(id)
		f.Add([]byte(p.YAML))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		standards, err := Parse("fuzz.yaml", text)
		if err != nil {
			return
		}
		for _, s := range standards {
			if len(s.Rules) == 0 || len(s.Kinds) == 0 || s.Group == "" {
				t.Fatalf("accepted a standard that cannot be judged: %+v", s)
			}
		}
	})
}

// Rules may name modes of the project's roads and ground; what makes no sense
// with a mode is refused.
func TestModesOfRules(t *testing.T) {
	pack := func(rule string) string {
		return "id: p\nname: {en: p}\nstandards:\n  - id: a\n    name: {en: a}\n    service: s\n    kinds: [clinic]\n    rules:\n      - {" + rule + "}\n"
	}
	for rule, want := range map[string]coverage.Travel{
		"within: 15min, mode: walk":                                        {Mode: "walk"},
		"within: 15min, mode: walk, speed_kmh: 4":                          {Mode: "walk", SpeedKMH: 4},
		"within: 500m, mode: walk":                                         {Mode: "walk"},
		"within: 8min, mode: drive, direction: from, boats: guaranteed":    {Mode: "drive", From: true, Boats: "guaranteed"},
		"within: 30min, mode: mixed, as: drive, boats: off":                {Mode: "mixed", As: "drive", Boats: "off"},
		"within: 1h, mode: friction":                                       {Mode: "friction"},
		"within: 15min, mode: line, as: walk, speed_kmh: 5, direction: to": {Mode: "line", As: "walk", SpeedKMH: 5, Detour: 1},
	} {
		list, err := Parse("p.yaml", []byte(pack(rule)))
		if err != nil || list[0].Rules[0].Travel != want {
			t.Errorf("%s: %v, %v", rule, list, err)
		}
	}
	for rule, want := range map[string]string{
		"within: 15min, mode: walk, detour: 1.3":              "detour",
		"within: 15min, mode: line, speed_kmh: 5, boats: off": "boats",
		"within: 15min, mode: walk, boats: rarely":            "boats",
		"within: 15min, mode: walk, direction: back":          "direction",
		"within: 1km, mode: mixed":                            "within",
		"within: 1km, mode: friction":                         "within",
		"within: 15min, mode: line":                           "speed_kmh",
		"within: 15min, mode: walk, speed_kmh: -1":            "speed_kmh",
	} {
		if _, err := Parse("p.yaml", []byte(pack(rule))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want a fault of %s", rule, err, want)
		}
	}
}
