package terrain

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
)

// noClass is a cell without a class.
const noClass = math.MinInt32

// cover gives cells the speed of their land cover.
func (t *Terrain) cover() error {
	var err error
	file := ""
	switch {
	case t.entry.LandCover != nil:
		file = t.entry.LandCover.File
		err = t.classes()
	case len(t.entry.Shares) > 0:
		file = t.entry.Shares[0].File
		err = t.shares()
	}
	if err != nil {
		return t.fail(file, err)
	}
	return nil
}

func (t *Terrain) fail(file string, err error) error {
	if t.Context.Err() != nil {
		return t.Context.Err()
	}
	return t.Fail(file, err)
}

// classes reads one raster of classes.
func (t *Terrain) classes() error {
	c := t.entry.LandCover
	l, err := t.raster(c.Source, c.Band, "landcover")
	if err != nil {
		return err
	}
	column := make([]int32, len(l.values))
	for i, v := range l.values {
		switch {
		case v != v:
			column[i] = noClass
		case float64(v) != math.Trunc(float64(v)) || math.Abs(float64(v)) > 1<<24:
			return source.Refuse("terrain.not_classes", c.File, coverage.Args{"value": strconv.FormatFloat(float64(v), 'g', -1, 32)})
		default:
			column[i] = int32(v)
		}
	}
	class := make([]int32, len(t.seconds))
	for i := range class {
		class[i] = noClass
	}
	err = onGrid(t, l, func(part grid.Spec, place friction.Place) ([]int32, error) {
		return friction.Resample(t.Context, part, l.spec, column, noClass, place)
	}, func(cell int, v int32) { class[cell] = v })
	if err != nil {
		return err
	}
	t.applyClasses(class)
	return nil
}

// applyClasses sets the speeds of open cells by their class. A class without a
// speed is ground of which nothing is known.
func (t *Terrain) applyClasses(class []int32) {
	c := t.entry.LandCover
	unknown := map[int32]*tally{}
	var blank tally
	for i, k := range class {
		if t.label[i] < 0 {
			continue
		}
		kmh, known := c.Classes[k]
		switch {
		case k == noClass:
			t.blank(i, &blank)
		case known:
			t.seconds[i] = friction.Pace(kmh)
		default:
			if unknown[k] == nil {
				unknown[k] = &tally{}
			}
			unknown[k].all++
			unknown[k].add(t.people[i])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(unknown)) {
		n := unknown[k]
		t.tell("terrain.class_unknown", coverage.Ref{File: c.File}, n.all, *n, coverage.Args{"class": k, "all": n.all, "kmh": t.entry.KMH})
	}
	t.tellBlank(c.File, blank)
}

// blank is a cell of which the land cover says nothing: it is land where
// landmasses are known, and else has no data.
func (t *Terrain) blank(cell int, n *tally) {
	n.all++
	n.add(t.people[cell])
	if t.Land == nil {
		t.seconds[cell] = float32(math.NaN())
	}
}

func (t *Terrain) tellBlank(file string, n tally) {
	key := "terrain.no_cover"
	if t.Land == nil {
		key = "terrain.no_cover_no_land"
	}
	t.tell(key, coverage.Ref{File: file}, n.all, n, coverage.Args{"all": n.all, "kmh": t.entry.KMH})
}

// shares reads a raster for each class; the one with the greatest share in a cell
// decides, of equals the first.
func (t *Terrain) shares() error {
	best := make([]float32, len(t.seconds))
	which := make([]int16, len(t.seconds))
	for i := range which {
		which[i] = -1
	}
	for k, s := range t.entry.Shares {
		l, err := t.raster(s.Source, s.Band, "landcover")
		if err != nil {
			if err := t.fail(s.File, err); err != nil {
				return err
			}
			continue
		}
		err = onGrid(t, l, func(part grid.Spec, place friction.Place) ([]float32, error) {
			return friction.Resample(t.Context, part, l.spec, l.values, float32(math.NaN()), place)
		}, func(cell int, v float32) {
			if v > best[cell] {
				best[cell], which[cell] = v, int16(k)
			}
		})
		if err != nil {
			return err
		}
	}
	var blank tally
	for i, k := range which {
		switch {
		case t.label[i] < 0:
		case k < 0:
			t.blank(i, &blank)
		default:
			t.seconds[i] = friction.Pace(t.entry.Shares[k].KMH)
		}
	}
	t.tellBlank(t.entry.Shares[0].File, blank)
	return nil
}

// Heights beyond these are no heights on land: a mark for no data that a file
// does not declare.
const (
	lowestM  = -500
	highestM = 9000
)

// elevation lays the heights over the grid. Of several files the first that knows
// a cell counts.
func (t *Terrain) elevation() error {
	if len(t.entry.Heights) == 0 {
		return nil
	}
	t.heights = make([]float32, len(t.seconds))
	for i := range t.heights {
		t.heights[i] = float32(math.NaN())
	}
	for _, s := range t.entry.Heights {
		l, err := t.raster(s, 1, "heights")
		if err == nil {
			t.dropAbsurd(l)
			err = onGrid(t, l, func(part grid.Spec, place friction.Place) ([]float32, error) {
				return friction.ResampleHeights(t.Context, part, l.spec, l.values, place)
			}, func(cell int, v float32) {
				if t.heights[cell] != t.heights[cell] {
					t.heights[cell] = v
				}
			})
		}
		if err != nil {
			if err := t.fail(s.File, err); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Terrain) dropAbsurd(l *layer) {
	count, example := 0, float32(0)
	for i, v := range l.values {
		if v < lowestM || v > highestM {
			if count++; count == 1 {
				example = v
			}
			l.values[i] = float32(math.NaN())
		}
	}
	if count > 0 {
		t.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.file}, Key: "terrain.height_absurd", Value: strconv.FormatFloat(float64(example), 'g', -1, 32), Args: coverage.Args{"count": count}})
	}
}
