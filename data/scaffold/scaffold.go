// Package scaffold writes the first project.yaml of a folder: it looks at the
// files, guesses what each of them is for, and writes a project file that works
// when the data are clean, with a comment on everything that it guessed, in
// Chinese or English. The central function is [Init].
//
// It never overwrites a file, and writes nothing but project.yaml. What it does
// not recognise is listed at the end of the file as a comment, so that nothing
// is left out silently. What it has written is opened once for trial: a list whose
// coordinates fit its zones, the land or the roads in another system gets that
// system, with the figures. Whether the data are clean is for data.Open to say.
package scaffold

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
)

// Options choose how the file is written.
type Options struct {
	Lang string // of the comments: "zh"; anything else is English
}

// maxFiles bounds how many files of a folder are looked at.
const maxFiles = 2000

// file name of what is written, as data.ProjectFile.
const fileName = "project.yaml"

// Init looks at the files in dir and in the folders right below it, writes
// project.yaml there and returns its path. The error is Conflict when there is
// one already, NotFound when dir cannot be read, Unusable when it holds no data
// that the program reads.
func Init(ctx context.Context, dir string, o Options, p coverage.Progress) (string, error) {
	target := filepath.Join(dir, fileName)
	if _, err := os.Lstat(target); err == nil {
		return "", &coverage.Error{Code: coverage.Conflict, Key: "init.exists", Args: coverage.Args{"file": target}}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", &coverage.Error{Code: coverage.NotFound, Key: "init.no_folder", Args: coverage.Args{"dir": dir}, Err: err}
	}
	defer root.Close()
	text, err := Text(ctx, root.FS(), filepath.Base(absolute(dir)), o, p)
	if err != nil {
		return "", err
	}
	return target, create(root, text)
}

func absolute(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return dir
}

// create writes a file that must not exist, even when one appears meanwhile.
func create(root *os.Root, text []byte) error {
	f, err := root.OpenFile(fileName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		code, key := coverage.NotFound, "init.not_written"
		if errors.Is(err, fs.ErrExist) {
			code, key = coverage.Conflict, "init.exists"
		}
		return &coverage.Error{Code: code, Key: key, Args: coverage.Args{"file": fileName}, Err: err}
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// Text is the project file for a folder; name is what the folder is called.
func Text(ctx context.Context, fsys fs.FS, name string, o Options, p coverage.Progress) ([]byte, error) {
	names, err := list(ctx, fsys)
	if err != nil {
		return nil, err
	}
	l := &look{ctx: ctx, fsys: fsys, progress: p}
	for i, n := range names {
		p.Report("progress.read", int64(i), int64(len(names)))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.file(n)
	}
	l.choose()
	if len(l.rasters)+len(l.places) == 0 {
		return nil, &coverage.Error{Code: coverage.Unusable, Key: "init.no_people", Args: coverage.Args{"files": strings.Join(names, ", ")}}
	}
	w := &writer{lang: o.Lang}
	w.write(l, name)
	if systems := fitting(ctx, fsys, w.Bytes(), p); len(systems) > 0 {
		w = &writer{lang: o.Lang, systems: systems}
		w.write(l, name)
	}
	iss := &coverage.Issues{}
	project.Parse(fileName, w.Bytes(), iss)
	if iss.Fatal() > 0 { // a fault of this package: say it rather than write it
		return nil, &coverage.Error{Code: coverage.Internal, Key: "init.faulty", Args: coverage.Args{"reason": iss.List()[0].Message().EN}}
	}
	return bytes.Clone(w.Bytes()), nil
}

// list names the files of a folder and of those right below it, sorted.
func list(ctx context.Context, fsys fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil && name == ".":
			return err
		case err != nil || len(names) >= maxFiles:
			return nil // a folder that may not be read
		case d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || strings.Count(name, "/") > 0):
			return fs.SkipDir
		case d.Type().IsRegular() && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "~$"):
			names = append(names, name)
		}
		return ctx.Err()
	})
	if err != nil && ctx.Err() == nil {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "init.no_folder", Args: coverage.Args{"dir": "."}, Err: err}
	}
	slices.Sort(names)
	return names, err
}
