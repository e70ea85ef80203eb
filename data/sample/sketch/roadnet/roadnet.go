package roadnet

import (
	"slices"

	"lifecircle/data/sample/sketch/plane"
)

// Class is a class of road, as a bureau's layer writes it.
type Class string

// The classes.
const (
	Motor   Class = "汽车专用公路" // closed to walkers
	Trunk   Class = "国道"
	County  Class = "县道"
	Country Class = "乡道"
	Lane    Class = "村道"
	Street  Class = "街道"
	Path    Class = "小路" // for walkers only
)

// LimitKMH is the speed limit of a class, 0 for footpaths.
func (c Class) LimitKMH() int {
	return map[Class]int{Motor: 80, Trunk: 60, County: 50, Country: 40, Lane: 30, Street: 30}[c]
}

// Road is a line that people move over.
type Road struct {
	Class  Class
	Name   string // "" for lanes and footpaths
	Oneway bool   // along the line
	Line   []plane.XY
}

// Island is what roads are drawn for.
type Island struct {
	Coast      []plane.XY // ring, not closed
	Spots      []Spot
	Foot       bool       // no vehicles: every road is a footpath
	Courses    []Course   // laid first, in order
	Villages   []Village  // those that no course passes are joined to the rest
	Quarters   []Quarter  // towns with streets
	Facilities []plane.XY // get a road past them
}

// Spot is a place where people live.
type Spot struct {
	At     plane.XY
	People float64
}

// Course is a main road by the places that it leads past. It begins and ends at
// a road where one is near.
type Course struct {
	Class Class
	Name  string
	By    []plane.XY
}

// Village is a place that roads lead to, the most people first.
type Village struct {
	Name   string
	At     plane.XY
	People float64
}

// hillPaths is how many hills have a footpath over them.
const hillPaths = 3

// Draw draws the roads of an island. Those for vehicles hang together, and
// footpaths hang together with them.
func Draw(is Island) []Road {
	n := newNet(is)
	for _, c := range is.Courses {
		n.through(c.Class, c.Name, takenByMain, slices.Clone(c.By)...)
	}
	n.joinVillages()
	for _, q := range is.Quarters {
		n.layStreets(q)
	}
	n.joinHouses()
	for _, p := range is.Facilities {
		n.joinFacility(p)
	}
	if !is.Foot {
		n.climb(hillPaths)
	}
	if len(n.roads) == 0 {
		return nil
	}
	roads := whole(joint(n.roads))
	makeOneway(roads)
	return roads
}
