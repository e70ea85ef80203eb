package whatif

import (
	"cmp"
	"slices"

	"lifecircle/api/geojson"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/paulmach/orb"
)

// maxCells is how many changed cells are drawn.
const maxCells = 20_000

// cell is a demand row of one standard whose answer changes.
type cell struct {
	row      int32
	standard string
	gained   bool
	people   float32
}

// changed lists the changed rows, standard by standard, in order.
func changed(d *coverage.DemandSet, a *analysis.WhatIfAnswer) []cell {
	group := map[string]string{}
	for _, r := range a.Rows {
		group[r.Standard] = r.Group
	}
	var list []cell
	for _, c := range a.Changed {
		people := d.Group(group[c.Standard])
		for k, row := range c.Row {
			one := cell{row: row, standard: c.Standard, gained: c.After[k]}
			if people != nil {
				one.people = people[row]
			}
			list = append(list, one)
		}
	}
	return list
}

// most are at most limit of them, those with the most people, in their order.
func most(list []cell, limit int) []cell {
	if len(list) <= limit {
		return list
	}
	number := make([]int, len(list))
	for i := range number {
		number[i] = i
	}
	slices.SortFunc(number, func(a, b int) int {
		return cmp.Or(cmp.Compare(list[b].people, list[a].people), cmp.Compare(a, b))
	})
	number = number[:limit]
	slices.Sort(number)
	out := make([]cell, limit)
	for k, i := range number {
		out[k] = list[i]
	}
	return out
}

type cellProperties struct {
	Standard string  `json:"standard"`
	Cell     int32   `json:"cell"`
	Change   string  `json:"change"`
	People   float64 `json:"people"`
}

func (c cell) feature(s *snapshot.Snapshot) (geojson.Feature, error) {
	outline, ok, err := s.Outline(int(c.row))
	if err != nil {
		return geojson.Feature{}, err
	}
	var shape geojson.Shape
	if ok {
		shape = geojson.Area(orb.MultiPolygon{outline})
	} else {
		shape = geojson.Point(s.Data.Demand.At[c.row])
	}
	p := cellProperties{c.standard, s.Data.Demand.Cell[c.row], "lost", float64(c.people)}
	if c.gained {
		p.Change = "gained"
	}
	return geojson.Feature{ID: c.row, Shape: shape, Properties: p}, nil
}
