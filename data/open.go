package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lifecircle/coverage"
	"lifecircle/data/facility"
	"lifecircle/data/ground"
	"lifecircle/data/people"
	"lifecircle/data/project"
	"lifecircle/data/roads"
	"lifecircle/data/source"
	"lifecircle/data/terrain"
)

// Options choose how a project is opened. The zero value is the usual.
type Options struct {
	KeepAllIssues bool // keep every issue, not only the first of each kind
}

// ProjectFile is the name of the project file in its folder.
const ProjectFile = "project.yaml"

// Open reads the project in a folder, or of a project file. The issues are
// never nil; they hold what was found also when there is an error. The error is
// NotFound when something cannot be read, Unusable when the data refuse a run.
func Open(ctx context.Context, projectPath string, o Options, p coverage.Progress) (*coverage.Dataset, *coverage.Issues, error) {
	iss := &coverage.Issues{KeepAll: o.KeepAllIssues}
	dir, name := projectPath, ProjectFile
	if info, err := os.Stat(projectPath); err == nil && !info.IsDir() {
		dir, name = filepath.Split(projectPath)
		dir = filepath.Clean(dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, iss, &coverage.Error{Code: coverage.NotFound, Key: "project.no_file", Args: coverage.Args{"file": projectPath}}
	}
	defer root.Close()
	ds, err := load(ctx, root.FS(), name, iss, p)
	return ds, iss, err
}

// OpenFS is [Open] for a project file in a file system.
func OpenFS(ctx context.Context, fsys fs.FS, name string, o Options, p coverage.Progress) (*coverage.Dataset, *coverage.Issues, error) {
	iss := &coverage.Issues{KeepAll: o.KeepAllIssues}
	ds, err := load(ctx, fsys, name, iss, p)
	return ds, iss, err
}

func load(ctx context.Context, fsys fs.FS, name string, iss *coverage.Issues, p coverage.Progress) (*coverage.Dataset, error) {
	l := newLoader(source.New(ctx, fsys, name, iss, p))
	err := l.load()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return l.Dataset, nil
}

// loader is the work of one Open.
type loader struct {
	*source.Folder

	ground *ground.Ground
	people *people.People
	lists  *facility.Lists
	roads  *roads.Roads
	open   *terrain.Terrain
}

func newLoader(f *source.Folder) *loader {
	g := &ground.Ground{Folder: f}
	return &loader{Folder: f, ground: g, people: &people.People{Ground: g}, lists: facility.New(g), roads: &roads.Roads{Ground: g}, open: &terrain.Terrain{Ground: g}}
}

// load reads everything in the order of its needs. A failed part does not keep
// the others from being read and checked: whoever mends a project hears of
// everything at once. The checks pass over what was not read.
func (l *loader) load() error {
	if err := l.readProject(); err != nil {
		return err
	}
	for _, part := range []func() error{
		l.lists.ReadKinds, l.ground.ReadZones, l.ground.CheckMosaics, l.ground.ReadLand, l.ground.AuditZones,
		l.people.ReadPopulation, l.people.ScalePeople, l.people.Settle, l.lists.ReadFacilities, l.roads.Read, l.open.Read, l.readStandards,
	} {
		if err := part(); err != nil {
			return err // cancelled
		}
	}
	l.people.CheckPeople()
	l.people.CheckCells()
	l.ground.CheckHoles()
	l.ground.AuditPeople()
	l.ground.AuditRoads()
	l.lists.CheckTwins()
	l.ground.PinZones()
	if len(l.Failures) > 0 {
		return l.Refusal()
	}
	return nil
}

func (l *loader) readProject() error {
	text, err := fs.ReadFile(l.FS, l.Name)
	if err != nil {
		return &coverage.Error{Code: coverage.NotFound, Key: "project.no_file", Args: coverage.Args{"file": l.Name}}
	}
	l.Project = project.Parse(l.Name, text, l.Issues)
	if n := l.Issues.Fatal(); n > 0 {
		return &coverage.Error{
			Code: coverage.Unusable, Key: "project.faulty", Args: coverage.Args{"file": l.Name, "count": n}, Err: issueErrors(l.Issues),
		}
	}
	l.Dataset.Name, l.Dataset.Note, l.Dataset.Credit = l.Project.Name, l.Project.Note, l.Project.Credit
	l.Source(coverage.Source{Role: "project", File: l.Name})
	return nil
}

// issueErrors says the fatal issues as errors, for callers that show no issues.
func issueErrors(iss *coverage.Issues) error {
	var errs []error
	for _, i := range iss.List() {
		if i.Fatal {
			args := coverage.Args{"file": i.File, "row": i.Row, "column": i.Column, "value": i.Value}
			for k, v := range i.Args {
				args[k] = v
			}
			errs = append(errs, &coverage.Error{Code: coverage.Unusable, Key: i.Key, Args: args})
		}
	}
	return errors.Join(errs...)
}
