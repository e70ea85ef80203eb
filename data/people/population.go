package people

import (
	"fmt"
	"io"
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/raster"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/grid"
)

// ReadPopulation reads every group from its rasters and point tables, and makes
// the demand of them, when all could be read.
func (l *People) ReadPopulation() error {
	before := len(l.Failures)
	names := groupNames(l.Project.Population)
	l.warnMixed()
	g := &gridReader{People: l}
	columns := make([]sparse, len(names))
	for i, name := range names {
		var err error
		if columns[i], err = g.group(name); err != nil {
			return err
		}
	}
	points, err := l.readPoints(names)
	if err != nil || len(l.Failures) > before {
		return err
	}
	if err := l.buildDemand(g, names, columns, points); err != nil {
		return l.Fail(g.first, err)
	}
	return nil
}

// groupNames lists the groups, "all" first, the others as they appear.
func groupNames(entries []project.Population) []string {
	var names []string
	add := func(n string) {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	for _, e := range entries {
		if e.Points == nil {
			add(e.Group)
			continue
		}
		for _, g := range e.Points.Groups {
			add(g.Name)
		}
	}
	if i := slices.Index(names, "all"); i > 0 {
		names = slices.Insert(slices.Delete(names, i, i+1), 0, "all")
	}
	return names
}

// warnMixed tells when a group comes from a grid and from points: people may
// stand twice.
func (l *People) warnMixed() {
	rasters := map[string]string{}
	for _, e := range l.Project.Population {
		if e.Points == nil {
			rasters[e.Group] = e.File
		}
	}
	for _, e := range l.Project.Population {
		if e.Points == nil {
			continue
		}
		for _, g := range e.Points.Groups {
			if f, both := rasters[g.Name]; both {
				l.Issues.Add(coverage.Issue{
					Ref: coverage.Ref{File: e.File}, Key: "population.mixed", Column: g.Column, Value: g.Name, Args: coverage.Args{"raster": f},
				})
			}
		}
	}
}

// sparse is the populated cells of a group, ascending, and their people.
type sparse struct {
	cells  []int32
	people []float32
}

// gridReader reads rasters that share one grid.
type gridReader struct {
	*People
	spec  grid.Spec
	crs   crs.CRS
	first string // the file that spec is from
	seen  map[string]string
}

// group adds up the rasters of a group.
func (g *gridReader) group(name string) (sparse, error) {
	var sum []float32
	for _, e := range g.Project.Population {
		if e.Points != nil || e.Group != name {
			continue
		}
		band, err := g.read(e)
		if err != nil {
			if err := g.Fail(e.File, err); err != nil {
				return sparse{}, err
			}
			continue
		}
		if sum == nil {
			sum = band
			continue
		}
		for i, v := range band {
			sum[i] += v
		}
	}
	return compress(sum), nil
}

// read returns a band with 0 where there is nobody, no data or nonsense.
func (g *gridReader) read(e project.Population) ([]float32, error) {
	f, err := g.FS.Open(e.File)
	if err != nil {
		return nil, source.NotReadable(e.File, err)
	}
	defer f.Close()
	info, err := f.Stat()
	at, ok := f.(io.ReaderAt)
	if err != nil || !ok || info.IsDir() {
		return nil, source.NotReadable(e.File, fmt.Errorf("not a file: %w", err))
	}
	file, err := raster.Open(e.File, at, info.Size())
	if err != nil {
		return nil, err
	}
	if err := g.fit(e, file.Header()); err != nil {
		return nil, err
	}
	band, err := file.ReadBand(g.Context, e.Band-1, g.Progress)
	if err != nil {
		return nil, err
	}
	g.aside(e, file.Header())
	g.Source(coverage.Source{Role: "population", File: e.File, Layer: e.Group, CRS: g.crs.Code(), Rows: int64(len(band))})
	if err := g.once(e); err != nil {
		return nil, err
	}
	return band, g.clean(e, band)
}

// once refuses the same band twice in a group: it would count people twice.
func (g *gridReader) once(e project.Population) error {
	if g.seen == nil {
		g.seen = map[string]string{}
	}
	key := fmt.Sprint(g.Hashed(e.File), "|", e.Band, "|", e.Group)
	if other, twice := g.seen[key]; twice {
		return source.Refuse("population.twice", e.File, coverage.Args{"other": other, "group": e.Group})
	}
	g.seen[key] = e.File
	return nil
}

// clean sets cells without people to 0, and reports negative and infinite ones.
func (g *gridReader) clean(e project.Population, band []float32) error {
	var bad, populated int64
	worst := float32(0)
	for i, v := range band {
		switch {
		case v > 0 && v < 1e9:
			populated++
			continue
		case v < 0 || v >= 1e9:
			if bad++; bad == 1 || v < worst {
				worst = v
			}
		}
		band[i] = 0
	}
	if bad > 0 {
		g.Issues.Add(coverage.Issue{
			Ref: coverage.Ref{File: e.File, Sheet: e.Group}, Key: "population.negative_cells", Value: fmt.Sprint(worst), Args: coverage.Args{"count": bad},
		})
	}
	if float64(bad) > g.Project.MaxBadShare*float64(bad+populated) {
		return source.Refuse("data.bad_share", e.File, coverage.Args{"bad": bad, "rows": bad + populated, "limit": source.Percent(g.Project.MaxBadShare)})
	}
	if populated == 0 {
		return source.Refuse("population.nobody", e.File, coverage.Args{"group": e.Group})
	}
	return nil
}

func gridText(s grid.Spec) string {
	return fmt.Sprintf("%d x %d, %.10g x %.10g, (%.10g, %.10g), %s", s.Cols, s.Rows, s.DX, s.DY, s.X0, s.Y0, s.CRS)
}

func compress(band []float32) sparse {
	n := 0
	for _, v := range band {
		if v > 0 {
			n++
		}
	}
	s := sparse{make([]int32, 0, n), make([]float32, 0, n)}
	for i, v := range band {
		if v > 0 {
			s.cells, s.people = append(s.cells, int32(i)), append(s.people, v)
		}
	}
	return s
}
