package people

import (
	"math"
	"math/bits"

	"lifecircle/coverage"
	"lifecircle/data/source"

	"github.com/paulmach/orb"
)

// buildDemand joins the populated cells of all groups, finds where they lie, and
// adds the points.
func (l *People) buildDemand(g *gridReader, names []string, columns []sparse, points *places) error {
	cells := union(columns, g.spec.Cells())
	d := &coverage.DemandSet{Grid: g.spec, Groups: names, Pop: make([][]float32, len(names)), Cell: cells}
	for i := range columns {
		d.Pop[i] = spread(columns[i], cells)
		columns[i] = sparse{}
	}
	d.At = centres(g, cells)
	var err error
	if len(cells) > 0 {
		if d.Zone, err = l.cellZones(d); err == nil {
			d.Landmass, err = l.cellLand(d)
		}
		if err == nil && l.Project.CellRule == coverage.CellArea {
			d, err = l.shareCells(d, g.crs)
		}
	}
	if err != nil {
		return err
	}
	l.addPoints(d, points)
	l.Dataset.Demand = d
	l.reportSnapped()
	d.Setting = make([]coverage.Setting, d.Len())
	for i, z := range d.Zone {
		d.Setting[i] = l.settingOf(z)
	}
	return nil
}

// settingOf climbs from a zone to the first one whose setting is known.
func (l *People) settingOf(z int32) coverage.Setting {
	for ; z >= 0; z = l.Dataset.Zones[z].Parent {
		if s := l.Dataset.Zones[z].Setting; s != coverage.SettingAny {
			return s
		}
	}
	return coverage.SettingAny
}

// union lists the cells of any group, ascending.
func union(columns []sparse, total int64) []int32 {
	set := make([]uint64, (total+63)/64)
	for _, c := range columns {
		for _, cell := range c.cells {
			set[cell/64] |= 1 << (cell % 64)
		}
	}
	n := 0
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	cells := make([]int32, 0, n)
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			cells = append(cells, int32(i*64+bits.TrailingZeros64(w)))
		}
	}
	return cells
}

// spread lays a group out along cells, which hold all of its cells in the same
// order.
func spread(s sparse, cells []int32) []float32 {
	out := make([]float32, len(cells))
	next := 0
	for i, cell := range cells {
		if next < len(s.cells) && s.cells[next] == cell {
			out[i] = s.people[next]
			next++
		}
	}
	return out
}

func centres(g *gridReader, cells []int32) []orb.Point {
	at := make([]orb.Point, len(cells))
	for i, cell := range cells {
		x, y := g.spec.Centre(cell)
		at[i] = g.crs.ToWGS84(orb.Point{x, y})
		if at[i][0] > 180 { // grids of 0..360 degrees
			at[i][0] -= 360
		}
	}
	return at
}

func (l *People) addPoints(d *coverage.DemandSet, p *places) {
	for i, at := range p.at {
		d.Cell = append(d.Cell, -1)
		d.At = append(d.At, at)
		d.Zone = append(d.Zone, l.ZoneAt(at))
		d.Landmass = append(d.Landmass, l.Land.At(at))
		for g := range d.Pop {
			d.Pop[g] = append(d.Pop[g], p.people[g][i])
		}
		row := len(d.Zone) - 1
		if z := l.zoneNear(at); d.Zone[row] < 0 && z >= 0 {
			d.Zone[row] = z
			l.countSnapped(d, row, 1)
		}
	}
}

// CheckPeople reports people outside all zones, people off every landmass, and
// zones without people. It says nothing when people or zones could not be read.
func (l *People) CheckPeople() {
	d := l.Dataset.Demand
	if d == nil || l.ZonesFailed {
		return
	}
	if len(l.Dataset.Zones) == 0 {
		l.Issues.Add(coverage.Issue{Key: "zone.none"})
		return
	}
	for g, name := range d.Groups {
		sums := make([]float64, len(l.Dataset.Zones)+1) // the last: in none
		rows, offLand := 0, 0.0
		for i, n := range d.Pop[g] {
			z := d.Zone[i]
			if n > 0 && l.Land != nil && d.Landmass[i] < 0 {
				offLand += float64(n)
			}
			if z < 0 {
				z = int32(len(sums) - 1)
				if n > 0 {
					rows++
				}
			}
			sums[z] += float64(n)
		}
		l.peopleIssues(name, sums, rows, offLand)
	}
}

func (l *People) peopleIssues(group string, sums []float64, rows int, offLand float64) {
	last := len(sums) - 1
	if outside := sums[last]; outside > 0 {
		l.Issues.Add(coverage.Issue{
			Key: "people.outside_zones", Column: group, Value: source.People(outside),
			Args: coverage.Args{"group": group, "people": source.People(outside), "cells": rows},
		})
	}
	if offLand > 0 {
		l.Issues.Add(coverage.Issue{
			Key: "people.off_land", Column: group, Value: source.People(offLand),
			Args: coverage.Args{"group": group, "people": source.People(offLand), "snap": l.Project.LandSnapM},
		})
	}
	for z := last - 1; z >= 0; z-- { // children come after their parents
		if p := l.Dataset.Zones[z].Parent; p >= 0 {
			sums[p] += sums[z]
		}
	}
	for z, n := range sums[:last] {
		if n == 0 || math.IsNaN(n) {
			zone := l.Dataset.Zones[z]
			l.Issues.Add(coverage.Issue{
				Ref: l.ZoneRefs[z], Key: "zone.no_people", Column: group, Value: zone.ID,
				Args: coverage.Args{"group": group, "id": zone.ID, "name": zone.Name, "level": zone.Level},
			})
		}
	}
}
