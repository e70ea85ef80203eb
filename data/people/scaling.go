package people

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/scale"
	"lifecircle/data/source"
	"lifecircle/data/table"
)

// census is the totals of scale_to, by zone and group.
type census struct {
	*People
	r       *source.Records
	entry   *project.ScaleTo
	zone    int     // column
	columns [][]int // by group
	names   map[string][]int32
	found   map[int32]censusRow
	strange []stranger // rows that name no zone
	seen    map[int32]coverage.Ref
}

type censusRow struct {
	ref    coverage.Ref
	name   string
	totals []float64
}

// ScalePeople scales the people to the census totals, if the project names any.
func (l *People) ScalePeople() error {
	s := l.Project.ScaleTo
	if s == nil || l.Dataset.Demand == nil || l.ZonesFailed {
		return nil
	}
	l.unscaled = true
	c := &census{People: l, entry: s, names: l.zoneNames(), found: map[int32]censusRow{}, seen: map[int32]coverage.Ref{}}
	if err := c.readTable(); err != nil {
		return l.Fail(s.File, err)
	}
	level := c.level()
	if level < 0 {
		return l.Fail(s.File, source.Refuse("scale.no_zone", s.File, coverage.Args{"column": s.Zone}))
	}
	c.apply(level)
	l.unscaled = false
	return l.Context.Err()
}

// zoneNames maps ids and plain names to zones.
func (l *People) zoneNames() map[string][]int32 {
	l.Stated("")
	return l.ByName
}

func (c *census) readTable() error {
	var err error
	if c.r, err = c.OpenTable(c.entry.Source); err != nil {
		return err
	}
	if c.zone, err = c.r.Column(c.entry.Zone); err != nil {
		return err
	}
	for _, g := range c.entry.Groups {
		var columns []int
		for _, name := range g.Columns {
			i, err := c.r.Column(name)
			if err != nil {
				return err
			}
			columns = append(columns, i)
		}
		c.columns = append(c.columns, columns)
	}
	if err := c.r.Each(c.read); err != nil {
		return err
	}
	c.Source(coverage.Source{Role: "census", File: c.entry.File, Layer: c.r.Layer, Rows: c.r.Rows()})
	return nil
}

// read keeps the totals of a row that names zones; a name of several zones is
// none. Totals in other rows are not judged: census tables hold whole countries.
func (c *census) read(rec *source.Record) error {
	row := censusRow{ref: rec.Ref, name: rec.Cell(c.zone)}
	zones := c.names[audit.PlainName(row.name)]
	if len(zones) != 1 {
		c.strange = append(c.strange, c.strangerOf(rec, row.name))
		return nil
	}
	if first, twice := c.seen[zones[0]]; twice {
		c.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "scale.twice", Column: c.entry.Zone, Value: row.name, Fatal: true, Args: coverage.Args{"first_row": first.Row}})
		return nil
	}
	c.seen[zones[0]] = rec.Ref
	for g := range c.entry.Groups {
		row.totals = append(row.totals, c.total(rec, g))
	}
	c.found[zones[0]] = row
	return nil
}

// total adds up the columns of a group; NaN when one of them has no number.
func (c *census) total(rec *source.Record, g int) float64 {
	sum := 0.0
	for _, i := range c.columns[g] {
		v, state := table.Number(rec.Cell(i))
		issue := coverage.Issue{Ref: rec.Ref, Column: c.r.Name(i), Value: rec.Cell(i), Args: coverage.Args{"name": rec.Cell(c.zone), "group": c.entry.Groups[g].Name}}
		switch {
		case state == table.Good && v >= 0:
			sum += v
			continue
		case state == table.Missing:
			issue.Key = "scale.no_total"
		default:
			issue.Key = "scale.bad_total"
		}
		c.Issues.Add(issue)
		return math.NaN()
	}
	return sum
}

// level is the level that the totals are for: the stated one, else the one with
// most totals, the finest of equals; -1 when no row names a zone.
func (c *census) level() int {
	best, most := -1, 0
	for i := len(c.Levels) - 1; i >= 0; i-- {
		lv := c.Levels[i]
		n := 0
		for z := range c.found {
			if int(z) >= lv.First && int(z) < lv.First+lv.Count {
				n++
			}
		}
		if n > most && (c.entry.Level == "" || c.entry.Level == lv.Name) {
			best, most = i, n
		}
	}
	return best
}

// apply scales every group of the demand.
func (c *census) apply(level int) {
	lv := c.Levels[level]
	d := c.Dataset.Demand
	unit := make([]int32, d.Len())
	for i, z := range d.Zone {
		unit[i] = -1
		for ; z >= 0; z = c.Dataset.Zones[z].Parent {
			if int(z) >= lv.First && int(z) < lv.First+lv.Count {
				unit[i] = z - int32(lv.First)
				break
			}
		}
	}
	c.checkRows(lv)
	c.reportUnmatched(lv)
	totals := c.totalsOf(lv)
	if all := c.group("all"); all >= 0 && slices.Index(d.Groups, "all") >= 0 {
		c.report(lv, "all", scale.Simple(unit, d.Group("all"), totals[all]), false)
	}
	c.applyParts(lv, unit, totals)
	for _, name := range d.Groups {
		if c.group(name) < 0 {
			c.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: c.entry.File}, Key: "scale.group_left", Value: name})
		}
	}
}

