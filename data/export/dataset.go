package export

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/block"

	"github.com/paulmach/orb"
)

var facilityColumns = []column{
	{key: "id", kind: words},
	{key: "site", kind: words},
	{key: "name", kind: words},
	{key: "kind", kind: words},
	{key: "tier", kind: words},
	{key: "capacity", kind: real},
	{key: "zone", kind: words},
	{key: "status", kind: words},
	{key: "opens", kind: words},
	{key: "closes", kind: words},
	{key: "mobile", kind: flag},
	{key: "shared_with", kind: words},
	{key: "source_file", kind: words},
	{key: "source_sheet", kind: words},
	{key: "source_row", kind: whole},
	{key: "lon", kind: real},
	{key: "lat", kind: real},
}

func facilities(list []coverage.Facility) *table {
	return &table{
		name: "facilities", geometry: "POINT", columns: facilityColumns, len: len(list), plain: true,
		row: func(i int, v []any) orb.Geometry {
			f := &list[i]
			copy(v, []any{
				f.ID, known(f.Site), known(f.Name), known(f.Kind), known(f.Tier), positive(f.Capacity), known(f.Zone), known(f.Status),
				known(f.Opens), known(f.Closes), f.Mobile, known(f.Share), known(f.Source.File), known(f.Source.Sheet),
				int64(f.Source.Row), f.At[0], f.At[1],
			})
			return f.At
		},
		properties: func(i int) any {
			f := &list[i]
			return facilityProperties{f.ID, f.Name, f.Kind, f.Tier, f.Capacity, f.Zone, f.Status, f.Site}
		},
	}
}

type facilityProperties struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Tier     string  `json:"tier"`
	Capacity float64 `json:"capacity,omitempty"` // unknown is left out
	Zone     string  `json:"zone"`
	Status   string  `json:"status"`
	Site     string  `json:"site"`
}

var zoneColumns = []column{
	{key: "id", kind: words},
	{key: "name", kind: words},
	{key: "level", kind: words},
	{key: "parent", kind: words},
	{key: "setting", kind: words},
}

func zones(ctx context.Context, ds *coverage.Dataset) (*table, error) {
	people, err := zonePeople(ctx, ds)
	if err != nil {
		return nil, err
	}
	groups := groupsOf(ds)
	return &table{
		name: "zones", geometry: "MULTIPOLYGON", len: len(ds.Zones),
		columns: append(zoneColumns[:len(zoneColumns):len(zoneColumns)], peopleColumns(groups)...),
		row: func(i int, v []any) orb.Geometry {
			z := &ds.Zones[i]
			copy(v, []any{z.ID, z.Name, z.Level, zoneID(ds, z.Parent), z.Setting.String()})
			for g := range groups {
				v[len(zoneColumns)+g] = people[g][i]
			}
			return area(z.Geometry)
		},
		properties: func(i int) any {
			z := &ds.Zones[i]
			population := make(map[string]float64, len(groups))
			for g, name := range groups {
				population[name] = people[g][i]
			}
			return zoneProperties{z.ID, z.Name, z.Level, zoneID(ds, z.Parent), z.Setting.String(), population}
		},
	}, nil
}

type zoneProperties struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Level      string             `json:"level"`
	Parent     any                `json:"parent"`
	Setting    string             `json:"setting"`
	Population map[string]float64 `json:"population"`
}

func zoneID(ds *coverage.Dataset, z int32) any {
	if z < 0 {
		return nil
	}
	return ds.Zones[z].ID
}

func groupsOf(ds *coverage.Dataset) []string {
	if ds.Demand == nil {
		return nil
	}
	return ds.Demand.Groups
}

// zonePeople adds up the people of every group by zone, those of the zones
// within it included. It adds in the order of the coverage table (by setting,
// in blocks), so that both say the same to the last digit.
func zonePeople(ctx context.Context, ds *coverage.Dataset) ([][]float64, error) {
	groups := groupsOf(ds)
	people := make([][]float64, len(groups))
	for g := range groups {
		sums, err := sumBySetting(ctx, ds, ds.Demand.Pop[g])
		if err != nil {
			return nil, err
		}
		people[g] = make([]float64, len(ds.Zones))
		for z := range ds.Zones {
			people[g][z] = sums[z][coverage.SettingAny] + sums[z][coverage.Urban] + sums[z][coverage.Rural]
		}
	}
	return people, nil
}

func sumBySetting(ctx context.Context, ds *coverage.Dataset, people []float32) ([][3]float64, error) {
	parts := make([][][3]float64, block.Count(len(people)))
	err := block.Each(ctx, len(people), func(b, lo, hi int) {
		parts[b] = make([][3]float64, len(ds.Zones))
		for i := lo; i < hi; i++ {
			if z := ds.Demand.Zone[i]; z >= 0 {
				parts[b][z][ds.Demand.Setting[i]] += float64(people[i])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	total := make([][3]float64, len(ds.Zones))
	for _, part := range parts {
		for z := range part {
			add(&total[z], part[z])
		}
	}
	for z := len(ds.Zones) - 1; z >= 0; z-- { // children before parents
		if up := ds.Zones[z].Parent; up >= 0 {
			add(&total[up], total[z])
		}
	}
	return total, nil
}

func add(sum *[3]float64, more [3]float64) {
	for k := range sum {
		sum[k] += more[k]
	}
}
