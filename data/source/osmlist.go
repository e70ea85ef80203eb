package source

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

// OpenOSM reads the facilities of an OpenStreetMap extract as records, and
// names their columns in the entry.
func (l *Folder) OpenOSM(e *project.Facilities) (*Records, error) {
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
	probe, err := l.FS.Open(e.File)
	if err != nil {
		return nil, NotReadable(e.File, err)
	}
	probe.Close()
	file := osm.File{Name: e.File, Open: func() (io.ReadCloser, error) { return l.FS.Open(e.File) }}
	list, lost, err := osm.Facilities(l.Context, []osm.File{file}, table, l.Progress)
	if err != nil {
		return nil, err
	}
	if lost > 0 {
		l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: e.File}, Key: "osm.lost", Args: coverage.Args{"count": lost}})
	}
	e.ID, e.Name, e.Kind, e.Capacity = "id", "name", project.Kind{Column: "kind", Map: map[string]string{}, Others: project.Skip}, "capacity"
	for _, r := range rows {
		e.Kind.Map[r.Kind] = r.Kind // the words of the table are kinds
	}
	return l.osmRecords(e.File, rows, list), nil
}

func (l *Folder) osmRecords(file string, rows []kinds.TagRow, list []osm.POI) *Records {
	l.Issues.RowsRead += int64(len(list))
	return &Records{
		File: file, Columns: osmColumns, Roles: map[string]int{}, CRS: crs.WGS84(), Vector: true,
		Rows: func() int64 { return int64(len(list)) },
		Index: func(name string) int {
			for i, c := range osmColumns {
				if c == name {
					return i
				}
			}
			return -1
		},
		Each: func(fn func(*Record) error) error {
			for i := range list {
				p := &list[i]
				cells := []string{p.ID, p.Name, kinds.KindOfTags(rows, p.Tags), capacityOf(p.Tags)}
				rec := Record{Ref: coverage.Ref{File: file, Sheet: p.ID}, Geometry: p.At, Cell: func(c int) string {
					if c < 0 || c >= len(cells) {
						return ""
					}
					return cells[c]
				}}
				if err := fn(&rec); err != nil {
					return err
				}
			}
			return l.Context.Err()
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