func (c *census) group(name string) int {
	return slices.IndexFunc(c.entry.Groups, func(g project.ScaleGroup) bool { return g.Name == name })
}

func (c *census) totalsOf(lv ground.Level) [][]float64 {
	totals := make([][]float64, len(c.entry.Groups))
	for g := range totals {
		totals[g] = make([]float64, lv.Count)
		for k := range totals[g] {
			totals[g][k] = math.NaN()
			if row, ok := c.found[int32(lv.First+k)]; ok {
				totals[g][k] = row.totals[g]
			}
		}
	}
	return totals
}

// applyParts scales the groups but all; one that the demand lacks begins as a
// copy of all.
func (c *census) applyParts(lv ground.Level, unit []int32, totals [][]float64) {
	d := c.Dataset.Demand
	var parts [][]float32
	var wanted [][]float64
	for g, e := range c.entry.Groups {
		if e.Name == "all" {
			continue
		}
		people, derived := d.Group(e.Name), false
		if people == nil {
			all := d.Group("all")
			if all == nil {
				c.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: c.entry.File}, Key: "scale.no_seed", Value: e.Name})
				continue
			}
			people, derived = slices.Clone(all), true
			for i, u := range unit { // without a total there is no share
				if u < 0 || math.IsNaN(totals[g][u]) {
					people[i] = 0
				}
			}
			d.Groups, d.Pop = append(d.Groups, e.Name), append(d.Pop, people)
		}
		c.report(lv, e.Name, scale.Simple(unit, people, totals[g]), derived)
		parts, wanted = append(parts, people), append(wanted, totals[g])
	}
	if c.entry.Iterative && len(parts) > 0 {
		c.iterate(lv, unit, parts, wanted)
	}
}

func (c *census) iterate(lv ground.Level, unit []int32, parts [][]float32, totals [][]float64) {
	whole := c.Dataset.Demand.Group("all")
	if whole == nil {
		c.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: c.entry.File}, Key: "scale.no_whole"})
		return
	}
	fit := scale.Iterative(unit, whole, parts, totals)
	for _, u := range fit.Bad {
		z := c.Dataset.Zones[lv.First+u]
		c.Issues.Add(coverage.Issue{Ref: c.found[int32(lv.First+u)].ref, Key: "scale.parts_exceed", Value: z.ID, Args: coverage.Args{"id": z.ID, "name": z.Name}})
	}
	if !fit.Done() {
		c.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: c.entry.File}, Key: "scale.not_converged", Value: fmt.Sprintf("%.2g", fit.Residual), Args: coverage.Args{"rounds": fit.Rounds}})
	}
}

// checkRows reports zones without totals, and totals whose code belongs among
// the zones but that name none of them.
func (c *census) checkRows(lv ground.Level) {
	prefixes := map[string]bool{}
	for k := range lv.Count {
		z := c.Dataset.Zones[lv.First+k]
		if _, ok := c.found[int32(lv.First+k)]; !ok {
			c.Issues.Add(coverage.Issue{Ref: c.ZoneRefs[lv.First+k], Key: "scale.zone_missing", Value: z.ID, Args: coverage.Args{"id": z.ID, "name": z.Name, "census": c.entry.File}})
		}
		if ground.IsCode(z.ID) && len(z.ID) >= 6 {
			prefixes[z.ID[:len(z.ID)-2]] = true
		}
	}
	for _, row := range c.strange {
		if n := len(row.name); ground.IsCode(row.name) && n >= 6 && ground.Significant(row.name) == row.name && prefixes[row.name[:n-2]] {
			c.Issues.Add(coverage.Issue{Ref: row.ref, Key: "scale.not_a_zone", Column: c.entry.Zone, Value: row.name})
		}
	}
}

// report tells the factor of every zone; one far from 1 under a key of its own.
// A derived group has no people of its own before: its factor is its share.
func (c *census) report(lv ground.Level, group string, factors []scale.Factor, derived bool) {
	for _, f := range factors {
		z := c.Dataset.Zones[lv.First+f.Unit]
		row, known := c.found[int32(lv.First+f.Unit)]
		if !known || math.IsNaN(f.Total) {
			continue
		}
		key := "scale.factor"
		switch {
		case math.IsNaN(f.Factor):
			key = "scale.nobody"
		case derived:
			key = "scale.derived"
		case f.Factor > c.entry.Limit || f.Factor < 1/c.entry.Limit:
			key = "scale.far"
		}
		c.Issues.Add(coverage.Issue{Ref: row.ref, Key: key, Column: group, Value: strconv.FormatFloat(f.Factor, 'f', 4, 64), Args: coverage.Args{
			"id": z.ID, "name": z.Name, "group": group, "before": source.People(f.Before), "total": source.People(f.Total), "limit": c.entry.Limit,
		}})
	}
}
