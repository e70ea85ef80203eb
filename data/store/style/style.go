package style

import (
	"fmt"
	"slices"

	"lifecircle/coverage"
)

// Style is the default style of a layer.
type Style struct {
	Layer string
	QML   string
	SLD   string
}

// Name is the name of every style of this package.
const Name = "lifecircle"

// Of returns the styles of the layers that are drawn; run may be nil.
func Of(ds *coverage.Dataset, run *coverage.Run) []Style {
	styles := []Style{}
	add := func(layer string, s sheet) {
		styles = append(styles, Style{layer, s.qml(), s.sld(layer)})
	}
	add("facilities", facilities(ds.Facilities))
	add("zones", zones())
	add("land", land())
	add("demand", demand(ds.Demand))
	add("transport_roads", roads())
	return append(styles, OfRun(ds, run)...)
}

// OfRun returns the styles of the layers that show a run, which may be nil.
func OfRun(ds *coverage.Dataset, run *coverage.Run) []Style {
	c, z, g := cells(ds, run), zoneShares(run), gaps()
	return []Style{
		{"coverage", c.qml(), c.sld("coverage")},
		{"coverage_zones", z.qml(), z.sld("coverage_zones")},
		{"gaps", g.qml(), g.sld("gaps")},
	}
}

// palette tells kinds apart.
var palette = []string{"#1b6ca8", "#d1495b", "#2a9d8f", "#8f5fbf", "#e09f3e", "#5c677d", "#c2185b", "#4d7c0f", "#0e7490", "#92400e"}

func facilities(list []coverage.Facility) sheet {
	var kinds []string
	for i := range list {
		if !slices.Contains(kinds, list[i].Kind) {
			kinds = append(kinds, list[i].Kind)
		}
	}
	slices.Sort(kinds)
	s := sheet{label: "name", labelScale: 50000}
	kinds = slices.DeleteFunc(kinds, func(kind string) bool { return kind == "" })
	for k, kind := range kinds {
		s.rules = append(s.rules, rule{
			label: kind, column: "kind", is: kind,
			symbol: symbol{kind: marker, fill: palette[k%len(palette)], line: "#ffffff", width: 0.4, size: 2.8},
		})
	}
	s.rules = append(s.rules, rule{
		label: "其他 other", otherwise: true,
		symbol: symbol{kind: marker, fill: "#777777", line: "#ffffff", width: 0.4, size: 2.8},
	})
	return s
}

func zones() sheet {
	return sheet{label: "name", labelScale: 1000000, rules: []rule{{
		label: "行政单元 zone", symbol: symbol{kind: fill, line: "#4a5568", width: 0.35},
	}}}
}

func land() sheet {
	return sheet{rules: []rule{{label: "陆块 land", symbol: symbol{kind: fill, fill: "#f4f1ea", line: "#b8b0a0", width: 0.2}}}}
}

func roads() sheet {
	return sheet{rules: []rule{
		{label: "航线 boats", column: "ferry", is: "yes", symbol: symbol{kind: stroke, line: "#1b6ca8", width: 0.4, dash: [2]float64{2, 1.5}}},
		{label: "道路 roads", otherwise: true, symbol: symbol{kind: stroke, line: "#8a8f98", width: 0.2}},
	}}
}

// demand shades the people of the first group in five classes that hold for
// cells of 100 m and of 1 km alike.
func demand(d *coverage.DemandSet) sheet {
	s := sheet{}
	column := "people_all"
	if d != nil && len(d.Groups) > 0 && d.Groups[0] != "all" {
		column = ""
	}
	if column == "" {
		return sheet{rules: []rule{{label: "人口 people", symbol: symbol{kind: marker, fill: "#7a4f9a", size: 1}}}}
	}
	bounds := []float64{0, 1, 5, 20, 100, 1e12}
	colours := []string{"#efe3f5", "#d5b8e3", "#b185c7", "#8854a5", "#54257a"}
	for k, colour := range colours {
		label := fmt.Sprintf("%g–%g", bounds[k], bounds[k+1])
		if k == len(colours)-1 {
			label = fmt.Sprintf("> %g", bounds[k])
		}
		s.rules = append(s.rules, rule{
			label: label + " 人 people", column: column, over: bounds[k], upTo: bounds[k+1],
			symbol: symbol{kind: marker, fill: colour, size: 0.8 + 0.3*float64(k)},
		})
	}
	return s
}

