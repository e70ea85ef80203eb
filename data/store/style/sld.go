package style

import (
	"fmt"
	"strings"
)

// sld writes the sheet as SLD 1.0: the rules that are switched on, with those
// parts of their filters that compare one column with numbers or a text.
func (s sheet) sld(layer string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	b.WriteString(`<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">` + "\n")
	fmt.Fprintf(&b, "<NamedLayer><Name>%s</Name><UserStyle><Name>%s</Name><FeatureTypeStyle>\n", escape(layer), Name)
	sldRules(&b, s.rules, "")
	b.WriteString("</FeatureTypeStyle></UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n")
	return b.String()
}

// sldRules writes rules under the comparisons of the rules around them. A rule
// that only has a filter cannot be said in SLD and is left out.
func sldRules(b *strings.Builder, rules []rule, around string) {
	for _, r := range rules {
		if r.off || r.filter != "" && r.column == "" && len(r.rules) == 0 {
			continue
		}
		own := around + comparisons(r)
		if len(r.rules) > 0 {
			sldRules(b, r.rules, own)
			continue
		}
		fmt.Fprintf(b, "<Rule><Name>%s</Name>%s%s</Rule>\n", escape(r.label), sldFilter(r, own), sldSymbol(r.symbol))
	}
}

func sldFilter(r rule, comparisons string) string {
	switch {
	case r.otherwise:
		return "<ElseFilter/>"
	case comparisons == "":
		return ""
	case strings.Count(comparisons, "<ogc:Literal>") == 1:
		return "<ogc:Filter>" + comparisons + "</ogc:Filter>"
	}
	return "<ogc:Filter><ogc:And>" + comparisons + "</ogc:And></ogc:Filter>"
}

func comparisons(r rule) string {
	compare := func(op, value string) string {
		return fmt.Sprintf("<ogc:%s><ogc:PropertyName>%s</ogc:PropertyName><ogc:Literal>%s</ogc:Literal></ogc:%s>", op, escape(r.column), value, op)
	}
	switch {
	case r.is != "":
		return compare("PropertyIsEqualTo", escape(r.is))
	case r.belowHalf:
		return compare("PropertyIsLessThan", "0.5")
	case r.column != "":
		return compare("PropertyIsGreaterThan", number(r.over)) + compare("PropertyIsLessThanOrEqualTo", number(r.upTo))
	}
	return ""
}

func sldSymbol(s symbol) string {
	inner := ""
	if s.fill != "" {
		inner += fmt.Sprintf(`<Fill><CssParameter name="fill">%s</CssParameter></Fill>`, s.fill[:7])
	}
	if s.line != "" {
		dash := ""
		if s.dash != [2]float64{} {
			dash = fmt.Sprintf(`<CssParameter name="stroke-dasharray">%s %s</CssParameter>`, number(s.dash[0]*72/25.4), number(s.dash[1]*72/25.4))
		}
		inner += fmt.Sprintf(`<Stroke><CssParameter name="stroke">%s</CssParameter><CssParameter name="stroke-width">%s</CssParameter>%s</Stroke>`,
			s.line[:7], number(s.width*72/25.4), dash)
	}
	if s.kind == stroke {
		return "<LineSymbolizer>" + inner + "</LineSymbolizer>"
	}
	if s.kind == marker {
		return fmt.Sprintf("<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName>%s</Mark><Size>%s</Size></Graphic></PointSymbolizer>",
			inner, number(s.size*72/25.4))
	}
	return "<PolygonSymbolizer>" + inner + "</PolygonSymbolizer>"
}
