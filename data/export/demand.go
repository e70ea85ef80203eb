package export

import (
	"lifecircle/coverage"
	"lifecircle/data/store/layer"

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
	outline, err := layer.Outlines(d)
	if err != nil {
		return nil, err
	}
	columns := append(demandColumns[:len(demandColumns):len(demandColumns)], peopleColumns(d.Groups)...)
	return &table{
		name: "demand", geometry: layer.GeometryType(d), len: d.Len(), plain: true, columns: append(columns, lonLat...),
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
