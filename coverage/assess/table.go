package assess

import (
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
)

// Choice says which rows of the table are wanted; empty slices mean all.
type Choice struct {
	Groups []string
	Levels []string
}

// Settings is the number of settings: columns by setting are indexed by coverage.Setting.
const Settings = 3

// sums holds people by finest zone (the last one is "no zone") and setting.
type sums struct{ pop, served []float64 }

func newSums(zones int) sums {
	return sums{make([]float64, (zones+1)*Settings), make([]float64, (zones+1)*Settings)}
}

// Table adds up a judged coverage: the whole area first, then every zone of the
// wanted levels in the order of ds.Zones; for each the groups in order, for
// each the settings all, urban, rural as far as people of that setting exist
// and are judged. facilityZone is the finest zone of each facility, -1 none;
// facilities lists the facilities that count.
func Table(ctx context.Context, ds *coverage.Dataset, c *coverage.Coverage, want Choice, facilities, facilityZone []int32) ([]coverage.Row, error) {
	t := table{ds: ds, c: c, count: make([]int, len(ds.Zones)+1)}
	for _, f := range facilities {
		t.addFacility(facilityZone[f])
	}
	for _, g := range wanted(ds.Demand.Groups, want.Groups) {
		s, err := t.sum(ctx, ds.Demand.Group(g))
		if err != nil {
			return nil, err
		}
		t.groups, t.sums = append(t.groups, g), append(t.sums, s)
	}
	t.write(-1, "total")
	for z := range ds.Zones {
		if level := ds.Zones[z].Level; len(want.Levels) == 0 || slices.Contains(want.Levels, level) {
			t.write(z, level)
		}
	}
	return t.rows, nil
}

type table struct {
	ds     *coverage.Dataset
	c      *coverage.Coverage
	count  []int // facilities by zone; the last is the whole area
	groups []string
	sums   []sums
	rows   []coverage.Row
}

func (t *table) addFacility(zone int32) {
	t.count[len(t.count)-1]++
	for z := zone; z >= 0; z = t.ds.Zones[z].Parent {
		t.count[z]++
	}
}

// sum adds up one group by finest zone and setting in blocks, then rolls zones
// up into their parents. Slot len(Zones) becomes the whole area.
func (t *table) sum(ctx context.Context, people []float32) (sums, error) {
	zones := len(t.ds.Zones)
	parts := make([]sums, block.Count(len(people)))
	err := block.Each(ctx, len(people), func(b, lo, hi int) {
		parts[b] = newSums(zones)
		for i := lo; i < hi; i++ {
			t.add(parts[b], people, i)
		}
	})
	total := newSums(zones)
	for _, p := range parts {
		for k := range p.pop {
			total.pop[k] += p.pop[k]
			total.served[k] += p.served[k]
		}
	}
	t.rollUp(total)
	return total, err
}

func (t *table) add(s sums, people []float32, i int) {
	if t.c.Judged != nil && !t.c.Judged[i] {
		return
	}
	zone := int(t.ds.Demand.Zone[i])
	if zone < 0 {
		zone = len(t.ds.Zones)
	}
	k := zone*Settings + int(t.ds.Demand.Setting[i])
	s.pop[k] += float64(people[i])
	s.served[k] += float64(people[i]) * float64(t.c.Served[i])
}

// rollUp adds every zone to its parent, children before parents (parents stand
// first in Zones), and zones without a parent to the whole area.
func (t *table) rollUp(s sums) {
	for z := len(t.ds.Zones) - 1; z >= 0; z-- {
		up := int(t.ds.Zones[z].Parent)
		if up < 0 {
			up = len(t.ds.Zones)
		}
		for k := range Settings {
			s.pop[up*Settings+k] += s.pop[z*Settings+k]
			s.served[up*Settings+k] += s.served[z*Settings+k]
		}
	}
}

// write appends the rows of one zone; z < 0 is the whole area.
func (t *table) write(z int, level string) {
	slot := z
	row := coverage.Row{
		Standard: t.c.Standard.ID, Kind: t.c.Standard.Kinds, Mode: mode(t.c.Standard), Level: level,
	}
	if z < 0 {
		slot = len(t.ds.Zones)
	} else {
		row.Zone, row.Name = t.ds.Zones[z].ID, t.ds.Zones[z].Name
	}
	row.Facilities = t.count[slot]
	for g, name := range t.groups {
		row.Group, row.Target = name, 0
		if name == t.c.Standard.Group {
			row.Target = t.c.Standard.Target
		}
		t.writeSettings(row, t.sums[g], slot)
	}
}

func (t *table) writeSettings(row coverage.Row, s sums, slot int) {
	pop, served := s.pop[slot*Settings:][:Settings], s.served[slot*Settings:][:Settings]
	for at := coverage.SettingAny; at <= coverage.Rural; at++ {
		threshold, ok := thresholdOf(t.c.Standard, at)
		if !ok || at != coverage.SettingAny && !t.knows(at) {
			continue
		}
		row.Setting, row.Threshold = at.String(), threshold
		row.Population, row.Served = pop[at], served[at]
		if at == coverage.SettingAny {
			row.Population, row.Served = pop[0]+pop[1]+pop[2], served[0]+served[1]+served[2]
		}
		row.Share = 0
		if row.Population > 0 {
			row.Share = row.Served / row.Population
		}
		t.rows = append(t.rows, row)
	}
}

// knows reports whether anybody at all lives in the setting, so that data
// without settings do not fill the table with empty lines.
func (t *table) knows(at coverage.Setting) bool {
	for _, s := range t.sums {
		if s.pop[len(t.ds.Zones)*Settings+int(at)] > 0 {
			return true
		}
	}
	return false
}

// thresholdOf is what the row of a setting prints; for all settings together
// the one threshold that they share, or each setting's own.
func thresholdOf(s coverage.Standard, at coverage.Setting) (coverage.ThresholdAnswer, bool) {
	if at != coverage.SettingAny {
		r, ok := s.RuleFor(at)
		return coverage.ThresholdAnswer{Threshold: r.Threshold}, ok
	}
	answer := coverage.ThresholdAnswer{Threshold: s.Rules[0].Threshold}
	for _, r := range s.Rules {
		if r.Threshold != answer.Threshold {
			answer.BySetting = map[string]coverage.Threshold{}
		}
	}
	if answer.BySetting == nil {
		return answer, true
	}
	answer.Threshold = coverage.Threshold{}
	for _, r := range s.Rules {
		answer.BySetting[r.Setting.String()] = r.Threshold
	}
	return answer, true
}

func mode(s coverage.Standard) string {
	m := s.Rules[0].Travel.Mode
	for _, r := range s.Rules[1:] {
		if r.Travel.Mode != m {
			m += "+" + r.Travel.Mode
		}
	}
	return m
}

// wanted keeps the groups that were asked for, in the order of the data.
func wanted(have, ask []string) []string {
	if len(ask) == 0 {
		return have
	}
	var out []string
	for _, g := range have {
		if slices.Contains(ask, g) {
			out = append(out, g)
		}
	}
	return out
}
