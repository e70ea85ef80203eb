package network

import (
	"cmp"
	"errors"
	"slices"

	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"
)

// check makes sure of everything that searches rely upon without looking.
func (g *Graph) check() error {
	n, m, classes := uint32(len(g.node)), uint32(len(g.from)), uint32(len(g.classes))
	if len(g.to) != len(g.from) || len(g.class) != len(g.from) || m >= Boards>>1 {
		return errors.New("columns of different length")
	}
	if !below(g.from, n) || !below(g.to, n) || !below(g.class, classes) {
		return errors.New("a number out of range")
	}
	if !g.shapesFit() {
		return errors.New("shapes do not fit the edges")
	}
	if !onEarth(g.node) || !onEarth(g.shape) {
		return errors.New("a place not on the Earth")
	}
	for _, t := range g.classes {
		if !slices.IsSortedFunc(t, func(a, b profile.Tag) int { return cmp.Compare(a.Key, b.Key) }) {
			return errors.New("tags out of order")
		}
	}
	for _, b := range g.barrier {
		if b.node >= n || b.class >= classes {
			return errors.New("a barrier out of range")
		}
	}
	for _, t := range g.turns {
		if t.from>>1 >= m || t.to>>1 >= m || t.via >= n || t.class >= classes {
			return errors.New("a turn out of range")
		}
	}
	return g.checkFerries(n, m)
}

// shapesFit reports whether every edge has its vertices and lengths.
func (g *Graph) shapesFit() bool {
	m := len(g.from)
	if m == 0 && len(g.shapeAt) == 0 { // the zero value
		return len(g.shape) == 0 && len(g.pieceMM) == 0
	}
	return len(g.shapeAt) == m+1 && g.shapeAt[0] == 0 && slices.IsSorted(g.shapeAt) && int(g.shapeAt[m]) == len(g.shape) &&
		len(g.pieceMM) == len(g.shape)+m
}

func (g *Graph) checkFerries(n, m uint32) error {
	services := uint32(len(g.services))
	for _, s := range g.services {
		if !s.Valid() {
			return errors.New("a ferry out of order")
		}
	}
	for _, s := range g.sails {
		if s.edge >= m || s.service >= services || s.ms > MaxMS {
			return errors.New("a sailing out of range")
		}
	}
	for _, s := range g.stops {
		if s.service >= services || s.node >= n {
			return errors.New("a stop out of range")
		}
	}
	return nil
}

func below(list []uint32, limit uint32) bool {
	for _, v := range list {
		if v >= limit {
			return false
		}
	}
	return true
}

func onEarth(list []e7.Coord) bool {
	for _, c := range list {
		if c.Lon < -180*e7.PerDegree || c.Lon >= 180*e7.PerDegree || c.Lat < -90*e7.PerDegree || c.Lat > 90*e7.PerDegree {
			return false
		}
	}
	return true
}
