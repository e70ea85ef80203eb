package storetest

import (
	"fmt"
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// text draws a text that a store must keep: no NUL.
func text(t *rapid.T, label string) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "'", "\"", "\\", "%", "NULL", "null", "0x", "岱山", "𠮷\u200d", "\r\n\t", "\ufffd", " a "}),
		rapid.StringMatching(`[ -~一-龥]{0,12}`),
	).Draw(t, label)
}

func finite(t *rapid.T, label string) float64 {
	return rapid.Custom(func(t *rapid.T) float64 {
		x := rapid.Float64().Draw(t, "x")
		if x == 0 || math.IsInf(x, 0) {
			return 0 // no negative zero: a store may drop its sign
		}
		return x
	}).Draw(t, label)
}

func place(t *rapid.T) orb.Point {
	return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "x") + 0, rapid.Float64Range(-90, 90).Draw(t, "y") + 0}
}

func shape(t *rapid.T) orb.MultiPolygon {
	var mp orb.MultiPolygon
	for range rapid.IntRange(0, 2).Draw(t, "polygons") {
		var p orb.Polygon
		for range rapid.IntRange(1, 2).Draw(t, "rings") {
			ring := orb.Ring{}
			for range rapid.IntRange(3, 6).Draw(t, "corners") {
				ring = append(ring, place(t))
			}
			p = append(p, append(ring, ring[0]))
		}
		mp = append(mp, p)
	}
	return mp
}

// index draws -1..n-1.
func index(t *rapid.T, n int, label string) int32 {
	return int32(rapid.IntRange(-1, n-1).Draw(t, label))
}

// Random draws a dataset that [store.Check] passes.
func Random(t *rapid.T) *coverage.Dataset {
	ds := &coverage.Dataset{
		Name:   coverage.Text{ZH: text(t, "name zh"), EN: text(t, "name en")},
		Credit: coverage.Text{EN: text(t, "credit")},
	}
	setting := func() coverage.Setting { return coverage.Setting(rapid.IntRange(0, 2).Draw(t, "setting")) }
	for i := range rapid.IntRange(0, 3).Draw(t, "zones") {
		ds.Zones = append(ds.Zones, coverage.Zone{
			ID: fmt.Sprint(i, text(t, "id")), Name: text(t, "name"), Level: text(t, "level"), Parent: index(t, i, "parent"),
			Setting: setting(), Geometry: shape(t),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "land") {
		ds.Land = append(ds.Land, coverage.Land{Geometry: shape(t)})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "facilities") {
		ds.Facilities = append(ds.Facilities, coverage.Facility{
			ID: fmt.Sprint(i, text(t, "id")), Site: text(t, "site"), Name: text(t, "name"), Kind: text(t, "kind"), Tier: text(t, "tier"), At: place(t),
			Capacity: finite(t, "capacity"), Zone: text(t, "zone"), Status: text(t, "status"), Opens: text(t, "opens"), Closes: text(t, "closes"),
			Mobile: rapid.Bool().Draw(t, "mobile"), Share: text(t, "share"), DelayS: rapid.Int32Min(0).Draw(t, "delay"), Landmass: index(t, len(ds.Land), "landmass"),
			Source: coverage.Ref{File: text(t, "file"), Sheet: text(t, "sheet"), Row: rapid.Int().Draw(t, "row")},
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "standards") {
		ds.Standards = append(ds.Standards, coverage.Standard{
			ID: text(t, "id"), Name: coverage.Text{ZH: text(t, "zh")}, Kinds: []string{text(t, "kind")}, Group: text(t, "group"), Target: finite(t, "target"),
			Rules: []coverage.Rule{{Setting: setting(), Threshold: coverage.Threshold{Metres: finite(t, "metres")}}},
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "sources") {
		ds.Sources = append(ds.Sources, coverage.Source{File: text(t, "file"), SHA256: text(t, "sha"), Rows: rapid.Int64().Draw(t, "rows")})
		ds.Packs = append(ds.Packs, coverage.Pack{ID: text(t, "pack"), YAML: text(t, "yaml")})
	}
	if rapid.Bool().Draw(t, "demand") {
		ds.Demand = randomDemand(t, ds, setting)
	}
	if rapid.Bool().Draw(t, "transport") {
		ds.Transport = randomTransport(t)
	}
	return ds
}

func randomDemand(t *rapid.T, ds *coverage.Dataset, setting func() coverage.Setting) *coverage.DemandSet {
	d := &coverage.DemandSet{}
	if rapid.Bool().Draw(t, "grid") {
		d.Grid = grid.Spec{
			CRS: "EPSG:4326", X0: rapid.Float64Range(-180, 170).Draw(t, "x0"), Y0: rapid.Float64Range(-80, 90).Draw(t, "y0"),
			DX: 0.1 / 3, DY: 1e-3 / 7, Cols: rapid.Int32Range(1, 40000).Draw(t, "cols"), Rows: rapid.Int32Range(1, 40000).Draw(t, "rows"),
		}
	}
	for g := range rapid.IntRange(0, 3).Draw(t, "groups") {
		d.Groups = append(d.Groups, text(t, "group")+fmt.Sprint(g))
		d.Pop = append(d.Pop, nil)
	}
	cells := int(min(d.Grid.Cells(), math.MaxInt32))
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		d.At, d.Cell = append(d.At, place(t)), append(d.Cell, index(t, cells, "cell"))
		d.Zone, d.Landmass = append(d.Zone, index(t, len(ds.Zones), "zone")), append(d.Landmass, index(t, len(ds.Land), "landmass"))
		d.Setting = append(d.Setting, setting())
		for g := range d.Pop {
			v := rapid.Float32().Draw(t, "people")
			if v == 0 || math.IsInf(float64(v), 0) {
				v = 0
			}
			d.Pop[g] = append(d.Pop[g], v)
		}
	}
	return d
}
