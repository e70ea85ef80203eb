package people

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/data/source"

	"github.com/paulmach/orb"
)

// cellZones finds the finest zone that holds each row's place: for cells, their
// centre.
func (l *People) cellZones(d *coverage.DemandSet) ([]int32, error) {
	l.Progress.Report("progress.zones", 0, int64(len(d.At)))
	zone := make([]int32, len(d.At))
	err := block.Each(l.Context, len(d.At), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			if zone[i] = l.ZoneAt(d.At[i]); zone[i] < 0 {
				zone[i] = outside(l.zoneNear(d.At[i]))
			}
		}
	})
	switch {
	case err != nil:
	case l.Project.CellRule == coverage.CellArea: // parts of cells are given away then
		for i, z := range zone {
			zone[i] = max(z, -1)
		}
	default:
		l.snap(d, zone)
	}
	return zone, err
}

// snapped counts the people in no zone who were given to the nearest.
type snapped struct {
	rows   int
	people []float64 // by group
}

// outside marks a zone that a place is near to but not in, and is its own
// inverse. No zone stays -1.
func outside(zone int32) int32 {
	if zone == -1 {
		return -1
	}
	return -2 - zone
}

// zoneNear is the finest zone within the stated distance of a place in none,
// -1 without.
func (l *People) zoneNear(p orb.Point) int32 {
	if l.Project.ZoneSnapM <= 0 {
		return -1
	}
	best, near := int32(-1), math.Inf(1)
	for i := len(l.Levels) - 1; i >= 0; i-- {
		if z, d := l.Levels[i].Index.Nearest(p, l.Project.ZoneSnapM); z >= 0 && d < near {
			best, near = int32(l.Levels[i].First)+z, d
		}
	}
	return best
}

// snap turns marked zones into zones and counts their people.
func (l *People) snap(d *coverage.DemandSet, zone []int32) {
	for i, z := range zone {
		if z >= -1 {
			continue
		}
		zone[i] = outside(z)
		l.countSnapped(d, i, 1)
	}
}

func (l *People) countSnapped(d *coverage.DemandSet, row int, share float64) {
	if l.snapped.people == nil {
		l.snapped.people = make([]float64, len(d.Pop))
	}
	l.snapped.rows++
	for g := range d.Pop {
		l.snapped.people[g] += float64(d.Pop[g][row]) * share
	}
}

func (l *People) reportSnapped() {
	for g, n := range l.snapped.people {
		name := l.Dataset.Demand.Groups[g]
		l.Issues.Add(coverage.Issue{Key: "people.snapped", Column: name, Value: source.People(n), Args: coverage.Args{
			"group": name, "people": source.People(n), "cells": l.snapped.rows, "snap": l.Project.ZoneSnapM,
		}})
	}
}

func (l *People) cellLand(d *coverage.DemandSet) ([]int32, error) {
	land := make([]int32, len(d.At))
	err := block.Each(l.Context, len(d.At), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			land[i] = l.Land.At(d.At[i])
		}
	})
	return land, err
}
