package roads

import (
	_ "embed"
	"sync"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/table"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

//go:embed columns.yaml
var columnsYAML []byte

// ferryWords are what people call the columns of a table of ferries.
var ferryWords = sync.OnceValue(func() *table.Words {
	w, err := table.ParseWords(columnsYAML)
	if err != nil {
		panic(err) // a fault of the program: the file is part of it
	}
	return w
})

// FerryColumns finds the columns of a table of ferries by their names: for each
// key of the project file the column that it would be.
func FerryColumns(names []string) map[string]int { return ferryWords().Assign(names) }

// ownQuay is a quay of a table.
type ownQuay struct {
	at   e7.Coord
	name string
	ref  coverage.Ref
}

// quayAt names a quay that lies at a place.
func (r *Roads) quayAt(at orb.Point) (coverage.Ref, string) {
	c, _ := e7.Of(at)
	for _, q := range r.own {
		if q.at == c {
			return q.ref, q.name
		}
	}
	return coverage.Ref{File: r.Name}, ""
}

// readFerries reads the tables of ferries.
func (r *Roads) readFerries() error {
	for _, e := range r.Project.Ferries {
		if err := r.ferryFile(e); err != nil {
			if err := r.Fail(e.File, err); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Roads) ferryFile(e project.Ferries) error {
	var quays map[string]orb.Point
	if e.Quays != nil { // first: rows are counted from the opening of a file
		var err error
		if quays, err = r.readQuays(*e.Quays); err != nil {
			return err
		}
	}
	rec, err := r.Open(e.Source)
	if err != nil {
		return err
	}
	f := &ferryReader{Roads: r, r: rec, entry: e, quays: quays}
	if err := f.findColumns(); err != nil {
		return err
	}
	if !rec.Vector && f.quays == nil && (f.from == nil || f.to == nil) {
		return source.Refuse("ferry.no_columns", e.File, coverage.Args{"sheet": rec.Layer, "columns": source.Join(rec.Columns)})
	}
	if err := rec.Each(f.read); err != nil {
		return err
	}
	r.Source(coverage.Source{Role: "ferries", File: e.File, Layer: rec.Layer, CRS: rec.CRS.Code(), Rows: rec.Rows()})
	f.report()
	return r.JudgeShare(e.File, rec.Rows(), rec.Rows()-f.kept-f.skipped, f.kept)
}

// ferryReader reads one table.
type ferryReader struct {
	*Roads
	r             *source.Records
	entry         project.Ferries
	from, to      *ground.Placer // nil without columns of coordinates
	quays         map[string]orb.Point
	kept, skipped int64
	noTime, noTT  int // services without sailing time, without a timetable

	name, fromName, toName, minutes, boarding int // columns
	out, back                                 timeColumns
	passengers, vehicles, lost, season        int
}

type timeColumns struct{ departures, headway, first, last int }

func (f *ferryReader) findColumns() error {
	roles := FerryColumns(f.r.Columns)
	e := f.entry
	var fromX, fromY, toX, toY int
	for _, c := range []struct {
		dst       *int
		name, key string
	}{
		{&f.name, e.Name, "name"},
		{&f.fromName, e.From, "from"},
		{&f.toName, e.To, "to"},
		{&fromX, e.FromX, "from_lon"},
		{&fromY, e.FromY, "from_lat"},
		{&toX, e.ToX, "to_lon"},
		{&toY, e.ToY, "to_lat"},
		{&f.minutes, e.Minutes, "minutes"},
		{&f.boarding, e.Boarding, "boarding"},
		{&f.out.departures, e.Out.Departures, "departures"},
		{&f.out.headway, e.Out.Headway, "headway"},
		{&f.out.first, e.Out.First, "first"},
		{&f.out.last, e.Out.Last, "last"},
		{&f.back.departures, e.Back.Departures, "return_departures"},
		{&f.back.headway, e.Back.Headway, "return_headway"},
		{&f.back.first, e.Back.First, "return_first"},
		{&f.back.last, e.Back.Last, "return_last"},
		{&f.passengers, e.Passengers, "passengers"},
		{&f.vehicles, e.Vehicles, "vehicles"},
		{&f.lost, e.DaysLost, "days_lost"},
		{&f.season, e.SeasonDays, "season"},
	} {
		*c.dst = -1
		if i, ok := roles[c.key]; ok {
			*c.dst = i
		}
		if c.name == "" {
			continue
		}
		i, err := f.r.Column(c.name)
		if err != nil {
			return err
		}
		*c.dst = i
	}
	var err error
	if f.from, err = f.placer(fromX, fromY); err == nil {
		f.to, err = f.placer(toX, toY)
	}
	return err
}

// placer reads the coordinates of one end, nil when a column is not there.
func (f *ferryReader) placer(x, y int) (*ground.Placer, error) {
	if x < 0 || y < 0 {
		return nil, nil
	}
	return f.NewPlacer(f.r, f.r.Name(x), f.r.Name(y), "")
}

// readQuays reads where quays are, by name.
func (r *Roads) readQuays(q project.Quays) (map[string]orb.Point, error) {
	rec, err := r.Open(q.Source)
	if err != nil {
		return nil, err
	}
	placer, err := r.NewPlacer(rec, q.X, q.Y, q.XY)
	if err != nil {
		return nil, err
	}
	name, err := rec.ColumnOr(q.Name, "name")
	if err == nil && name < 0 {
		err = source.Refuse("data.no_column", q.File, coverage.Args{"sheet": rec.Layer, "column": "name", "columns": source.Join(rec.Columns)})
	}
	if err != nil {
		return nil, err
	}
	quays := map[string]orb.Point{}
	var skipped int64
	err = rec.Each(func(row *source.Record) error {
		before := r.Issues.Fatal()
		at, ok := r.Place(placer, row)
		if !ok && r.Issues.Fatal() == before {
			skipped++
			return nil
		}
		word := row.Cell(name)
		if old, twice := quays[word]; twice && ok && geodesy.Distance(old, at) > quayReachM {
			r.Issues.Add(coverage.Issue{Ref: row.Ref, Key: "ferry.quay_twice", Column: rec.Name(name), Value: word, Args: coverage.Args{"metres": short(geodesy.Distance(old, at))}})
		} else if ok && !twice {
			quays[word] = at
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.Source(coverage.Source{Role: "quays", File: q.File, Layer: rec.Layer, CRS: rec.CRS.Code(), Rows: rec.Rows()})
	return quays, r.JudgeShare(q.File, rec.Rows(), 0, int64(len(quays)))
}

// read takes every fault of a row before it gives the row up.
func (f *ferryReader) read(rec *source.Record) error {
	before := f.Issues.Fatal()
	line, ok := f.line(rec)
	if !ok && f.Issues.Fatal() == before {
		f.skipped++ // a total or a footnote
		return nil
	}
	ferry, sailS := f.ferry(rec)
	if !ok || f.Issues.Fatal() > before {
		return nil
	}
	points := make([]uint32, 0, len(line))
	for _, at := range line {
		p, ok := f.builder.PointAt(at)
		if ok {
			points = append(points, p)
		}
	}
	first, last := points[0], points[len(points)-1]
	if first == last {
		f.issue(rec, "ferry.same_quay", f.fromName, rec.Cell(f.fromName), true)
		return nil
	}
	f.checkSpeed(rec, line, sailS)
	f.kept++
	if sailS == 0 {
		f.noTime++
	}
	if len(ferry.Out.DeparturesS) == 0 && ferry.Out.HeadwayS == 0 {
		f.noTT++
	}
	f.builder.Quay(first)
	f.builder.Quay(last)
	f.builder.Sail(f.builder.Ferry(ferry), points, f.carries(rec), sailS)
	for i, at := range []orb.Point{line[0], line[len(line)-1]} {
		c, _ := e7.Of(at)
		f.own = append(f.own, ownQuay{c, rec.Cell([]int{f.fromName, f.toName}[i]), rec.Ref})
	}
	return nil
}

// carries are the tags that say whom a boat takes: people on foot and no
// vehicles, unless the row says otherwise.
func (f *ferryReader) carries(rec *source.Record) profile.Tags {
	tags := []profile.Tag{{Key: "route", Value: "ferry"}}
	if f.truth(rec, f.passengers, true) {
		tags = append(tags, profile.Tag{Key: "foot", Value: "yes"})
	} else {
		tags = append(tags, profile.Tag{Key: "foot", Value: "no"}, profile.Tag{Key: "bicycle", Value: "no"})
	}
	if f.truth(rec, f.vehicles, false) {
		tags = append(tags, profile.Tag{Key: "vehicle", Value: "yes"})
	} else {
		tags = append(tags, profile.Tag{Key: "motor_vehicle", Value: "no"})
	}
	return profile.NewTags(tags...)
}

func (f *ferryReader) issue(rec *source.Record, key string, column int, value string, fatal bool) {
	f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: key, Column: f.r.Name(column), Value: value, Fatal: fatal})
}

func (f *ferryReader) report() {
	ref := coverage.Ref{File: f.entry.File, Sheet: f.r.Layer}
	kmh, headway := f.assumed()
	if f.noTime > 0 {
		f.Issues.Add(coverage.Issue{Ref: ref, Key: "ferry.no_time", Args: coverage.Args{"count": f.noTime, "of": f.kept, "kmh": kmh}})
	}
	if f.noTT > 0 {
		f.Issues.Add(coverage.Issue{Ref: ref, Key: "ferry.no_headway", Args: coverage.Args{"count": f.noTT, "minutes": headway}})
	}
}

// maxBoatKMH is the speed of the fastest ferries; minSailKMH that of the slowest.
const (
	maxBoatKMH = 100
	minBoatKMH = 1
)

// checkSpeed tells of sailing times that no boat has: hours taken for minutes,
// or quays that are not where they should be.
func (f *ferryReader) checkSpeed(rec *source.Record, line orb.LineString, sailS float64) {
	if sailS == 0 {
		return
	}
	metres := 0.0
	for i := 1; i < len(line); i++ {
		metres += geodesy.Distance(line[i-1], line[i])
	}
	if kmh := metres / sailS * 3.6; kmh > maxBoatKMH || kmh < minBoatKMH {
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "ferry.speed", Column: f.r.Name(f.minutes), Value: rec.Cell(f.minutes), Args: coverage.Args{
			"km": short(metres / 1000), "kmh": short(kmh), "lon": line[0][0], "lat": line[0][1],
		}})
	}
}
