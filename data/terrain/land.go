package terrain

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/friction"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// land opens the cells that are land, at the speed of ground of which nothing
// else is known.
func (t *Terrain) land() error {
	n := t.spec.Cells()
	t.people = make([]float32, n)
	cells := t.cellsOf()
	for row, c := range cells {
		if c >= 0 && len(t.Dataset.Demand.Pop) > 0 {
			t.people[c] += t.Dataset.Demand.Pop[0][row]
		}
	}
	if t.Land == nil {
		t.label = make([]int32, n)
	} else {
		var polygons []orb.MultiPolygon
		for _, mp := range t.Land.Polygons {
			polygons = append(polygons, t.inGrid(mp))
		}
		var err error
		if t.label, err = zonal.AssignCells(t.Context, t.spec, polygons, nil); err != nil {
			return t.cancelled(err)
		}
		t.openCoast(cells)
		t.closeStraits()
	}
	t.seconds = make([]float32, n)
	pace, none := friction.Pace(t.entry.KMH), float32(math.NaN())
	for i, l := range t.label {
		if t.seconds[i] = pace; l < 0 {
			t.seconds[i] = none
		}
	}
	return nil
}

// cancelled hands on the end of the context, and notes any other error.
func (t *Terrain) cancelled(err error) error {
	if t.Context.Err() != nil {
		return t.Context.Err()
	}
	return t.Fail(t.Name, err)
}

// cellsOf are the cells of the rows of people, -1 beyond the grid.
func (t *Terrain) cellsOf() []int32 {
	d := t.Dataset.Demand
	same := t.spec.SameAs(d.Grid)
	cells := make([]int32, d.Len())
	for i, at := range d.At {
		if same && d.Cell[i] >= 0 {
			cells[i] = d.Cell[i]
			continue
		}
		p := t.toGrid(at)
		cells[i] = t.spec.Cell(p[0], p[1])
	}
	return cells
}

// openCoast opens the cells of people who belong to a landmass though the centre
// of their cell is off it.
func (t *Terrain) openCoast(cells []int32) {
	d := t.Dataset.Demand
	for row, c := range cells {
		if c >= 0 && t.label[c] < 0 {
			t.label[c] = d.Landmass[row]
		}
	}
}

// closeStraits closes a cell wherever cells of two landmasses share an edge: the
// one with fewer people, of equals the right or the lower one. Cells that touch
// at a corner need no more: a step over a corner is refused between closed cells.
func (t *Terrain) closeStraits() {
	var lost tally
	cols := int(t.spec.Cols)
	for c := range t.label {
		for side := range 2 {
			next := c + 1
			if side == 0 && next%cols == 0 {
				continue
			}
			if side == 1 {
				next = c + cols
			}
			if next >= len(t.label) || t.label[c] < 0 || t.label[next] < 0 || t.label[c] == t.label[next] {
				continue
			}
			gone := next
			if t.people[c] < t.people[next] {
				gone = c
			}
			t.label[gone] = -1
			lost.all++
			lost.add(t.people[gone])
		}
	}
	t.tell("terrain.straits", coverage.Ref{File: t.Name}, lost.all, lost, coverage.Args{"all": lost.all})
}
