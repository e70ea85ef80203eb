package table

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Axis is the direction that a coordinate says it runs along.
type Axis byte

// The axes.
const (
	Unsaid Axis = iota
	East        // longitude, easting: E, W, 东经, 西经
	North       // latitude, northing: N, S, 北纬, 南纬
)

var hemispheres = map[string]struct {
	axis Axis
	sign float64
}{
	"": {Unsaid, 1}, "e": {East, 1}, "w": {East, -1}, "n": {North, 1}, "s": {North, -1},
	"经度": {East, 1}, "纬度": {North, 1}, "lon": {East, 1}, "lng": {East, 1}, "lat": {North, 1},
	"东经": {East, 1}, "西经": {East, -1}, "北纬": {North, 1}, "南纬": {North, -1}, "东": {East, 1}, "西": {East, -1}, "北": {North, 1}, "南": {North, -1},
}

const hemi = `(东经|西经|北纬|南纬|经度|纬度|lon|lng|lat|[东西南北nsew])?`

var (
	spacedForm  = regexp.MustCompile(`^` + hemi + `[:=\s]*([+-]?\d{1,3})[\s-]+(\d{1,2})[\s-]+(\d{1,2}(?:\.\d*)?)\s*` + hemi + `$`)
	decimalForm = regexp.MustCompile(`^` + hemi + `[:=\s]*([+-]?\d+(?:\.\d*)?)\s*[°º˚度]?\s*` + hemi + `$`)
	sexaForm    = regexp.MustCompile(`^` + hemi + `[:=\s]*([+-]?\d+)\s*[°º˚度:]\s*(\d+(?:\.\d*)?)\s*(?:['′’‘´` + "`" + `分:]\s*(?:(\d+(?:\.\d*)?)\s*(?:["″”“秒]|''|′′|’’)?)?)?\s*` + hemi + `$`)
)

// Coordinate reads one coordinate from a cell: a decimal number, or degrees,
// minutes and seconds (122°12′30″E, 东经122度12分30秒, 122:12:30, 122 12 30), minutes
// and seconds below 60. axis is what the cell itself says; W and S make it negative.
func Coordinate(cell string) (value float64, axis Axis, state State) {
	s := trim(cell)
	if v, ok := plain(s); ok {
		return v, Unsaid, Good
	}
	s = strings.ToLower(width.Fold.String(s))
	s = strings.NewReplacer("−", "-", "–", "-").Replace(s)
	if nothing[s] {
		return 0, Unsaid, Missing
	}
	if m := decimalForm.FindStringSubmatch(s); m != nil {
		return angle(m[1], m[3], m[2], "", "")
	}
	if m := sexaForm.FindStringSubmatch(s); m != nil {
		return angle(m[1], m[5], m[2], m[3], m[4])
	}
	if m := spacedForm.FindStringSubmatch(s); m != nil {
		return angle(m[1], m[5], m[2], m[3], m[4])
	}
	v, state := Number(s)
	return v, Unsaid, state
}

func angle(before, after, deg, minutes, seconds string) (float64, Axis, State) {
	if before != "" && after != "" {
		return 0, Unsaid, Bad
	}
	h := hemispheres[before+after]
	d, _ := strconv.ParseFloat(deg, 64)
	m, s := part(minutes), part(seconds)
	if m >= 60 || s >= 60 || h.axis != Unsaid && strings.HasPrefix(deg, "-") {
		return 0, Unsaid, Bad
	}
	if strings.HasPrefix(deg, "-") {
		h.sign, d = -1, -d
	}
	return h.sign * (d + m/60 + s/3600), h.axis, Good
}

func part(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // "" is 0; the pattern admits digits only
	return v
}

// Pair reads two coordinates from one cell: "122.2,30.3", "(122.2 30.3)",
// "POINT(122.2 30.3)", "30°15′N 122°12′E". Letters decide which is which;
// without letters the first is x unless latFirst.
func Pair(cell string, latFirst bool) (x, y float64, state State) {
	s := strings.ToLower(width.Fold.String(trim(cell)))
	if nothing[s] {
		return 0, 0, Missing
	}
	if wkt, ok := strings.CutPrefix(s, "point"); ok {
		s, latFirst = trim(wkt), false
	}
	s = strings.Trim(s, "()[]{}【】")
	first, second, ok := halves(s)
	if !ok {
		return 0, 0, Bad
	}
	a, axisA, stateA := Coordinate(first)
	b, axisB, stateB := Coordinate(second)
	if stateA != Good || stateB != Good || axisA != Unsaid && axisA == axisB {
		return 0, 0, Bad
	}
	if axisA == North || axisB == East || latFirst && axisA == Unsaid && axisB == Unsaid {
		a, b = b, a
	}
	return a, b, Good
}

// halves cuts a pair at its one separator: a comma, semicolon, 、, / or |, else
// the only run of spaces.
func halves(s string) (first, second string, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;、|､/", r) })
	if len(parts) == 1 {
		parts = strings.FieldsFunc(s, isSpace)
	}
	if len(parts) != 2 {
		return "", "", false
	}
	return parts[0], parts[1], true
}
