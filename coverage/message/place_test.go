package message

import (
	"regexp"
	"strings"
	"testing"
)

// Every message about a place reads well whatever of the place is known.
func TestPlaces(t *testing.T) {
	part, told := regexp.MustCompile(`\{ [a-z_]+\}`), 0
	for key, e := range catalogue() {
		if strings.Contains(e.EN+e.ZH, "{file} {sheet}") {
			t.Errorf("%s: write { sheet}", key)
		}
		if !part.MatchString(e.EN) {
			continue
		}
		told++
		for _, sheet := range []string{"", "Sheet1"} {
			for _, row := range []any{nil, 0, 3, "n12"} {
				for _, column := range []string{"", "x"} {
					readsWell(t, key, placeArgs(e, sheet, row, column))
				}
			}
		}
	}
	if told < 50 {
		t.Errorf("only %d messages about places", told)
	}
}

// placeArgs fills a message with values and with the place, of which a text in
// row is an element.
func placeArgs(e entry, sheet string, row any, column string) Args {
	args := Args{}
	for _, name := range placeholder.FindAllString(e.EN, -1) {
		args[strings.Trim(name, "{} ")] = "v"
	}
	for _, of := range []string{"", "first_", "other_"} {
		if strings.Contains(e.EN, "{"+of+"row}") { // said in words of its own
			continue
		}
		delete(args, of+"row")
		if element, is := row.(string); is {
			args[of+"row"], args[of+"element"] = 0, element
		} else if row != nil {
			args[of+"row"] = row
		}
	}
	args["file"], args["sheet"] = "f.csv", sheet
	if !strings.Contains(e.EN, "{column}") {
		args["column"] = column
	}
	return args
}

var awkward = regexp.MustCompile(`  | [:：,，“]|""|“”|\{ ?[a-z_]+\}|\b(row|line|feature) 0|第 0 `)

func readsWell(t *testing.T, key string, args Args) {
	t.Helper()
	for _, lang := range []string{"zh", "en"} {
		if text := Render(lang, key, args); awkward.MatchString(text) {
			t.Errorf("%s: %s", key, text)
		}
	}
}

func TestPlaceByHand(t *testing.T) {
	for _, c := range []struct {
		args   Args
		zh, en string
	}{
		{Args{"sheet": "表1", "row": 3, "column": "x"}, "f.csv 表1 第 3 行“x”：没有坐标；请补上", `f.csv 表1 row 3, "x": no coordinates; fill them in`},
		{Args{"sheet": "", "row": 3, "column": ""}, "f.csv 第 3 行：没有坐标；请补上", "f.csv row 3: no coordinates; fill them in"},
		{Args{"sheet": "", "row": 0, "element": "n12", "column": ""}, "f.csv 节点 12：没有坐标；请补上", "f.csv node 12: no coordinates; fill them in"},
		{Args{}, "f.csv：没有坐标；请补上", "f.csv: no coordinates; fill them in"},
	} {
		c.args["file"] = "f.csv"
		if zh, en := Render("zh", "lonlat.missing", c.args), Render("en", "lonlat.missing", c.args); zh != c.zh || en != c.en {
			t.Errorf("%q, %q", zh, en)
		}
	}
	if a, b, c := Element("zh", "w34"), Element("en", "r56"), Element("en", "x7"); a != "路径 34" || b != "relation 56" || c != "x7" {
		t.Error(a, b, c)
	}
}
