package layer

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

var roadColumns = []Column{
	{"kind", Text},  // as a profile lists it: "primary", "route=ferry"
	{"ferry", Text}, // "yes", "no"
	{"name", Text},  // of a boat service
	{"length_m", Real},
	{"tags", Text}, // "highway=primary; surface=gravel"
}

// drawnRoads is the streets and boats as lines, for the eye: [Load] reads the
// graph from the parts, which no drawing can hold in full.
func drawnRoads(t *coverage.Transport) Layer {
	l := Layer{
		Name: "transport_roads", Geometry: "LINESTRING", Columns: roadColumns,
		About: "道路与航线（仅供查看，修改无效） Roads and boats, to look at: changes here are not read",
	}
	if t == nil || t.Roads == nil {
		return l
	}
	g := t.Roads
	l.Len = g.Edges()
	services := g.Ferries()
	l.Row = func(i int, v []any) orb.Geometry {
		edge := uint32(i)
		tags := g.Tags(edge)
		v[0], v[1], v[2] = showable(tags.Kind()), "no", nil
		if s, ok := g.Boat(edge); ok {
			v[1], v[2] = "yes", showable(services[s].Name)
		}
		v[3], v[4] = float64(g.LengthMM(edge))/1000, listed(tags)
		if line := g.Line(edge); len(line) > 1 {
			return line
		}
		return nil // two nodes at one place
	}
	return l
}

// listed writes tags in a line.
func listed(tags profile.Tags) string {
	var b strings.Builder
	for i, t := range tags {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(t.Key + "=" + t.Value)
	}
	return showable(b.String())
}

// showable is a text that every store takes. Tags come from maps as they are.
func showable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}
