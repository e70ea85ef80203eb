package sample

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"lifecircle/coverage"
)

//go:embed files
var embedded embed.FS

// Files returns the example as a file system: project.yaml and the data beside
// it.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "files")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// sums lists the files of an unpacked example with their hashes, as sha256sum
// does: it tells an example of any version from a folder that somebody works in.
const sums = "SHA256SUMS"

// WriteTo unpacks the example into the folder dir, all of it or nothing. An
// example of another version that nobody has changed is replaced; a folder that
// holds anything else is not touched, and a conflict is returned.
func WriteTo(dir string) error {
	err := writeTo(filepath.Clean(dir))
	var known *coverage.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &coverage.Error{Code: coverage.NotFound, Key: "sample.write", Args: coverage.Args{"dir": dir}, Err: err}
}

func writeTo(dir string) error {
	files, err := contents()
	if err != nil {
		return err
	}
	switch there, err := readFolder(dir); {
	case err != nil:
		return err
	case len(there) > 0 && !untouched(there):
		return &coverage.Error{Code: coverage.Conflict, Key: "sample.foreign", Args: coverage.Args{"dir": dir}}
	case maps.EqualFunc(there, files, bytes.Equal):
		return nil
	}
	return replace(dir, files)
}

// contents returns the files of the example by name, the list of hashes
// included.
func contents() (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(Files(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(Files(), name)
		return err
	})
	files[sums] = hashes(files)
	return files, err
}

// hashes lists every file but the list itself.
func hashes(files map[string][]byte) []byte {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != sums {
			fmt.Fprintf(&out, "%x  %s\n", sha256.Sum256(files[name]), name)
		}
	}
	return out.Bytes()
}

// readFolder reads a folder; one that is not there is empty. What is not a
// plain file is in it with no content.
func readFolder(dir string) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	files := map[string][]byte{}
	for _, e := range entries {
		files[e.Name()] = nil
		if !e.Type().IsRegular() || len(entries) > maxFiles {
			continue
		}
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// maxFiles is more than any example has; of fuller folders nothing is read.
const maxFiles = 64

// untouched reports whether files are those of an example, of whatever version.
func untouched(files map[string][]byte) bool {
	return len(files[sums]) > 0 && bytes.Equal(files[sums], hashes(files))
}

// replace writes the files into a new folder and puts it in the place of dir.
func replace(dir string, files map[string][]byte) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	fresh, old := filepath.Join(work, "new"), filepath.Join(work, "old")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return err
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(fresh, name), b, 0o644); err != nil {
			return err
		}
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir)) // put back what was there
	}
	return nil
}
