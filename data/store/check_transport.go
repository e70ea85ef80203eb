package store

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
)

// MaxGroundCells is how many cells open ground may have: 1 GiB a column.
const MaxGroundCells = 1 << 28

// slopes are the rules that [coverage.Ground] knows.
var slopes = map[string]bool{"": true, "tobler": true, "naismith": true, "langmuir": true}

func (c *checker) transport() {
	t := c.ds.Transport
	if t == nil {
		return
	}
	c.layer = "transport"
	for i := range t.Profiles {
		c.profile(i, &t.Profiles[i])
	}
	if t.Boats.Scenario > network.NoBoats {
		c.value(0, "boats.scenario", t.Boats.Scenario)
	}
	b, s := t.Boats, t.Snap
	c.numbers(0, b.WaitCapS, b.HeadwayS, b.BoardingS, b.KMH, b.StayS, b.MaxDaysLost)
	c.numbers(0, s.LimitM, s.NearM, s.WalkKMH, s.MinLengthM)
	if t.Ground != nil {
		c.ground(t.Ground)
	}
}

// value says that a column of row i (from 0) cannot hold what it does.
func (c *checker) value(i int, column string, value any) {
	c.fail("store.range", coverage.Args{"row": i + 1, "column": column, "value": value})
}

func (c *checker) profile(i int, p *profile.Profile) {
	for _, f := range p.Validate() {
		c.fail("store.profile", coverage.Args{"profile": p.Name, "field": f.Field, "value": f.Value})
	}
	for _, list := range [][]string{{p.Name}, p.Access, p.Closed, p.Open, p.Oneway, p.OnewayKinds, p.Barriers, p.Turns} {
		c.row(i, list...)
	}
	for _, table := range []map[string]float64{p.KMH, p.Slow, p.Surface} {
		for k := range table {
			c.row(i, k)
		}
	}
}

func (c *checker) ground(g *coverage.Ground) {
	c.row(0, g.Grid.CRS, g.Roads)
	c.numbers(0, g.Grid.X0, g.Grid.Y0, g.Grid.DX, g.Grid.DY, g.KMH)
	if !slopes[g.Slope] {
		c.value(0, "slope", g.Slope)
	}
	if g.KMH < 0 {
		c.value(0, "kmh", g.KMH)
	}
	n := g.Grid.Cells()
	switch {
	case g.Grid.Cols < 0 || g.Grid.Rows < 0 || int64(len(g.Seconds)) != n || g.Heights != nil && int64(len(g.Heights)) != n:
		c.fail("store.columns", coverage.Args{})
	case n > MaxGroundCells:
		c.value(0, "cells", n)
	}
	for i, v := range g.Seconds {
		if v <= 0 { // +Inf is a barrier, NaN no data
			c.value(i, "seconds", v)
		}
	}
	for i, v := range g.Heights {
		if math.IsInf(float64(v), 0) {
			c.value(i, "heights", v)
		}
	}
}
