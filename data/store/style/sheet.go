package style

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// sheet is a style: rules, drawn in order, and a label.
type sheet struct {
	rules      []rule
	label      string  // column, "" for none
	labelScale float64 // labels are hidden when the map is coarser than 1:labelScale
}

// rule draws the features that pass its filter and one comparison: column = is,
// column < 0.5, or over < column <= upTo.
type rule struct {
	label     string
	filter    string // a QGIS expression; SLD leaves it out
	column    string
	is        string // column = is; "" is not asked
	over      float64
	upTo      float64
	belowHalf bool // column < 0.5
	otherwise bool // what no other rule takes
	off       bool
	symbol    symbol
	rules     []rule // instead of a symbol
}

type symbolKind string

const (
	marker symbolKind = "marker"
	stroke symbolKind = "line"
	fill   symbolKind = "fill"
)

// symbol is a dot, a line or an area. Colours are #rrggbb or #rrggbbaa; "" is none.
// Sizes and widths are millimetres.
type symbol struct {
	kind  symbolKind
	fill  string
	line  string
	width float64
	size  float64
	dash  [2]float64 // lengths of the strokes of a line and of the holes between; zero for none
}

// condition is the whole filter of a rule as a QGIS expression.
func (r rule) condition() string {
	var parts []string
	if r.filter != "" {
		parts = append(parts, r.filter)
	}
	switch {
	case r.otherwise:
		return "ELSE"
	case r.is != "":
		parts = append(parts, equals(r.column, r.is))
	case r.belowHalf:
		parts = append(parts, quoted(r.column)+" < 0.5")
	case r.column != "":
		parts = append(parts, quoted(r.column)+" > "+number(r.over)+" AND "+quoted(r.column)+" <= "+number(r.upTo))
	}
	return strings.Join(parts, " AND ")
}

func quoted(column string) string { return `"` + column + `"` }

func equals(column, value string) string {
	return quoted(column) + " = '" + strings.ReplaceAll(value, "'", "''") + "'"
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// escape makes s safe inside an XML attribute or element. Characters that XML
// does not have become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// channels splits #rrggbb[aa] into numbers; a colour that is none is
// transparent.
func channels(colour string) [4]uint8 {
	out := [4]uint8{0, 0, 0, 0}
	if len(colour) == 7 {
		colour += "ff"
	}
	for k := range out {
		if len(colour) == 9 {
			v, _ := strconv.ParseUint(colour[1+2*k:3+2*k], 16, 8) // colours are constants of this package
			out[k] = uint8(v)
		}
	}
	return out
}
