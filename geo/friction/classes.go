package friction

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Unknown is a class that a table does not hold, with its number of cells.
type Unknown struct {
	Class int32
	Cells int64
}

// SecondsPerMetre turns classes of ground into seconds per metre by a table of
// km/h. Speed 0 is a barrier. Cells of classes that the table does not hold have
// no data (NaN) and are listed by class. The error wraps [ErrSurface]: a speed
// that is negative or not finite.
func SecondsPerMetre[T ~uint8 | ~uint16 | ~int16 | ~int32](classes []T, kmh map[int32]float64) ([]float32, []Unknown, error) {
	for _, class := range slices.Sorted(maps.Keys(kmh)) {
		if v := kmh[class]; !(v >= 0) || math.IsInf(v, 0) {
			return nil, nil, fmt.Errorf("%w: class %d has a speed of %v km/h", ErrSurface, class, v)
		}
	}
	column := make([]float32, len(classes))
	unknown := map[int32]int64{}
	var last T
	pace, known, asked := float32(0), false, false
	for i, class := range classes {
		if class != last || !asked {
			speed, ok := kmh[int32(class)]
			last, pace, known, asked = class, Pace(speed), ok, true
		}
		if column[i] = pace; !known {
			column[i] = float32(math.NaN())
			unknown[int32(class)]++
		}
	}
	var list []Unknown
	for _, class := range slices.Sorted(maps.Keys(unknown)) {
		list = append(list, Unknown{class, unknown[class]})
	}
	return column, list, nil
}
