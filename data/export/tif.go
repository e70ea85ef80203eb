package export

import (
	"io"
	"math"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/raster"
)

// The values of raster cells that are no measurement.
const (
	NoData       = -9999   // nobody lives there, or the standard has no rule for those who do
	BeyondMin    = 99999   // minutes where no facility can be reached: over every threshold
	BeyondMetres = 9999999 // metres where no facility can be reached
)

// raster writes the people of a group, or the cost of a standard, by cell.
func (j *job) raster(w io.Writer) error {
	d := j.ds.Demand
	if d == nil || d.Grid.IsZero() {
		return &coverage.Error{Code: coverage.Unsupported, Key: "export.no_grid"}
	}
	points := 0
	for _, c := range d.Cell {
		if c < 0 {
			points++
		}
	}
	if points > 0 {
		return &coverage.Error{Code: coverage.Unsupported, Key: "export.points", Args: coverage.Args{"count": points}}
	}
	cells, err := j.cells(d)
	if err != nil {
		return err
	}
	if err := j.ctx.Err(); err != nil {
		return err
	}
	return raster.WriteGeoTIFF(w, d.Grid, cells, NoData)
}

func (j *job) cells(d *coverage.DemandSet) ([]float32, error) {
	if j.o.Layer == "demand" {
		return j.peopleCells(d)
	}
	c, err := j.standard()
	if err != nil {
		return nil, err
	}
	out := empty(d)
	for i, cell := range d.Cell { // of several rows of a cell the slowest is shown
		if c.Judged == nil || c.Judged[i] {
			out[cell] = max(out[cell], costOf(c, i))
		}
	}
	return out, nil
}

func empty(d *coverage.DemandSet) []float32 {
	out := make([]float32, d.Grid.Cells())
	for i := range out {
		out[i] = NoData
	}
	return out
}

// peopleCells adds up the rows of a cell, of which the area rule makes several.
func (j *job) peopleCells(d *coverage.DemandSet) ([]float32, error) {
	group := j.o.Group
	if group == "" && len(d.Groups) > 0 {
		group = d.Groups[0]
	}
	people := d.Group(group)
	if people == nil {
		args := coverage.Args{"value": group, "known": strings.Join(d.Groups, ", ")}
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "export.no_group", Args: args}
	}
	out := empty(d)
	for i, cell := range d.Cell {
		if out[cell] == NoData {
			out[cell] = 0
		}
		out[cell] += people[i]
	}
	return out, nil
}

// standard finds the coverage that the options ask for.
func (j *job) standard() (*coverage.Coverage, error) {
	var ids []string
	for k := range j.run.Coverage {
		c := &j.run.Coverage[k]
		if c.Standard.ID == j.o.Standard || j.o.Standard == "" && len(j.run.Coverage) == 1 {
			return c, nil
		}
		ids = append(ids, c.Standard.ID)
	}
	code, key := coverage.NotFound, "export.no_standard"
	if j.o.Standard == "" {
		code, key = coverage.Invalid, "export.choose_standard"
	}
	return nil, &coverage.Error{Code: code, Key: key, Args: coverage.Args{"value": j.o.Standard, "known": strings.Join(ids, ", ")}}
}

// costOf is the cost of demand row i in minutes or metres, rounded up so that
// a cell over a threshold does not fall on it.
func costOf(c *coverage.Coverage, i int) float32 {
	minutes := len(c.Standard.Rules) > 0 && c.Standard.Rules[0].Threshold.IsTime()
	switch {
	case c.Cost[i] == coverage.Never && minutes:
		return BeyondMin
	case c.Cost[i] == coverage.Never:
		return BeyondMetres
	case minutes:
		return upward(float64(c.Cost[i]) / 60000)
	}
	return upward(float64(c.Cost[i]) / 1000)
}

// upward is the smallest float32 that is not below v.
func upward(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		f = math.Nextafter32(f, math.MaxFloat32)
	}
	return f
}
