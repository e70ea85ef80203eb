package scaffold

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"time"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/geo/crs"
)

// where is a file, or one of its layers or sheets.
type where struct{ file, layer string }

// system is a coordinate system that fits a list, and the figures that say so.
type system struct {
	code string
	key  string // of the comment
	args coverage.Args
}

// fitting opens the project for trial and lists the systems that the audit names
// for lists. What refuses the project is no matter here.
func fitting(ctx context.Context, fsys fs.FS, text []byte, p coverage.Progress) map[where]system {
	_, issues, _ := data.OpenFS(ctx, trial{fsys, text}, fileName, data.Options{}, p)
	found := map[where]system{}
	for _, i := range issues.List() {
		switch i.Key {
		case "audit.stated_zones", "audit.zones", "audit.land", "audit.roads":
			if _, err := crs.Parse(i.Value); err == nil {
				key := "init.system"
				if i.Key == "audit.roads" {
					key = "init.system_roads"
				}
				i.Args["value"] = i.Value
				found[where{i.File, i.Sheet}] = system{i.Value, key, i.Args}
			}
		}
	}
	return found
}

// trial is a folder with a project file that is not there yet.
type trial struct {
	fs.FS
	text []byte
}

// Open opens the project file or a file of the folder.
func (t trial) Open(name string) (fs.File, error) {
	if name == fileName {
		return &draft{bytes.NewReader(t.text), int64(len(t.text))}, nil
	}
	return t.FS.Open(name)
}

// draft is the project file as a file.
type draft struct {
	io.Reader
	size int64
}

func (d *draft) Stat() (fs.FileInfo, error) { return d, nil }
func (*draft) Close() error                 { return nil }
func (*draft) Name() string                 { return fileName }
func (d *draft) Size() int64                { return d.size }
func (*draft) Mode() fs.FileMode            { return 0o444 }
func (*draft) ModTime() time.Time           { return time.Time{} }
func (*draft) IsDir() bool                  { return false }
func (*draft) Sys() any                     { return nil }
