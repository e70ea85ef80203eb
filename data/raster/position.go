package raster

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// readPosition returns where the grid lies, and whether the file stores its
// southernmost row first.
func readPosition(dir *directory, keys geoKeys, cols, rows int) (grid.Spec, bool, error) {
	x, y, err := readAxes(dir)
	if err != nil {
		return grid.Spec{}, false, err
	}
	if keys.pixelIsPoint() { // the tie point is the centre of a cell, not its corner
		x.origin -= x.step / 2
		y.origin -= y.step / 2
	}
	southUp := y.step > 0
	if southUp {
		y.origin += y.step * float64(rows)
		y.step = -y.step
	}
	spec := grid.Spec{X0: x.origin, Y0: y.origin, DX: x.step, DY: -y.step, Cols: int32(cols), Rows: int32(rows)}
	if !(spec.DX > 0) || !(spec.DY > 0) || !finite(spec.X0, spec.Y0, spec.DX*float64(cols), spec.DY*float64(rows)) {
		return grid.Spec{}, false, corrupt("georeference")
	}
	return spec, southUp, nil
}

// axis is one coordinate as a function of the column or row.
type axis struct{ origin, step float64 }

// readAxes reads pixel scale and tie point, or the transformation matrix.
func readAxes(dir *directory) (x, y axis, err error) {
	scale, err := dir.floats(tagPixelScale, 16)
	if err != nil {
		return x, y, err
	}
	ties, err := dir.floats(tagTiepoint, 1<<20)
	if err != nil {
		return x, y, err
	}
	matrix, err := dir.floats(tagTransformation, 16)
	switch {
	case err != nil:
		return x, y, err
	case len(scale) >= 2 && scale[0] != 0 && scale[1] != 0 && len(ties) >= 6:
		sx, sy := scale[0], -math.Abs(scale[1])
		return axis{ties[3] - ties[0]*sx, sx}, axis{ties[4] - ties[1]*sy, sy}, nil
	case len(matrix) == 16:
		return fromMatrix(matrix)
	case len(ties) >= 6:
		return x, y, unsupported("raster.control_points", coverage.Args{})
	}
	return x, y, &coverage.Error{Code: coverage.Unusable, Key: "raster.no_position"}
}

func fromMatrix(m []float64) (x, y axis, err error) {
	if m[1] != 0 || m[4] != 0 {
		return x, y, unsupported("raster.rotated", coverage.Args{})
	}
	return axis{m[3], m[0]}, axis{m[7], m[5]}, nil
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
