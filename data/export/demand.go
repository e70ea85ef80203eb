package export

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

var demandColumns = []column{
	{key: "cell", kind: whole},
	{key: "zone", kind: words},
	{key: "setting", kind: words},
}

func demand(ds *coverage.Dataset) (*table, error) {
	d := ds.Demand
	if d == nil {
		d = &coverage.DemandSet{}
	}
	outline, err := outlines(d)
	if err != nil {
		return nil, err
	}
	columns := append(demandColumns[:len(demandColumns):len(demandColumns)], peopleColumns(d.Groups)...)
	return &table{
		name: "demand", geometry: demandType(d), len: d.Len(), plain: true, columns: append(columns, lonLat...),
		row: func(i int, v []any) orb.Geometry {
			v[0], v[1], v[2] = cellID(d, i), zoneID(ds, d.Zone[i]), d.Setting[i].String()
			n := len(demandColumns)
			for g := range d.Pop {
				v[n] = d.Pop[g][i]
				n++
			}
			v[n], v[n+1] = d.At[i][0], d.At[i][1]
			return outline(i)
		},
		properties: func(i int) any {
			pop := make(map[string]float32, len(d.Groups))
			for g, name := range d.Groups {
				pop[name] = d.Pop[g][i]
			}
			return demandProperties{cellID(d, i), zoneID(ds, d.Zone[i]), d.Setting[i].String(), pop}
		},
	}, nil
}

type demandProperties struct {
	Cell    any                `json:"cell"`
	Zone    any                `json:"zone"`
	Setting string             `json:"setting"`
	Pop     map[string]float32 `json:"pop"`
}

func cellID(d *coverage.DemandSet, i int) any {
	if d.Cell[i] < 0 {
		return nil
	}
	return int64(d.Cell[i])
}

func demandType(d *coverage.DemandSet) string {
	cells, points := false, false
	for _, c := range d.Cell {
		cells, points = cells || c >= 0, points || c < 0
	}
	switch {
	case cells && points:
		return "GEOMETRY"
	case points:
		return "POINT"
	}
	return "POLYGON"
}

// outlines returns what draws a demand row: its cell in WGS 84, or its point.
func outlines(d *coverage.DemandSet) (func(i int) orb.Geometry, error) {
	if d.Grid.IsZero() {
		return func(i int) orb.Geometry { return d.At[i] }, nil
	}
	system, err := crs.Parse(d.Grid.CRS)
	if err != nil {
		return nil, err
	}
	return func(i int) orb.Geometry {
		if d.Cell[i] < 0 {
			return d.At[i]
		}
		w, s, e, n := d.Grid.Bounds(d.Cell[i])
		ring := orb.Ring{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}
		for k, p := range ring {
			ring[k] = system.ToWGS84(p)
			if math.IsNaN(ring[k][0]-ring[k][0]) || math.IsNaN(ring[k][1]-ring[k][1]) {
				return d.At[i] // a corner that the projection does not reach
			}
		}
		return orb.Polygon{ring}
	}, nil
}
