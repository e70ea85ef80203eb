// Package settle tells town from country by the degree of urbanisation, the
// method of the European Union, FAO, UN-Habitat, OECD and the World Bank that
// the UN Statistical Commission endorsed in 2020 (Eurostat, Applying the Degree
// of Urbanisation, 2021, chapter 7), level 1. The central function is [Classify].
//
// What of the method is done here, on blocks of about 1 km2:
//
//   - urban centres: blocks of at least 1,500 people per km2, connected through
//     edges (4 neighbours, as the method asks for centres), together at least
//     50,000 people; then blocks of which at least five of the eight neighbours
//     are in one centre join it, again and again (majority rule), and holes in a
//     centre of less than 15 km2 are filled;
//   - urban clusters: blocks of at least 300 people per km2, connected through
//     edges or corners (8 neighbours), together at least 5,000 people;
//   - urban is what is in a centre or in a cluster (cities, and towns and
//     semi-dense areas); all else is rural.
//
// What is not: blocks are made of the cells of the population grid where they
// lie, not of the official grid in the Mollweide projection; densities are per
// km2 of the whole block, since how much of it is land is not known here (the
// method divides by land, so that blocks on a coast may come out rural); the
// option to add blocks that are at least half built up is left out.
package settle

import "slices"

// The thresholds of the method: people per km2, people, km2. All are closed but
// the last.
const (
	CentreDensity  = 1500
	CentrePeople   = 50_000
	ClusterDensity = 300
	ClusterPeople  = 5_000
	HoleKM2        = 15
)

// Blocks are people on a pattern of blocks, row by row.
type Blocks struct {
	Cols, Rows int
	People     []float64
	KM2        []float64 // area of a block, by row
}

// Class says what a block is.
type Class uint8

// The classes.
const (
	Rural   Class = iota
	Cluster       // in an urban cluster and in no centre
	Centre        // in an urban centre
)

// Urban reports whether a class is urban.
func (c Class) Urban() bool { return c != Rural }

// Classify returns the class of every block.
func Classify(b Blocks) []Class {
	class := make([]Class, len(b.People))
	for _, list := range b.connected(ClusterDensity, true) {
		if b.sum(list) >= ClusterPeople {
			for _, i := range list {
				class[i] = Cluster
			}
		}
	}
	centre := make([]int32, len(b.People)) // number of the centre from 1, 0 none
	count := int32(0)
	for _, list := range b.connected(CentreDensity, false) {
		if b.sum(list) >= CentrePeople {
			count++
			for _, i := range list {
				centre[i] = count
			}
		}
	}
	b.smooth(centre)
	for n := int32(1); n <= count; n++ {
		b.fill(centre, n)
	}
	for i, n := range centre {
		if n > 0 {
			class[i] = Centre
		}
	}
	return class
}

func (b Blocks) sum(list []int) float64 {
	sum := 0.0
	for _, i := range list {
		sum += b.People[i]
	}
	return sum
}

// connected lists the groups of neighbouring blocks of at least a density, in
// the order of their first blocks.
func (b Blocks) connected(density float64, corners bool) [][]int {
	return b.groups(func(i int) bool { return b.People[i] >= density*b.KM2[i/b.Cols] }, corners)
}

func (b Blocks) groups(in func(i int) bool, corners bool) [][]int {
	seen := make([]bool, len(b.People))
	var groups [][]int
	for start := range b.People {
		if seen[start] || !in(start) {
			continue
		}
		seen[start] = true
		list := []int{start}
		for k := 0; k < len(list); k++ {
			for _, n := range b.around(list[k], corners) {
				if !seen[n] && in(n) {
					seen[n] = true
					list = append(list, n)
				}
			}
		}
		groups = append(groups, list)
	}
	return groups
}

// around lists the neighbours of a block, through edges or also corners.
func (b Blocks) around(i int, corners bool) []int {
	row, col := i/b.Cols, i%b.Cols
	var list []int
	for dr := -1; dr <= 1; dr++ {
		for dc := -1; dc <= 1; dc++ {
			r, c := row+dr, col+dc
			if dr == 0 && dc == 0 || !corners && dr != 0 && dc != 0 || r < 0 || c < 0 || r >= b.Rows || c >= b.Cols {
				continue
			}
			list = append(list, r*b.Cols+c)
		}
	}
	return list
}

// smooth is the majority rule: all blocks of a round are judged by the state
// before it, until nothing changes.
func (b Blocks) smooth(centre []int32) {
	for {
		before := slices.Clone(centre)
		changed := false
		for i, n := range before {
			if n != 0 {
				continue
			}
			if most := b.majority(before, i); most > 0 {
				centre[i], changed = most, true
			}
		}
		if !changed {
			return
		}
	}
}

// majority is the centre that at least five neighbours of a block are in, 0
// without.
func (b Blocks) majority(centre []int32, i int) int32 {
	count := map[int32]int{}
	for _, n := range b.around(i, true) {
		if k := centre[n]; k > 0 {
			if count[k]++; count[k] >= 5 {
				return k
			}
		}
	}
	return 0
}

// fill adds the holes of a centre: blocks outside it that no way through edges
// leads out of, of less than HoleKM2 together. Other centres in a hole stay.
func (b Blocks) fill(centre []int32, n int32) {
	for _, list := range b.groups(func(i int) bool { return centre[i] != n }, false) {
		area, open := 0.0, false
		for _, i := range list {
			row, col := i/b.Cols, i%b.Cols
			area += b.KM2[row]
			open = open || row == 0 || col == 0 || row == b.Rows-1 || col == b.Cols-1
		}
		if open || area >= HoleKM2 {
			continue
		}
		for _, i := range list {
			if centre[i] == 0 {
				centre[i] = n
			}
		}
	}
}
