package message

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{ ?[a-z_0-9]+\}`)

// Both languages of every message are there and name the same values.
func TestLanguagesAgree(t *testing.T) {
	for key, e := range catalogue() {
		if strings.TrimSpace(e.ZH) == "" || strings.TrimSpace(e.EN) == "" {
			t.Errorf("%s: a language is missing", key)
		}
		zh, en := placeholder.FindAllString(e.ZH, -1), placeholder.FindAllString(e.EN, -1)
		slices.Sort(zh)
		slices.Sort(en)
		if !slices.Equal(slices.Compact(zh), slices.Compact(en)) {
			t.Errorf("%s: zh names %v, en names %v", key, zh, en)
		}
	}
	if len(Keys()) == 0 {
		t.Error("the catalogue is empty")
	}
}

func TestRender(t *testing.T) {
	if got := Render("en", "threshold.invalid", Args{"value": "{value}x"}); !strings.Contains(got, `"{value}x"`) {
		t.Errorf("values must not be filled twice: %s", got)
	}
	if got := Render("en", "no.such.key", Args{"a": 1}); got != "no.such.key map[a:1]" {
		t.Errorf("unknown key: %s", got)
	}
}
