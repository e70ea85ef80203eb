package people

import (
	"cmp"
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/geo/crs"
	"lifecircle/geo/grid"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// sharer splits cells between the zones that they touch.
type sharer struct {
	*People
	levels []*zonal.Shares // as Ground.Levels
	land   *zonal.Shares   // nil when landmasses are unknown
	parts  map[int32]*zoneParts
}

// zoneParts are the single polygons of a zone, and the landmass of each.
type zoneParts struct {
	index *zonal.Index
	land  []int32
}

// shareCells makes, under the area rule, a row for each zone that a cell
// touches, with its people in proportion to area; a last row of zone -1 holds
// what lies in no zone.
func (l *People) shareCells(d *coverage.DemandSet, c crs.CRS) (*coverage.DemandSet, error) {
	s := &sharer{People: l, parts: map[int32]*zoneParts{}}
	if err := s.measure(d.Grid, c); err != nil {
		return nil, err
	}
	out := &coverage.DemandSet{Grid: d.Grid, Groups: d.Groups, Pop: make([][]float32, len(d.Pop))}
	for i, cell := range d.Cell {
		if i%4096 == 0 && l.Context.Err() != nil {
			return nil, l.Context.Err()
		}
		for _, share := range s.snapRest(d, i, s.shares(cell)) {
			out.Cell = append(out.Cell, cell)
			out.At = append(out.At, d.At[i])
			out.Zone = append(out.Zone, share.Poly)
			out.Landmass = append(out.Landmass, s.landOf(cell, share.Poly, d.At[i], d.Landmass[i]))
			for g := range d.Pop {
				out.Pop[g] = append(out.Pop[g], float32(float64(d.Pop[g][i])*share.Share))
			}
		}
	}
	return out, nil
}

func (s *sharer) measure(spec grid.Spec, c crs.CRS) error {
	for _, lv := range s.People.Levels {
		var polygons []orb.MultiPolygon
		for _, z := range s.Dataset.Zones[lv.First : lv.First+lv.Count] {
			polygons = append(polygons, inGrid(z.Geometry, spec, c))
		}
		shares, err := zonal.OverlapShares(s.Context, spec, polygons, nil)
		if err != nil {
			return err
		}
		if n := shares.CapOverlaps(); n > 0 {
			s.Issues.Add(coverage.Issue{Key: "zone.overlap", Value: lv.Name, Args: coverage.Args{"level": lv.Name, "cells": n}})
		}
		s.levels = append(s.levels, shares)
	}
	if s.People.Land == nil {
		return nil
	}
	var polygons []orb.MultiPolygon
	for _, mp := range s.People.Land.Polygons {
		polygons = append(polygons, inGrid(mp, spec, c))
	}
	var err error
	s.land, err = zonal.OverlapShares(s.Context, spec, polygons, nil)
	return err
}

// inGrid is a copy of WGS 84 polygons in a grid's coordinates.
func inGrid(mp orb.MultiPolygon, spec grid.Spec, c crs.CRS) orb.MultiPolygon {
	out := orb.Clone(mp).(orb.MultiPolygon)
	right := spec.X0 + float64(spec.Cols)*spec.DX
	for _, p := range out {
		for _, ring := range p {
			for i, at := range ring {
				ring[i] = c.FromWGS84(at)
				if c.IsGeographic() && ring[i][0]+360 <= right { // grids of 0..360 degrees
					ring[i][0] += 360
				}
			}
		}
	}
	return out
}

// shares are the zones of a cell and their shares, which sum to 1; zone -1 is
// last. The finest level comes first; of a coarser zone only what its children
// leave over.
func (s *sharer) shares(cell int32) []zonal.Share {
	var out []zonal.Share
	left := 1.0
	for i := len(s.levels) - 1; i >= 0 && left > 1e-9; i-- {
		own := s.levels[i].Of(cell, nil)
		sum := 0.0
		for k := range own {
			own[k].Poly += int32(s.People.Levels[i].First)
			own[k].Share = max(0, own[k].Share-s.below(out, own[k].Poly))
			sum += own[k].Share
		}
		scale := 1.0
		if sum > left {
			scale = left / sum
		}
		for _, o := range own {
			if o.Share *= scale; o.Share > 1e-9 {
				out = append(out, o)
				left -= o.Share
			}
		}
	}
	if left > 1e-9 {
		out = append(out, zonal.Share{Poly: -1, Share: left})
	} else if len(out) > 0 {
		out[len(out)-1].Share += left
	}
	return out
}

// snapRest gives what lies in no zone to the nearest zone in reach.
func (s *sharer) snapRest(d *coverage.DemandSet, row int, shares []zonal.Share) []zonal.Share {
	last := len(shares) - 1
	if last < 0 || shares[last].Poly >= 0 {
		return shares
	}
	z := s.ZoneAt(d.At[row])
	if z < 0 {
		z = s.zoneNear(d.At[row])
	}
	if z < 0 || s.Project.ZoneSnapM <= 0 {
		return shares
	}
	s.countSnapped(d, row, shares[last].Share)
	for i := range shares[:last] {
		if shares[i].Poly == z {
			shares[i].Share += shares[last].Share
			return shares[:last]
		}
	}
	shares[last].Poly = z
	return shares
}

// below sums the shares of zones below a zone.
func (s *sharer) below(shares []zonal.Share, zone int32) float64 {
	sum := 0.0
	for _, o := range shares {
		for z := o.Poly; z >= 0; z = s.Dataset.Zones[z].Parent {
			if z == zone {
				sum += o.Share
				break
			}
		}
	}
	return sum
}

// landOf is the landmass of a zone's part of a cell: that of the centre, unless
// the cell touches several landmasses; then that of the zone's polygon nearest
// to the centre.
func (s *sharer) landOf(cell, zone int32, centre orb.Point, ofCentre int32) int32 {
	if s.land == nil {
		return ofCentre
	}
	lands := s.land.Of(cell, nil)
	switch {
	case len(lands) == 0:
		return ofCentre
	case len(lands) == 1:
		return lands[0].Poly
	}
	if zone >= 0 {
		if k := s.partsOf(zone).near(centre); k >= 0 {
			return k
		}
	}
	return slices.MaxFunc(lands, func(a, b zonal.Share) int {
		return cmp.Or(cmp.Compare(a.Share, b.Share), cmp.Compare(b.Poly, a.Poly))
	}).Poly
}

func (s *sharer) partsOf(zone int32) *zoneParts {
	if p, ok := s.parts[zone]; ok {
		return p
	}
	p := &zoneParts{}
	var polygons []orb.MultiPolygon
	for _, part := range s.Dataset.Zones[zone].Geometry {
		mp := orb.MultiPolygon{part}
		land, _ := s.People.Land.Index.Nearest(ground.Interior(mp), s.People.Land.SnapM)
		polygons, p.land = append(polygons, mp), append(p.land, land)
	}
	p.index = zonal.New(polygons)
	s.parts[zone] = p
	return p
}

// near is the landmass of the part nearest to a point within 100 km, -1
// without.
func (p *zoneParts) near(at orb.Point) int32 {
	i, _ := p.index.Nearest(at, 100e3)
	if i < 0 {
		return -1
	}
	return p.land[i]
}
