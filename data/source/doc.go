// Package source reads the files that a project names: tables and vector layers
// seen alike as [Records], the coordinate system that each is in, its hash, and
// the errors that refuse a file.
//
// It does not judge where rows lie or what they mean: packages ground, people
// and facility do. The central type is [Folder], the open folder of a project
// with the dataset and the issues that come of it; files outside it are never
// opened.
package source

import (
	"context"
	"io/fs"

	"lifecircle/coverage"
	"lifecircle/data/project"
)

// Folder is the folder of one project while it is opened. Make it by [New].
type Folder struct {
	Context  context.Context
	FS       fs.FS // the project's folder; opens nothing outside
	Name     string
	Project  *project.Project // nil until the project file was read
	Issues   *coverage.Issues
	Progress coverage.Progress
	Dataset  *coverage.Dataset // what has been read so far
	Failures []error           // that refuse the project

	hashes map[string]string // by file
}

// New is a folder of which nothing has been read; name is its project file.
func New(ctx context.Context, fsys fs.FS, name string, iss *coverage.Issues, p coverage.Progress) *Folder {
	return &Folder{Context: ctx, FS: fsys, Name: name, Issues: iss, Progress: p, Dataset: &coverage.Dataset{}, hashes: map[string]string{}}
}
