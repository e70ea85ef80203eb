package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/kinds"
	"lifecircle/data/project"
	"lifecircle/geo/zonal"
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
	l := &loader{ctx: ctx, fsys: root.FS(), name: name, iss: iss, progress: p, ds: &coverage.Dataset{}, hashes: map[string]string{}, nameColumns: map[string]string{}}
	err = l.load()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, iss, err
	}
	return l.ds, iss, nil
}

// loader is the work of one Open.
type loader struct {
	ctx         context.Context
	fsys        fs.FS // the project's folder; opens nothing outside
	name        string
	project     *project.Project
	iss         *coverage.Issues
	progress    coverage.Progress
	ds          *coverage.Dataset
	hashes      map[string]string
	failures    []error
	levels      []level
	zoneRefs    []coverage.Ref         // of ds.Zones
	mosaics     []*audit.Mosaic        // of levels
	byName      map[string][]int32     // zones by id and plain name
	single      map[int32]*zonal.Index // of one zone each
	nameColumns map[string]string      // of lists of facilities, by file
	land        *lookup                // nil: landmasses unknown
	kinds       *kinds.Table
	snapped     snapped
}

// load reads everything in the order of its needs. A failed part does not keep
// the others from being read and checked.
func (l *loader) load() error {
	if err := l.readProject(); err != nil {
		return err
	}
	for _, part := range []func() error{l.readKinds, l.readZones, l.checkMosaics, l.readLand, l.auditZones, l.readPopulation, l.scalePeople, l.settle, l.readFacilities, l.readStandards} {
		if err := part(); err != nil {
			return err // cancelled
		}
	}
	if len(l.failures) > 0 {
		l.pinZones()
		return l.refusal()
	}
	l.checkPeople()
	l.checkCells()
	l.checkHoles()
	l.auditPeople()
	l.checkTwins()
	l.pinZones()
	return nil
}

func (l *loader) readProject() error {
	text, err := fs.ReadFile(l.fsys, l.name)
	if err != nil {
		return &coverage.Error{Code: coverage.NotFound, Key: "project.no_file", Args: coverage.Args{"file": l.name}}
	}
	l.project = project.Parse(l.name, text, l.iss)
	if n := l.iss.Fatal(); n > 0 {
		return &coverage.Error{
			Code: coverage.Unusable, Key: "project.faulty", Args: coverage.Args{"file": l.name, "count": n}, Err: issueErrors(l.iss),
		}
	}
	l.ds.Name, l.ds.Note, l.ds.Credit = l.project.Name, l.project.Note, l.project.Credit
	l.source(coverage.Source{Role: "project", File: l.name})
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

// fail notes that a file refuses the project, as an issue and for the answer.
// Only cancellation is handed on.
func (l *loader) fail(file string, err error) error {
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	l.failures = append(l.failures, err)
	issue := coverage.Issue{Ref: coverage.Ref{File: file}, Key: "data.unreadable", Args: coverage.Args{"reason": err.Error()}, Fatal: true}
	var known *coverage.Error
	if errors.As(err, &known) {
		issue.Key, issue.Args = known.Key, known.Args
	}
	l.iss.Add(issue)
	return nil
}

func (l *loader) refusal() error {
	code := coverage.Unusable
	for _, f := range l.failures {
		if coverage.CodeOf(f) == coverage.NotFound {
			code = coverage.NotFound
		}
	}
	return &coverage.Error{
		Code: code, Key: "data.refused", Args: coverage.Args{"count": len(l.failures)}, Err: errors.Join(l.failures...),
	}
}

// refuse is an error about the data of a file.
func refuse(key, file string, args coverage.Args) error {
	all := coverage.Args{"file": file}
	for k, v := range args {
		all[k] = v
	}
	return &coverage.Error{Code: coverage.Unusable, Key: key, Args: all}
}
