package style

import (
	"fmt"
	"strconv"
	"strings"
)

// qml writes the sheet as a QGIS style with a rule-based renderer.
func (s sheet) qml() string {
	w := qmlWriter{}
	w.line(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>`)
	labels := ""
	if s.label != "" {
		labels = ` labelsEnabled="1"`
	}
	w.line(`<qgis version="3.22.0" styleCategories="Symbology|Labeling"%s>`, labels)
	w.line(`<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">`)
	w.line(`<rules key="root">`)
	w.rules(s.rules, "r")
	w.line(`</rules>`)
	w.line(`<symbols>`)
	for n, symbol := range w.symbols {
		w.symbol(n, symbol)
	}
	w.line(`</symbols>`)
	w.line(`</renderer-v2>`)
	if s.label != "" {
		w.labeling(s)
	}
	w.line(`</qgis>`)
	return w.b.String()
}

type qmlWriter struct {
	b       strings.Builder
	symbols []symbol
}

func (w *qmlWriter) line(format string, args ...any) {
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// rules writes rules; key makes the keys, which must differ.
func (w *qmlWriter) rules(rules []rule, key string) {
	for n, r := range rules {
		own := key + strconv.Itoa(n)
		attributes := fmt.Sprintf(`key="%s" label="%s"`, own, escape(r.label))
		if c := r.condition(); c != "" {
			attributes += fmt.Sprintf(` filter="%s"`, escape(c))
		}
		if r.off {
			attributes += ` checkstate="0"`
		}
		if len(r.rules) > 0 {
			w.line(`<rule %s>`, attributes)
			w.rules(r.rules, own+"-")
			w.line(`</rule>`)
			continue
		}
		w.line(`<rule %s symbol="%d"/>`, attributes, len(w.symbols))
		w.symbols = append(w.symbols, r.symbol)
	}
}

func (w *qmlWriter) symbol(n int, s symbol) {
	class, options := "SimpleFill", fillOptions(s)
	switch s.kind {
	case marker:
		class, options = "SimpleMarker", markerOptions(s)
	case stroke:
		class, options = "SimpleLine", lineOptions(s)
	}
	w.line(`<symbol type="%s" name="%d" alpha="1" clip_to_extent="1" force_rhr="0">`, s.kind, n)
	w.line(`<layer class="%s" enabled="1" locked="0" pass="0">`, class)
	w.line(`<Option type="Map">`)
	for _, o := range options { // QGIS 3.20 and later
		w.line(`<Option type="QString" name="%s" value="%s"/>`, o[0], o[1])
	}
	w.line(`</Option>`)
	for _, o := range options { // before
		w.line(`<prop k="%s" v="%s"/>`, o[0], o[1])
	}
	w.line(`</layer>`)
	w.line(`</symbol>`)
}

func fillOptions(s symbol) [][2]string {
	brush, pen := "solid", "solid"
	if s.fill == "" {
		brush = "no"
	}
	if s.line == "" {
		pen = "no"
	}
	return [][2]string{
		{"color", rgba(s.fill)},
		{"style", brush},
		{"outline_color", rgba(s.line)},
		{"outline_style", pen},
		{"outline_width", number(s.width)},
		{"outline_width_unit", "MM"},
		{"joinstyle", "round"},
	}
}

func markerOptions(s symbol) [][2]string {
	pen := "solid"
	if s.line == "" {
		pen = "no"
	}
	return [][2]string{
		{"name", "circle"},
		{"color", rgba(s.fill)},
		{"outline_color", rgba(s.line)},
		{"outline_style", pen},
		{"outline_width", number(s.width)},
		{"size", number(s.size)},
		{"size_unit", "MM"},
	}
}

func lineOptions(s symbol) [][2]string {
	options := [][2]string{
		{"line_color", rgba(s.line)},
		{"line_style", "solid"},
		{"line_width", number(s.width)},
		{"line_width_unit", "MM"},
		{"capstyle", "round"},
		{"joinstyle", "round"},
	}
	if s.dash != [2]float64{} {
		options = append(options, [][2]string{
			{"use_custom_dash", "1"}, {"customdash", number(s.dash[0]) + ";" + number(s.dash[1])}, {"customdash_unit", "MM"},
		}...)
	}
	return options
}

func rgba(colour string) string {
	c := channels(colour)
	return fmt.Sprintf("%d,%d,%d,%d", c[0], c[1], c[2], c[3])
}

func (w *qmlWriter) labeling(s sheet) {
	w.line(`<labeling type="simple">`)
	w.line(`<settings calloutType="simple">`)
	w.line(`<text-style fieldName="%s" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="9" fontSizeUnit="Point" textColor="45,55,72,255" textOpacity="1" namedStyle="Regular">`, escape(s.label))
	w.line(`<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>`)
	w.line(`</text-style>`)
	w.line(`<placement placement="0" dist="1" distUnits="MM"/>`)
	w.line(`<rendering scaleVisibility="1" scaleMin="%s" scaleMax="1" obstacle="1" drawLabels="1"/>`, number(s.labelScale))
	w.line(`</settings>`)
	w.line(`</labeling>`)
}
