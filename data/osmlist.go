package data

import (
	"io"

	"lifecircle/coverage"
	"lifecircle/data/kinds"
	"lifecircle/data/osm"
	"lifecircle/data/project"
	"lifecircle/geo/crs"
)

// Columns of a list that is read from an OpenStreetMap extract.
var osmColumns = []string{"id", "name", "kind", "capacity"}

// capacityTags say how many beds or places there are, the surest first.
var capacityTags = []string{"beds", "capacity:beds", "capacity:persons", "capacity"}

// openOSM reads the facilities of an OpenStreetMap extract as records, and
// names their columns in the entry.
func (l *loader) openOSM(e *project.Facilities) (*records, error) {
	rows := kinds.DefaultTags()
	if e.Tags != nil {
		rows = nil
		for _, r := range e.Tags {
			rows = append(rows, kinds.TagRow(r))
		}
	}
	var table []osm.Match
	for _, r := range rows {
		table = append(table, osm.Match(r.Tags))
	}
	probe, err := l.fsys.Open(e.File)
	if err != nil {
		return nil, notReadable(e.File, err)
	}
	probe.Close()
	file := osm.File{Name: e.File, Open: func() (io.ReadCloser, error) { return l.fsys.Open(e.File) }}
	list, lost, err := osm.Facilities(l.ctx, []osm.File{file}, table, l.progress)
	if err != nil {
		return nil, err
	}
	if lost > 0 {
		l.iss.Add(coverage.Issue{Ref: coverage.Ref{File: e.File}, Key: "osm.lost", Args: coverage.Args{"count": lost}})
	}
	e.ID, e.Name, e.Kind, e.Capacity = "id", "name", project.Kind{Column: "kind", Map: map[string]string{}, Others: project.Skip}, "capacity"
	for _, r := range rows {
		e.Kind.Map[r.Kind] = r.Kind // the words of the table are kinds
	}
	return l.osmRecords(e.File, rows, list), nil
}

func (l *loader) osmRecords(file string, rows []kinds.TagRow, list []osm.POI) *records {
	l.iss.RowsRead += int64(len(list))
	return &records{
		file: file, columns: osmColumns, roles: map[string]int{}, crs: crs.WGS84(), vector: true,
		rows: func() int64 { return int64(len(list)) },
		index: func(name string) int {
			for i, c := range osmColumns {
				if c == name {
					return i
				}
			}
			return -1
		},
		each: func(fn func(*record) error) error {
			for i := range list {
				p := &list[i]
				cells := []string{p.ID, p.Name, kinds.KindOfTags(rows, p.Tags), capacityOf(p.Tags)}
				rec := record{ref: coverage.Ref{File: file, Sheet: p.ID}, geometry: p.At, cell: func(c int) string {
					if c < 0 || c >= len(cells) {
						return ""
					}
					return cells[c]
				}}
				if err := fn(&rec); err != nil {
					return err
				}
			}
			return l.ctx.Err()
		},
	}
}

func capacityOf(tags map[string]string) string {
	for _, key := range capacityTags {
		if v := tags[key]; v != "" {
			return v
		}
	}
	return ""
}

// reportBeyond tells how many places of an extract lie in no zone: extracts are
// cut larger than projects. They are kept, for people near the border.
func (f *facilityReader) reportBeyond() {
	if f.beyond > 0 {
		f.iss.Add(coverage.Issue{Ref: coverage.Ref{File: f.entry.File}, Key: "osm.beyond", Value: people(float64(f.beyond)), Args: coverage.Args{"count": f.beyond, "of": f.r.rows()}})
	}
}
