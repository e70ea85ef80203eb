package people

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/source"
	"lifecircle/data/table"
)

// stranger is a row of the census that names no zone, or several.
type stranger struct {
	ref    coverage.Ref
	name   string
	people float64 // of the group that told names; NaN when there is no number
}

// told is the group whose people are told of rows that name no zone: all, if
// the census has it.
func (c *census) told() int { return max(c.group("all"), 0) }

func (c *census) strangerOf(rec *source.Record, name string) stranger {
	s := stranger{ref: rec.Ref, name: name, people: math.NaN()}
	if rec.Row.IsRemark() || len(c.columns) == 0 {
		return s
	}
	sum := 0.0
	for _, i := range c.columns[c.told()] {
		v, state := table.Number(rec.Cell(i))
		if state != table.Good || !(v >= 0) {
			return s
		}
		sum += v
	}
	s.people = sum
	return s
}

// reportUnmatched tells once how many rows name no zone, and their people. Codes
// are left to checkRows: tables by code hold whole countries. A row that holds as
// many people as all zones or all other rows together is their total.
func (c *census) reportUnmatched(lv ground.Level) {
	matched, others := 0.0, 0.0
	for z, row := range c.found {
		if n := row.totals[c.told()]; int(z) >= lv.First && int(z) < lv.First+lv.Count && n > 0 {
			matched += n
		}
	}
	var list []stranger
	for _, s := range c.strange {
		if s.name != "" && !ground.IsCode(s.name) && s.people >= 0 && !about(s.people, matched) {
			list = append(list, s)
			others += s.people
		}
	}
	rows, people := 0, 0.0
	var first stranger
	for _, s := range list {
		if about(s.people, matched+others-s.people) {
			continue
		}
		if rows++; rows == 1 {
			first = s
		}
		people += s.people
	}
	if rows == 0 {
		return
	}
	c.Issues.Add(coverage.Issue{Ref: first.ref, Key: "scale.unmatched", Column: c.entry.Zone, Value: first.name, Args: coverage.Args{
		"count": rows, "people": source.People(people), "group": c.entry.Groups[c.told()].Name,
	}})
}

// about reports whether a number of people is a total, but for rounding.
func about(n, total float64) bool { return total > 0 && math.Abs(n-total) <= 0.001*total }
