package kinds

import (
	"strings"
	"testing"

	"lifecircle/coverage/standard"
)

func TestWords(t *testing.T) {
	for word, want := range map[string]string{
		"社区卫生服务中心": "community_health_centre", "卫生院": "township_hospital", "村卫生室": "village_clinic", "门诊部": "clinic",
		"小学": "primary_school", "九年一贯制学校": "nine_year_school", "幼儿园": "kindergarten", "养老院": "care_home",
		"日间照料中心": "day_care", "幸福食堂": "canteen", "零工驿站": "gig_station", "hospital": "hospital", "clinic": "clinic",
		"Hospital ": "hospital", "ＣＬＩＮＩＣ": "clinic", "Community Health-Centre": "community_health_centre", "健身广场": "fitness",
		"岱西镇卫生院": "township_hospital", "高亭镇社区卫生服务中心": "community_health_centre", "县人民医院": "hospital", "县中医院": "tcm_hospital",
		"东沙社区居家养老服务中心": "elderly_centre", "tcm_hospital": "tcm_hospital", "nursing_home": "care_home",
		"": "", "banana": "", "火葬场": "",
	} {
		e, ok := Default().Find(word)
		if e.Kind != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", word, e.Kind, want)
		}
	}
	if e, _ := Default().Find("三甲医院"); e.Kind != "hospital" || e.Tier != "三级" || e.Service != "medical" {
		t.Errorf("%+v", e)
	}
}

// Every kind of the vocabulary has words, every entry the vocabulary's service.
func TestVocabulary(t *testing.T) {
	for _, e := range Default().entries {
		if s := standard.ServiceOf(e.Kind); s == "" || s != e.Service {
			t.Errorf("%s: service %q, the vocabulary has %q", e.Kind, e.Service, s)
		}
	}
}

func TestGuess(t *testing.T) {
	for word, want := range map[string]string{"XX乡卫生院（分院）": "township_hospital", "大药房连锁": "pharmacy", "hosptial": "hospital", "kindergarden": "kindergarten", "火葬场": "", "": ""} {
		if got := Default().Guess(word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}

func TestIsWord(t *testing.T) {
	for name, want := range map[string]bool{
		"小学": true, "Primary School": true, "école primaire": true, "École Primaire": true, "诊所、门诊部": true, "primary_school": true,
		"MAG Market": false, "岱西镇卫生院": false, "第一小学": false, "école primaire de Moroni": false, "": false,
	} {
		if got := Default().IsWord(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestOver(t *testing.T) {
	own, err := Parse("own.yaml", []byte("- {kind: hospital, words: [门诊部, 急诊室]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	both := own.Over(Default())
	for word, want := range map[string]string{"门诊部": "hospital", "急诊室": "hospital", "诊所": "clinic", "某某小学": "primary_school"} {
		if e, _ := both.Find(word); e.Kind != want || e.Service == "" {
			t.Errorf("%s: %+v, want %s", word, e, want)
		}
	}
	other, err := Parse("own.yaml", []byte("- {kind: hospital, service: elderly, words: [颐养医院]}\n- {kind: vet, service: animals, words: [兽医站]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	other = other.Over(Default())
	for kind, want := range map[string]string{"hospital": "elderly", "vet": "animals", "clinic": "medical", "banana": ""} {
		if got := other.Service(kind); got != want {
			t.Errorf("%s: service %q, want %q", kind, got, want)
		}
	}
	if both.Limit("village_clinic") != 100 || both.Limit("pharmacy") != 0 {
		t.Error(both.Limit("village_clinic"), both.Limit("pharmacy"))
	}
}

func TestFaultyTables(t *testing.T) {
	for _, text := range []string{"- {kind: a}", "- {words: [a]}", "- {kind: a, words: ['*']}", "- {kind: a, words: [b]}\n- {kind: c, words: [B]}", "kind: a", "- {kind: a, words: [b], colour: red}", "- {kind: a, words: [b], capacity: -1}", "\x00["} {
		if _, err := Parse("x.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), "x.yaml") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("- {kind: a, words: [b, '*c']}", "c")
	f.Add("[", "x")
	f.Fuzz(func(t *testing.T, text, word string) {
		if table, err := Parse("f", []byte(text)); err == nil {
			table.Find(word)
			table.Guess(word)
		}
	})
}

func TestTags(t *testing.T) {
	for _, r := range DefaultTags() {
		if standard.ServiceOf(r.Kind) == "" || len(r.Tags) == 0 {
			t.Errorf("%+v", r)
		}
	}
	for _, c := range []struct {
		tags map[string]string
		want string
	}{
		{map[string]string{"amenity": "hospital", "healthcare": "clinic"}, "hospital"},
		{map[string]string{"healthcare": "centre"}, "clinic"},
		{map[string]string{"amenity": "social_facility", "social_facility": "nursing_home"}, "care_home"},
		{map[string]string{"social_facility": "day_care"}, ""},
		{map[string]string{"social_facility": "day_care", "social_facility:for": "senior"}, "day_care"},
		{map[string]string{"office": "employment_agency"}, "gig_station"},
		{map[string]string{"amenity": "bench"}, ""},
		{nil, ""},
	} {
		if got := KindOfTags(DefaultTags(), c.tags); got != c.want {
			t.Errorf("%v: %q, want %q", c.tags, got, c.want)
		}
	}
	any := TagRow{Kind: "x", Tags: map[string][]string{"a": Values("*")}}
	if !any.Fits(map[string]string{"a": "1"}) || any.Fits(map[string]string{"b": "1"}) {
		t.Error("any value")
	}
}
