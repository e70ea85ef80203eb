package roads

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/source"
	"lifecircle/data/table"
	"lifecircle/geo/crs"
	"lifecircle/geo/network"

	"github.com/paulmach/orb"
)

// line is the way of a boat in WGS 84: the line of a layer, else straight from
// quay to quay.
func (f *ferryReader) line(rec *source.Record) (orb.LineString, bool) {
	if f.r.Vector {
		return f.drawn(rec)
	}
	if rec.Row.IsRemark() && f.nothing(rec) {
		f.issue(rec, "data.remark_row", f.name, rec.Row.Cell(0), false)
		return nil, false
	}
	from, ok1 := f.place(rec, f.from, f.fromName)
	to, ok2 := f.place(rec, f.to, f.toName)
	return orb.LineString{from, to}, ok1 && ok2
}

func (f *ferryReader) drawn(rec *source.Record) (orb.LineString, bool) {
	lines, ok := linesOf(nil, rec.Geometry)
	if !ok || len(lines) != 1 {
		f.issue(rec, "ferry.not_line", -1, rec.Geometry.GeoJSONType(), true)
		return nil, false
	}
	for i, at := range lines[0] {
		if fault := f.r.CRS.Check(at); fault != crs.None {
			f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: source.FaultKey(fault), Value: source.PointText(at), Args: coverage.Args{"crs": f.r.CRS.Code()}, Fatal: true})
			return nil, false
		}
		lines[0][i] = f.r.CRS.ToWGS84(at)
	}
	return lines[0], true
}

// nothing reports whether a row has neither an end by name nor by place.
func (f *ferryReader) nothing(rec *source.Record) bool {
	return f.blank(rec, f.from) && f.blank(rec, f.to) && (rec.Cell(f.fromName) == "" || rec.Cell(f.toName) == "")
}

// blank reports whether a row has no coordinates for an end.
func (f *ferryReader) blank(rec *source.Record, p *ground.Placer) bool {
	if p == nil {
		return true
	}
	for _, name := range strings.Split(p.Columns(), ", ") {
		if i := f.r.Index(name); i >= 0 && rec.Cell(i) != "" {
			return false
		}
	}
	return true
}

// place is where an end of a row is: by its coordinates, else by the name of its
// quay.
func (f *ferryReader) place(rec *source.Record, p *ground.Placer, name int) (orb.Point, bool) {
	if p != nil && !f.blank(rec, p) {
		first := len(f.Issues.List())
		at, ok := f.Place(p, rec)
		f.Pin(p, first)
		return at, ok
	}
	word := rec.Cell(name)
	if at, ok := f.quays[word]; ok && word != "" {
		return at, true
	}
	f.issue(rec, "ferry.no_place", name, word, true)
	return orb.Point{}, false
}

// ferry reads the numbers of a row, and the seconds of sailing, 0 when not known.
func (f *ferryReader) ferry(rec *source.Record) (network.Ferry, float64) {
	b := network.Ferry{Name: rec.Cell(f.name), Out: f.timetable(rec, f.out), Back: f.timetable(rec, f.back)}
	if b.Name == "" && rec.Cell(f.fromName)+rec.Cell(f.toName) != "" {
		b.Name = rec.Cell(f.fromName) + " - " + rec.Cell(f.toName)
	}
	b.DaysLost, _ = f.number(rec, f.lost, 0, 366)
	b.SeasonDays, _ = f.number(rec, f.season, 1, 366)
	if v, ok := f.span(rec, f.boarding, 0, 1440); ok {
		b.BoardingS = max(1, int32(v*60+0.5)) // 0 stands for the default
	}
	sail, _ := f.span(rec, f.minutes, 1, 7*1440)
	return b, sail * 60
}

func (f *ferryReader) timetable(rec *source.Record, c timeColumns) network.Timetable {
	var t network.Timetable
	if cell := rec.Cell(c.departures); !isMissing(cell) {
		list, bad := departures(cell)
		if bad != "" {
			f.issue(rec, "ferry.departures", c.departures, bad, true)
		}
		t.DeparturesS = list
	}
	if v, ok := f.span(rec, c.headway, 1, 1440); ok {
		t.HeadwayS = int32(v*60 + 0.5)
	}
	var ok1, ok2 bool
	t.FirstS, ok1 = f.clock(rec, c.first)
	t.LastS, ok2 = f.clock(rec, c.last)
	switch {
	case ok1 != ok2:
		f.issue(rec, "ferry.first_last", max(c.first, c.last), rec.Cell(c.first)+rec.Cell(c.last), true)
	case t.LastS < t.FirstS:
		f.issue(rec, "ferry.last_before_first", c.last, rec.Cell(c.last), true)
	}
	return t
}

func isMissing(cell string) bool {
	_, state := table.Number(cell)
	return state == table.Missing
}

func (f *ferryReader) clock(rec *source.Record, column int) (int32, bool) {
	cell := rec.Cell(column)
	if isMissing(cell) {
		return 0, false
	}
	t, ok := clock(cell)
	if !ok {
		f.issue(rec, "ferry.clock", column, cell, true)
	}
	return t, true
}

// span reads minutes within bounds; false when there are none.
func (f *ferryReader) span(rec *source.Record, column int, low, high float64) (float64, bool) {
	cell := rec.Cell(column)
	v, state := minutes(cell)
	return f.within(rec, column, v, state, low, high)
}

func (f *ferryReader) number(rec *source.Record, column int, low, high float64) (float64, bool) {
	v, state := table.Number(strings.TrimSuffix(rec.Cell(column), "天"))
	return f.within(rec, column, v, state, low, high)
}

func (f *ferryReader) within(rec *source.Record, column int, v float64, state table.State, low, high float64) (float64, bool) {
	switch {
	case state == table.Missing:
		return 0, false
	case state == table.Bad || !(v >= low && v <= high):
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "ferry.number", Column: f.r.Name(column), Value: rec.Cell(column), Fatal: true, Args: coverage.Args{
			"low": short(low), "high": short(high),
		}})
		return 0, false
	}
	return v, true
}

var truths = map[string]bool{
	"yes": true, "y": true, "true": true, "t": true, "是": true, "有": true, "可": true, "能": true, "√": true,
	"no": false, "n": false, "false": false, "f": false, "否": false, "不": false, "不可": false, "不能": false, "×": false,
}

// truth reads yes or no, or a number of places; other is what an empty cell means.
func (f *ferryReader) truth(rec *source.Record, column int, other bool) bool {
	cell := rec.Cell(column)
	if cell == "" {
		return other
	}
	if v, ok := truths[strings.ToLower(cell)]; ok {
		return v
	}
	switch v, state := table.Number(cell); {
	case cell == "无":
		return false
	case state == table.Missing:
		return other
	case state == table.Good && v >= 0:
		return v > 0
	}
	f.issue(rec, "ferry.truth", column, cell, false)
	return other
}
