package data

import (
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/table"

	"github.com/paulmach/orb"
)

// places are the rows of point tables: where, and people by group.
type places struct {
	at     []orb.Point
	people [][]float32 // by group, then row
}

func (l *loader) readPoints(names []string) (*places, error) {
	all := &places{people: make([][]float32, len(names))}
	for _, e := range l.project.Population {
		if e.Points == nil {
			continue
		}
		if err := l.pointFile(e, names, all); err != nil {
			if err := l.fail(e.File, err); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (l *loader) pointFile(e project.Population, names []string, all *places) error {
	r, err := l.open(e.Source)
	if err != nil {
		return err
	}
	p := &pointReader{loader: l, r: r, groups: e.Points.Groups, all: all}
	if p.placer, err = l.newPlacer(r, e.Points.X, e.Points.Y, e.Points.XY); err != nil {
		return err
	}
	for _, g := range e.Points.Groups {
		i, err := r.column(g.Column)
		if err != nil {
			return err
		}
		p.columns = append(p.columns, i)
		p.slots = append(p.slots, slices.Index(names, g.Name))
	}
	if err := r.each(p.read); err != nil {
		return err
	}
	p.checkTable()
	l.auditPoints(&p.trail, r)
	l.source(coverage.Source{Role: "population", File: e.File, Layer: r.layer, CRS: r.crs.Code(), Rows: r.rows()})
	return l.judgeShare(e.File, r.rows(), r.rows()-p.kept-p.skipped, p.kept)
}

type pointReader struct {
	*loader
	r              *records
	placer         *placer
	groups         []project.Group
	columns, slots []int
	all            *places
	kept, skipped  int64
	trail          trail
	large          []coverage.Issue // rows with many people, until the usual number is known
	values         []float32        // of the first group, to tell the usual number
	sums           []float64        // by group
}

func (p *pointReader) read(rec *record) error {
	defer p.pin(p.placer, len(p.iss.List()))
	before := p.iss.Fatal()
	at, ok := p.place(p.placer, rec)
	p.trail.add(p.placer, nil)
	if !ok && p.iss.Fatal() == before {
		p.skipped++
		return nil
	}
	row := make([]float32, len(p.all.people))
	whole, part := -1, -1
	for i, g := range p.groups {
		n, good := p.number(rec, i)
		switch {
		case g.Name == "all":
			whole = i
		case part < 0 || n > row[p.slots[part]]:
			part = i
		}
		row[p.slots[i]] += n
		ok = ok && good
	}
	if !ok {
		return nil
	}
	p.kept++
	p.checkRow(rec, row, whole, part)
	p.all.at = append(p.all.at, at)
	for g := range row {
		p.all.people[g] = append(p.all.people[g], row[g])
	}
	return nil
}

// maxPeople is the most people that one place can have.
const maxPeople = 1e7

// number reads the people of a group. A merged cell counts once; no number is
// nobody, and noted.
func (p *pointReader) number(rec *record, i int) (float32, bool) {
	c := p.columns[i]
	v, state := table.Number(rec.cell(c))
	issue := coverage.Issue{Ref: rec.ref, Column: p.r.name(c), Value: rec.cell(c)}
	switch {
	case rec.row.IsSpread(c):
		issue.Key = "data.merged_number"
	case state == table.Missing:
		issue.Key = "population.missing"
	case state == table.Bad:
		issue.Key, issue.Fatal = "data.not_a_number", true
	case v < 0 || v > maxPeople:
		issue.Key, issue.Fatal = "population.absurd", true
	default:
		return float32(v), true
	}
	p.iss.Add(issue)
	return 0, !issue.Fatal
}

// judgeShare refuses a source with too many bad rows, or none that is good.
func (l *loader) judgeShare(file string, rows, bad, kept int64) error {
	switch {
	case rows == 0:
		return refuse("data.empty", file, nil)
	case float64(bad) > l.project.MaxBadShare*float64(rows):
		return refuse("data.bad_share", file, coverage.Args{"bad": bad, "rows": rows, "limit": percent(l.project.MaxBadShare)})
	case kept == 0:
		return refuse("data.nothing_left", file, coverage.Args{"rows": rows})
	}
	return nil
}
