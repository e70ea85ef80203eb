package export

import (
	"slices"
	"sort"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

var rowColumns = []column{
	{key: "standard", kind: words},
	{key: "facility_kinds", kind: words},
	{key: "mode", kind: words},
	{key: "threshold", kind: words},
	{key: "level", kind: words},
	{key: "zone", kind: words},
	{key: "name", kind: words},
	{key: "group", kind: words},
	{key: "setting", kind: words},
	{key: "population", kind: real},
	{key: "served", kind: real},
	{key: "share", kind: real},
	{key: "facilities", kind: whole},
	{key: "target", kind: real},
}

// rows is the coverage table. The rows of the whole area have no polygon; a
// GeoJSON has them beside its features.
func rows(ds *coverage.Dataset, run *coverage.Run) *table {
	var list []coverage.Row
	for k := range run.Coverage {
		list = append(list, run.Coverage[k].Rows...)
	}
	shapes := make(map[string]orb.Geometry, len(ds.Zones))
	for i := range ds.Zones {
		shapes[ds.Zones[i].ID] = area(ds.Zones[i].Geometry)
	}
	return &table{
		name: "coverage", geometry: "MULTIPOLYGON", columns: rowColumns, len: len(list),
		row: func(i int, v []any) orb.Geometry {
			r := &list[i]
			copy(v, []any{
				r.Standard, strings.Join(r.Kind, ","), r.Mode, threshold(r.Threshold), r.Level, known(r.Zone), known(r.Name), r.Group, r.Setting,
				r.Population, r.Served, r.Share, int64(r.Facilities), positive(r.Target),
			})
			if r.Zone == "" {
				return nil
			}
			return shapes[r.Zone]
		},
		properties: func(i int) any { return &list[i] },
		aside:      func(i int) bool { return list[i].Zone == "" },
	}
}

// threshold says "15min", or "urban 15min, rural 30min".
func threshold(t coverage.ThresholdAnswer) string {
	if len(t.BySetting) == 0 {
		return t.Threshold.String()
	}
	var parts []string
	for at := coverage.SettingAny; at <= coverage.Rural; at++ {
		if own, ok := t.BySetting[at.String()]; ok {
			parts = append(parts, at.String()+" "+own.String())
		}
	}
	return strings.Join(parts, ", ")
}

var gapColumns = []column{
	{key: "standard", kind: words},
	{key: "rank", kind: whole},
	{key: "id", kind: whole},
	{key: "zone", kind: words},
	{key: "zone_name", kind: words},
	{key: "population", kind: real},
	{key: "cells", kind: whole},
	{key: "area_m2", kind: real},
	{key: "nearest_facility", kind: words},
	{key: "nearest_name", kind: words},
	{key: "nearest_seconds", kind: whole},
	{key: "nearest_metres", kind: real},
}

func gaps(ds *coverage.Dataset, run *coverage.Run) *table {
	var list []coverage.Gap
	for k := range run.Coverage {
		list = append(list, run.Coverage[k].Gaps...)
	}
	groups := gapGroups(list, groupsOf(ds))
	columns := append(gapColumns[:len(gapColumns):len(gapColumns)], peopleColumns(groups)...)
	return &table{
		name: "gaps", geometry: "MULTIPOLYGON", columns: append(columns, lonLat...), len: len(list), plain: true,
		row: func(i int, v []any) orb.Geometry {
			g := &list[i]
			copy(v, []any{
				g.Standard, int64(g.Rank), g.ID, known(g.Zone), known(g.ZoneName), g.Population, int64(g.Cells), g.AreaM2,
				known(g.Nearest.Facility), known(g.Nearest.Name), seconds(g.Nearest), positive(g.Nearest.Metres),
			})
			n := len(gapColumns)
			for _, name := range groups {
				if people, ok := g.Groups[name]; ok {
					v[n] = people
				}
				n++
			}
			v[n], v[n+1] = g.At[0], g.At[1]
			return area(g.Geometry)
		},
		properties: func(i int) any { return &list[i] },
	}
}

// seconds is the time to the nearest facility; a facility on the spot is 0
// seconds away, no facility at all is unknown.
func seconds(n coverage.GapNearest) any {
	if n.Facility == "" || n.Metres > 0 {
		return nil
	}
	return n.Seconds
}

// gapGroups are the groups that the gaps count, in the order of the dataset.
func gapGroups(list []coverage.Gap, order []string) []string {
	counted := map[string]bool{}
	for i := range list {
		for name := range list[i].Groups {
			counted[name] = true
		}
	}
	var groups, others []string
	for _, name := range order {
		if counted[name] {
			groups = append(groups, name)
		}
	}
	for name := range counted {
		if !slices.Contains(order, name) {
			others = append(others, name)
		}
	}
	sort.Strings(others)
	return append(groups, others...)
}
