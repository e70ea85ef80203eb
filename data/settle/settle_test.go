package settle

import (
	"strings"
	"testing"
)

// draw makes blocks of 1 km2 from a map: '#' 10,000 people, '+' 1,500, 'o' 1,499,
// '-' 300, '.' 299, ' ' nobody.
func draw(rows ...string) Blocks {
	people := map[rune]float64{'#': 10000, '+': 1500, 'o': 1499, '-': 300, '.': 299, ' ': 0}
	b := Blocks{Cols: len(rows[0]), Rows: len(rows)}
	for _, r := range rows {
		b.KM2 = append(b.KM2, 1)
		for _, c := range r {
			b.People = append(b.People, people[c])
		}
	}
	return b
}

func TestClassify(t *testing.T) {
	for name, c := range map[string]struct{ rows, want []string }{
		"50,000 in a centre":                          {[]string{"#####  "}, []string{"CCCCC  "}},
		"less than 50,000":                            {[]string{"####oo "}, []string{"uuuuuu "}},
		"corners do not join a centre, but a cluster": {[]string{"### ", "   #", "    "}, []string{"uuu ", "   u", "    "}},
		"5,000 in a cluster":                          {[]string{"+++-- ", "      "}, []string{"uuuuu ", "      "}},
		"just less":                                   {[]string{"+++-. ", "      "}, []string{"      ", "      "}},
		"a density just below 300":                    {[]string{".................................", "                                 "}, []string{strings.Repeat(" ", 33), strings.Repeat(" ", 33)}},
		"edge and hole of a centre": {
			[]string{"       ", " ##### ", " #   # ", " # . # ", " #   # ", " ##### ", "       "},
			[]string{"       ", " CCCCC ", " CCCCC ", " CCCCC ", " CCCCC ", " CCCCC ", "       "},
		},
		"the majority rule goes on and closes a square of 16 km2": {
			[]string{"        ", " ###### ", " #    # ", " #    # ", " #    # ", " #    # ", " ###### ", "        "},
			[]string{"        ", " CCCCCC ", " CCCCCC ", " CCCCCC ", " CCCCCC ", " CCCCCC ", " CCCCCC ", "        "},
		},
		"majority": {[]string{"     ", " ### ", " # # ", " # # ", "     "}, []string{"     ", " CCC ", " CCC ", " CCC ", "     "}},
	} {
		got := Classify(draw(c.rows...))
		var text strings.Builder
		for i, k := range got {
			if i > 0 && i%len(c.rows[0]) == 0 {
				text.WriteByte('\n')
			}
			text.WriteByte(" uC"[k])
		}
		if want := strings.Join(c.want, "\n"); text.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, text.String(), want)
		}
	}
}
