package people

import (
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/table"

	"github.com/paulmach/orb"
)

// places are the rows of point tables: where, and people by group.
type places struct {
	at     []orb.Point
	people [][]float32 // by group, then row
}

func (l *People) readPoints(names []string) (*places, error) {
	all := &places{people: make([][]float32, len(names))}
	for _, e := range l.Project.Population {
		if e.Points == nil {
			continue
		}
		if err := l.pointFile(e, names, all); err != nil {
			if err := l.Fail(e.File, err); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (l *People) pointFile(e project.Population, names []string, all *places) error {
	r, err := l.Open(e.Source)
	if err != nil {
		return err
	}
	p := &pointReader{People: l, r: r, groups: e.Points.Groups, all: all}
	if p.placer, err = l.NewPlacer(r, e.Points.X, e.Points.Y, e.Points.XY); err != nil {
		return err
	}
	for _, g := range e.Points.Groups {
		i, err := r.Column(g.Column)
		if err != nil {
			return err
		}
		p.columns = append(p.columns, i)
		p.slots = append(p.slots, slices.Index(names, g.Name))
	}
	if err := r.Each(p.read); err != nil {
		return err
	}
	p.checkTable()
	l.AuditPoints(&p.trail, r)
	l.Source(coverage.Source{Role: "population", File: e.File, Layer: r.Layer, CRS: r.CRS.Code(), Rows: r.Rows()})
	return l.JudgeShare(e.File, r.Rows(), r.Rows()-p.kept-p.skipped, p.kept)
}

type pointReader struct {
	*People
	r              *source.Records
	placer         *ground.Placer
	groups         []project.Group
	columns, slots []int
	all            *places
	kept, skipped  int64
	trail          ground.Trail
	large          []coverage.Issue // rows with many people, until the usual number is known
	values         []float32        // of the first group, to tell the usual number
	sums           []float64        // by group
}

func (p *pointReader) read(rec *source.Record) error {
	defer p.Pin(p.placer, len(p.Issues.List()))
	before := p.Issues.Fatal()
	at, ok := p.Place(p.placer, rec)
	p.trail.Add(p.placer, nil)
	if !ok && p.Issues.Fatal() == before {
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
func (p *pointReader) number(rec *source.Record, i int) (float32, bool) {
	c := p.columns[i]
	v, state := table.Number(rec.Cell(c))
	issue := coverage.Issue{Ref: rec.Ref, Column: p.r.Name(c), Value: rec.Cell(c)}
	switch {
	case rec.Row.IsSpread(c):
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
	p.Issues.Add(issue)
	return 0, !issue.Fatal
}
