package plan

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Candidate is a place where a facility may be built.
type Candidate struct {
	ID       string // unique among the candidates
	Name     string
	At       orb.Point
	Landmass int32   // -1 unknown or off every landmass
	Zone     int32   // the finest zone, -1 none
	Cost     float64 // of building; 0: 1
	Capacity float64 // units (beds, places, people) at most; 0: no limit
	DelayS   int32   // that pass there besides the journey
}

// Price is what building costs.
func (c *Candidate) Price() float64 {
	if c.Cost == 0 {
		return 1
	}
	return c.Cost
}

// FromCells makes candidates of the populated cells (and points): blocks of cells
// are laid so wide that at most most of them have people, and each gives the cell
// with the most people; ties go to the first row. With spacingM the blocks are so
// wide instead, and the error is Invalid when that makes more than most.
func FromCells(ds *coverage.Dataset, spacingM float64, most int) ([]Candidate, error) {
	d := ds.Demand
	if len(d.Pop) == 0 || d.Len() == 0 {
		return nil, nil
	}
	bound := orb.MultiPoint(d.At).Bound()
	size := spacingM
	if size == 0 {
		size = cellM(d, bound)
	}
	for {
		best := blocks(d, bound, size)
		if len(best) <= most {
			return fromRows(ds, best), nil
		}
		if spacingM > 0 {
			return nil, &coverage.Error{Code: coverage.Invalid, Key: "plan.spacing", Args: coverage.Args{"value": spacingM, "count": len(best), "most": most}}
		}
		size *= max(1.1, math.Sqrt(float64(len(best))/float64(most)))
	}
}

// metres of a degree of latitude, about; blocks need no more.
const degreeM = 111_195

// cellM is about the size of a cell; of points, that of a hundredth of the area.
func cellM(d *coverage.DemandSet, bound orb.Bound) float64 {
	switch {
	case d.Grid.IsZero():
		return max(1, (bound.Top()-bound.Bottom())*degreeM/100)
	case d.Grid.DY < 1: // degrees
		return d.Grid.DY * degreeM
	}
	return d.Grid.DY
}

// blocks returns the row with the most people of each block, in order of rows.
func blocks(d *coverage.DemandSet, bound orb.Bound, sizeM float64) []int32 {
	dy := sizeM / degreeM
	dx := dy / max(0.05, math.Cos(bound.Center()[1]*math.Pi/180))
	best := map[[2]int32]int32{}
	for i, at := range d.At {
		people := d.Pop[0][i]
		if !(people > 0) {
			continue
		}
		key := [2]int32{int32((at[0] - bound.Left()) / dx), int32((at[1] - bound.Bottom()) / dy)}
		if old, ok := best[key]; !ok || people > d.Pop[0][old] {
			best[key] = int32(i)
		}
	}
	rows := make([]int32, 0, len(best))
	for _, i := range best {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	return rows
}

// fromRows makes candidates of demand rows, named by their zones.
func fromRows(ds *coverage.Dataset, rows []int32) []Candidate {
	d := ds.Demand
	list := make([]Candidate, len(rows))
	for k, i := range rows {
		c := Candidate{At: d.At[i], Landmass: d.Landmass[i], Zone: d.Zone[i]}
		if c.ID = fmt.Sprintf("cell-%d", d.Cell[i]+1); d.Cell[i] < 0 {
			c.ID = fmt.Sprintf("point-%d", i+1)
		}
		if c.Zone >= 0 {
			c.Name = ds.Zones[c.Zone].Name
		}
		list[k] = c
	}
	return unique(list)
}

// unique keeps the first of candidates with one id: a cell on a border has a row
// in each zone.
func unique(list []Candidate) []Candidate {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(c Candidate) bool {
		twice := seen[c.ID]
		seen[c.ID] = true
		return twice
	})
}

// FromZones makes a candidate of every finest zone with people: its cell (or
// point) with the most of them. People given as points are villages themselves.
func FromZones(ds *coverage.Dataset) []Candidate {
	d := ds.Demand
	if len(d.Pop) == 0 {
		return nil
	}
	var rows []int32
	best := map[int32]int32{}
	for i, people := range d.Pop[0] {
		if !(people > 0) {
			continue
		}
		if d.Cell[i] < 0 {
			rows = append(rows, int32(i))
			continue
		}
		if z := d.Zone[i]; z >= 0 {
			if old, ok := best[z]; !ok || people > d.Pop[0][old] {
				best[z] = int32(i)
			}
		}
	}
	for _, i := range best {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	return fromRows(ds, rows)
}

// FromFacilities makes candidates of the open facilities of some kinds: houses
// that may take another service in.
func FromFacilities(ds *coverage.Dataset, kinds []string, zoneOf []int32) []Candidate {
	var list []Candidate
	for i := range ds.Facilities {
		f := &ds.Facilities[i]
		if (f.Status == "" || f.Status == "open") && slices.Contains(kinds, f.Kind) {
			list = append(list, Candidate{ID: f.ID, Name: f.Name, At: f.At, Landmass: f.Landmass, Zone: zoneOf[i]})
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
