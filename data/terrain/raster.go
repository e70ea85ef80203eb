package terrain

import (
	"fmt"
	"io"
	"io/fs"
	"math"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/raster"
	"lifecircle/data/source"
	"lifecircle/data/terrain/hgt"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// layer is a raster as it was read.
type layer struct {
	file   string
	values []float32 // NaN for no data
	spec   grid.Spec
	crs    crs.CRS
}

// raster reads a band, counted from 1, and records the file under a role.
func (t *Terrain) raster(s project.Source, band int, role string) (*layer, error) {
	l := &layer{file: s.File}
	said := ""
	var err error
	if hgt.Named(s.File) {
		l.values, l.spec, err = t.tile(s.File)
		said = l.spec.CRS
	} else {
		l.values, l.spec, said, err = t.band(s.File, band)
	}
	if err != nil {
		return nil, err
	}
	if l.crs, err = t.System(s, said, ""); err != nil {
		return nil, err
	}
	t.Source(coverage.Source{Role: role, File: s.File, CRS: l.crs.Code(), Rows: int64(len(l.values))})
	return l, nil
}

func (t *Terrain) tile(file string) ([]float32, grid.Spec, error) {
	content, err := fs.ReadFile(t.FS, file)
	if err != nil {
		return nil, grid.Spec{}, source.NotReadable(file, err)
	}
	return hgt.Read(file, content)
}

func (t *Terrain) band(file string, band int) ([]float32, grid.Spec, string, error) {
	f, err := t.FS.Open(file)
	if err != nil {
		return nil, grid.Spec{}, "", source.NotReadable(file, err)
	}
	defer f.Close()
	info, err := f.Stat()
	at, ok := f.(io.ReaderAt)
	if err != nil || !ok || info.IsDir() {
		return nil, grid.Spec{}, "", source.NotReadable(file, fmt.Errorf("not a file: %w", err))
	}
	r, err := raster.Open(file, at, info.Size())
	if err != nil {
		return nil, grid.Spec{}, "", err
	}
	values, err := r.ReadBand(t.Context, band-1, t.Progress)
	said := r.Header().Spec.CRS
	if said == "" {
		said = r.Header().Citation // a system without a code must not be taken for the default
	}
	return values, r.Header().Spec, said, err
}

// place turns coordinates of the grid into those of a raster, nil when they are
// the same.
func (t *Terrain) place(l *layer) friction.Place {
	right := l.spec.X0 + float64(l.spec.Cols)*l.spec.DX
	wrap := func(x float64) float64 {
		switch {
		case x > right && x-360 >= l.spec.X0:
			return x - 360
		case x < l.spec.X0 && x+360 <= right:
			return x + 360
		}
		return x
	}
	switch {
	case t.crs.Code() == l.crs.Code() && !l.crs.IsGeographic():
		return nil
	case t.crs.Code() == l.crs.Code():
		return func(x, y float64) (float64, float64) { return wrap(x), y }
	}
	return func(x, y float64) (float64, float64) {
		p := l.crs.FromWGS84(t.crs.ToWGS84(orb.Point{x, y}))
		if l.crs.IsGeographic() {
			p[0] = wrap(p[0])
		}
		return p[0], p[1]
	}
}

// window is the part of the grid that a raster can cover, with some cells to
// spare, and the cell that it begins at; a zero grid when there is none. A raster
// turns into a shape whose outline is followed.
func (t *Terrain) window(l *layer) (part grid.Spec, col, row int32) {
	minCol, minRow, maxCol, maxRow := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	w, h := float64(l.spec.Cols)*l.spec.DX, float64(l.spec.Rows)*l.spec.DY
	for i := range 65 {
		s := float64(i) / 64
		for _, at := range []orb.Point{
			{l.spec.X0 + s*w, l.spec.Y0},
			{l.spec.X0 + s*w, l.spec.Y0 - h},
			{l.spec.X0, l.spec.Y0 - s*h},
			{l.spec.X0 + w, l.spec.Y0 - s*h},
		} {
			p := t.toGrid(l.crs.ToWGS84(at))
			x, y := (p[0]-t.spec.X0)/t.spec.DX, (t.spec.Y0-p[1])/t.spec.DY
			if math.IsNaN(x + y) {
				return t.spec, 0, 0 // beyond what the grid's system can say: look everywhere
			}
			minCol, maxCol, minRow, maxRow = min(minCol, x), max(maxCol, x), min(minRow, y), max(maxRow, y)
		}
	}
	const spare = 3
	cols, rows := float64(t.spec.Cols), float64(t.spec.Rows)
	c0, c1 := max(0, math.Floor(minCol)-spare), min(cols, math.Ceil(maxCol)+spare)
	r0, r1 := max(0, math.Floor(minRow)-spare), min(rows, math.Ceil(maxRow)+spare)
	if t.crs.IsGeographic() && maxCol-minCol > 350/t.spec.DX { // round the Earth
		c0, c1 = 0, cols
	}
	if c0 >= c1 || r0 >= r1 {
		return grid.Spec{}, 0, 0
	}
	part = t.spec
	part.X0, part.Y0 = t.spec.X0+c0*t.spec.DX, t.spec.Y0-r0*t.spec.DY
	part.Cols, part.Rows = int32(c1-c0), int32(r1-r0)
	return part, int32(c0), int32(r0)
}

// onGrid brings the values of a raster to the grid and calls put with every cell
// and its value; how is one of the resamplings of package friction. A raster that
// covers nothing of the grid is told.
func onGrid[T any](t *Terrain, l *layer, how func(part grid.Spec, place friction.Place) ([]T, error), put func(cell int, v T)) error {
	part, col, row := t.window(l)
	if part.IsZero() {
		t.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.file}, Key: "terrain.elsewhere", Args: coverage.Args{"crs": l.crs.Code()}})
		return nil
	}
	values, err := how(part, t.place(l))
	if err != nil {
		return err
	}
	for i, v := range values {
		r, c := int32(i)/part.Cols, int32(i)%part.Cols
		put(int(row+r)*int(t.spec.Cols)+int(col+c), v)
	}
	return nil
}
