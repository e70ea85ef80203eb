// Package candidate reads a file of places where a facility may be built: a table
// (CSV, XLSX) or a layer of points (GeoJSON, GeoPackage, Shapefile), with an id, a
// name, a cost of building and a capacity where columns are called so. The entry
// is [Read]. It decides nothing about the places; zones and landmasses are filled
// in by the analysis.
package candidate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/siting/plan"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/table"
)

// costWords are what a column of costs is called.
var costWords = []string{"cost", "price", "费用", "造价", "投资", "投资额", "建设费用", "预算"}

// Read reads the candidates of a file; crs is its coordinate system where it does
// not say. The issues hold every faulty row; the error is NotFound, or Unusable
// when rows cannot be used: a place where money may go is never dropped silently.
func Read(ctx context.Context, file, crs string, p coverage.Progress) ([]plan.Candidate, *coverage.Issues, error) {
	iss := &coverage.Issues{}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, iss, source.NotReadable(file, err)
	}
	defer root.Close()
	f := source.New(ctx, root.FS(), filepath.Base(file), iss, p)
	f.Project = &project.Project{CRS: crs, MaxBadShare: 1}
	r := reader{Ground: &ground.Ground{Folder: f}, seen: map[string]int{}}
	if err := r.read(project.Source{File: filepath.Base(file)}); err != nil {
		return nil, iss, err
	}
	if n := iss.Fatal(); n > 0 {
		return nil, iss, &coverage.Error{Code: coverage.Unusable, Key: "candidate.faulty", Args: coverage.Args{"file": file, "count": n}}
	}
	if len(r.list) == 0 {
		return nil, iss, &coverage.Error{Code: coverage.Unusable, Key: "candidate.none", Args: coverage.Args{"file": file}}
	}
	return r.list, iss, nil
}

type reader struct {
	*ground.Ground
	records                  *source.Records
	placer                   *ground.Placer
	id, name, cost, capacity int
	list                     []plan.Candidate
	seen                     map[string]int
}

func (r *reader) read(s project.Source) (err error) {
	if r.records, err = r.Open(s); err != nil {
		return err
	}
	if r.placer, err = r.NewPlacer(r.records, "", "", ""); err != nil {
		return err
	}
	for _, c := range []struct {
		into *int
		role string
	}{{&r.id, "id"}, {&r.name, "name"}, {&r.capacity, "capacity"}} {
		if *c.into = -1; r.records.Roles != nil {
			if i, ok := r.records.Roles[c.role]; ok {
				*c.into = i
			}
		}
	}
	r.cost = slices.IndexFunc(r.records.Columns, func(name string) bool {
		return slices.Contains(costWords, strings.ToLower(strings.TrimSpace(name)))
	})
	return r.records.Each(r.row)
}

func (r *reader) row(rec *source.Record) error {
	at, ok := r.Place(r.placer, rec)
	if !ok {
		return nil // told by Place, or a footnote
	}
	c := plan.Candidate{ID: rec.Cell(r.id), Name: rec.Cell(r.name), At: at, Landmass: -1, Zone: -1}
	if c.ID == "" {
		c.ID = fmt.Sprintf("row-%d", rec.Ref.Row)
	}
	if first, twice := r.seen[c.ID]; twice {
		r.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "candidate.twice", Value: c.ID, Args: coverage.Args{"first_row": first}, Fatal: true})
	}
	r.seen[c.ID] = rec.Ref.Row
	c.Cost, c.Capacity = r.number(rec, r.cost), r.number(rec, r.capacity)
	r.list = append(r.list, c)
	return nil
}

// number reads a cell that is empty or a number over 0.
func (r *reader) number(rec *source.Record, column int) float64 {
	if column < 0 {
		return 0
	}
	v, state := table.Number(rec.Cell(column))
	switch {
	case state == table.Missing:
		return 0
	case state == table.Bad || !(v > 0) || v > 1e15:
		r.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "candidate.number", Column: r.records.Name(column), Value: rec.Cell(column), Fatal: true})
	}
	return v
}