// served is the ramp of what is within the threshold, near to far; notServed
// that of what is beyond it.
var (
	served    = []string{"#08519c", "#3182bd", "#6baed6", "#bdd7e7"}
	notServed = "#f28e2b"
)

// cells shows the first standard of the run; the others are in the list and
// switched off, so that one click shows them.
func cells(ds *coverage.Dataset, run *coverage.Run) sheet {
	kind := fill
	if ds.Demand != nil && ds.Demand.Grid.IsZero() {
		kind = marker
	}
	draw := func(colour string) symbol { return symbol{kind: kind, fill: colour, size: 1.6} }
	var s sheet
	for k := range standardsOf(run) {
		std := &run.Coverage[k].Standard
		group := rule{label: title(std), column: "standard", is: std.ID, off: k > 0}
		group.rules = bands(std, draw)
		group.rules = append(group.rules,
			rule{label: "未覆盖 not served", column: "served", belowHalf: true, filter: `"judged"`, symbol: draw(notServed)},
			rule{label: "未评价 not judged", filter: `NOT "judged"`, symbol: draw("#d9d9d9")})
		s.rules = append(s.rules, group)
	}
	if len(s.rules) == 0 {
		s.rules = []rule{{label: "覆盖 coverage", symbol: draw(served[1])}}
	}
	return s
}

// bands cut the way up to the largest threshold of a standard into quarters.
func bands(std *coverage.Standard, draw func(string) symbol) []rule {
	column, unit, per, limit := "metres", "m", 1.0, 0.0
	for _, r := range std.Rules {
		if r.Threshold.IsTime() {
			column, unit, per = "seconds", "min", 60
			limit = max(limit, float64(r.Threshold.Seconds))
		} else {
			limit = max(limit, r.Threshold.Metres)
		}
	}
	var out []rule
	for k, colour := range served {
		lo, hi := limit*float64(k)/4, limit*float64(k+1)/4
		r := rule{
			label: fmt.Sprintf("%s–%s %s", short(lo/per), short(hi/per), unit), column: column, over: lo, upTo: hi,
			filter: `"judged" AND "served" >= 0.5`, symbol: draw(colour),
		}
		if k == 0 {
			r.over = -1
		}
		if k == len(served)-1 {
			r.upTo = 1e12 // cells served by their share may be farther
		}
		out = append(out, r)
	}
	return out
}

// zoneShares colours zones by the share of people served, for the standard's
// own group.
func zoneShares(run *coverage.Run) sheet {
	colours := []string{"#b2182b", "#ef8a62", "#fddbc7", "#d1e5f0", "#67a9cf", "#2166ac"}
	bounds := []float64{-1, 0.3, 0.5, 0.7, 0.85, 0.95, 1}
	var s sheet
	for k := range standardsOf(run) {
		std := &run.Coverage[k].Standard
		group := rule{
			label: title(std), off: k > 0, column: "standard", is: std.ID,
			filter: equals("people", std.Group) + ` AND "setting" = 'all' AND "population" > 0`,
		}
		for b, colour := range colours {
			group.rules = append(group.rules, rule{
				label: fmt.Sprintf("%.0f–%.0f %%", 100*max(0, bounds[b]), 100*bounds[b+1]), column: "share", over: bounds[b], upTo: bounds[b+1],
				symbol: symbol{kind: fill, fill: colour, line: "#4a5568", width: 0.25},
			})
		}
		s.rules = append(s.rules, group)
	}
	if len(s.rules) == 0 {
		return zones()
	}
	s.label, s.labelScale = "name", 1000000
	return s
}

func gaps() sheet {
	return sheet{label: "rank", labelScale: 500000, rules: []rule{{
		label: "缺口 gap", symbol: symbol{kind: fill, fill: "#d7191c30", line: "#d7191c", width: 0.6},
	}}}
}

func standardsOf(run *coverage.Run) []coverage.Coverage {
	if run == nil {
		return nil
	}
	return run.Coverage
}

func title(s *coverage.Standard) string {
	if name := s.Name.In("zh"); name != "" {
		return name + " (" + s.ID + ")"
	}
	return s.ID
}

func short(x float64) string { return fmt.Sprintf("%.4g", x) }
