package table

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// State says how a cell was read.
type State uint8

// The states of a cell.
const (
	Good    State = iota // a value
	Missing              // nothing, or a word that people write for nothing (NA, 无, —)
	Bad                  // something else
)

var nothing = map[string]bool{
	"": true, "-": true, "--": true, "—": true, "——": true, "/": true, "\\": true, "…": true, ".": true,
	"na": true, "n/a": true, "#n/a": true, "null": true, "none": true, "nil": true, "nan": true,
	"无": true, "暂无": true, "不详": true, "未知": true, "缺失": true, "空": true, "(空)": true,
}

// Units that may follow a number and do not change it. Units that would
// (km for m, %, 千) are left out on purpose: such a cell is Bad.
var units = map[string]bool{
	"张": true, "人": true, "个": true, "床": true, "名": true, "位": true, "所": true, "户": true, "间": true, "家": true, "座": true,
	"处": true, "只": true, "台": true, "辆": true, "岁": true, "元": true, "口": true, "年": true, "张床": true, "张床位": true, "个床位": true,
	"床位": true, "个学位": true, "学位": true, "座位": true, "个座位": true, "个托位": true, "托位": true, "人次": true,
	"米": true, "m": true, "平方米": true, "平米": true, "m2": true, "m²": true, "㎡": true,
	"bed": true, "beds": true, "people": true, "persons": true, "person": true, "place": true, "places": true, "seat": true, "seats": true,
}

// Number reads a number from a cell: full-width digits, thousands separators
// ("1,234" and "1 234", in groups of three only), a unit after it ("120张") and
// 万 and 亿 (times 10^4 and 10^8). A comma that could be a decimal sign ("12,5"),
// a range, "约120" and 5 % are Bad, never guessed.
func Number(cell string) (float64, State) {
	s := trim(cell)
	if v, ok := plain(s); ok {
		return v, Good
	}
	s = width.Fold.String(s)
	s = strings.NewReplacer("−", "-", "–", "-").Replace(s)
	if nothing[strings.ToLower(s)] {
		return 0, Missing
	}
	s = strings.TrimPrefix(s, "'")
	end := numberEnd(s)
	if end == 0 {
		return 0, Bad
	}
	v, ok := plain(ungroup(strings.TrimFunc(s[:end], isSpace)))
	if !ok {
		return 0, Bad
	}
	return unit(v, strings.ToLower(strings.TrimFunc(s[end:], isSpace)))
}

func unit(v float64, rest string) (float64, State) {
	for prefix, factor := range map[string]float64{"万": 1e4, "亿": 1e8} {
		if after, ok := strings.CutPrefix(rest, prefix); ok && (after == "" || units[after]) {
			// The nearest decimal: 1.1 x 10000 is 11000, not 11000.000000000002.
			exact, err := strconv.ParseFloat(strconv.FormatFloat(v*factor, 'g', 15, 64), 64)
			return exact, map[bool]State{true: Good, false: Bad}[err == nil]
		}
	}
	if rest == "" || units[rest] {
		return v, Good
	}
	return 0, Bad
}

// numberEnd is where the characters of a number end, separators included.
func numberEnd(s string) int {
	for i, r := range s {
		if !(r >= '0' && r <= '9' || r == '.' || r == ',' || r == '+' || r == '-' || isSpace(r)) {
			if (r == 'e' || r == 'E') && i > 0 && i+1 < len(s) && strings.IndexByte("+-0123456789", s[i+1]) >= 0 {
				continue
			}
			return i
		}
	}
	return len(s)
}

// ungroup drops thousands separators when every group has three digits;
// otherwise it returns s, which then is no number.
func ungroup(s string) string {
	for _, sep := range []string{",", " ", "\u00A0", "\u202F"} {
		if !strings.Contains(s, sep) {
			continue
		}
		whole, fraction, point := strings.Cut(s, ".")
		groups := strings.Split(whole, sep)
		first := strings.TrimLeft(groups[0], "+-")
		if len(first) < 1 || len(first) > 3 {
			return s
		}
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return s
			}
		}
		s = strings.Join(groups, "")
		if point {
			s += "." + fraction
		}
		return s
	}
	return s
}

// plain reads decimal notation only: ParseFloat alone would also take "inf",
// "nan", hexadecimal and underscores.
func plain(s string) (float64, bool) {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E') {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0)
}
