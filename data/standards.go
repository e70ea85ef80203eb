package data

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/standard"
	"lifecircle/data/source"
)

// readStandards loads the packs that the project names.
func (l *loader) readStandards() error {
	seen := map[string]string{}
	for _, s := range l.Project.Standards {
		pack, standards, err := l.pack(s.ID, s.File)
		name := s.ID + s.File
		for _, st := range standards {
			if other, twice := seen[st.ID]; twice && err == nil {
				err = source.Refuse("data.standard_twice", name, coverage.Args{"id": st.ID, "other": other})
			}
			seen[st.ID] = name
		}
		if err != nil {
			if err := l.failAll(name, err); err != nil {
				return err
			}
			continue
		}
		l.Dataset.Packs = append(l.Dataset.Packs, pack)
		l.Dataset.Standards = append(l.Dataset.Standards, standards...)
	}
	return nil
}

func (l *loader) pack(id, file string) (coverage.Pack, []coverage.Standard, error) {
	if file == "" {
		return standard.Load(id)
	}
	text, err := fs.ReadFile(l.FS, file)
	if err != nil {
		return coverage.Pack{}, nil, source.NotReadable(file, err)
	}
	standards, err := standard.Parse(file, text)
	if err == nil {
		l.Source(coverage.Source{Role: "standard", File: file, Rows: int64(len(standards))})
	}
	return coverage.Pack{ID: packID(file, standards), YAML: string(text)}, standards, err
}

// packID is what stands before the slash in the ids of a pack's standards; the
// file's name when it has none.
func packID(file string, standards []coverage.Standard) string {
	if len(standards) > 0 {
		if id, _, ok := strings.Cut(standards[0].ID, "/"); ok {
			return id
		}
	}
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

// failAll notes every one of joined errors.
func (l *loader) failAll(file string, err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return l.Fail(file, err)
	}
	for _, e := range joined.Unwrap() {
		if err := l.Fail(file, e); err != nil {
			return errors.Join(err)
		}
	}
	return nil
}
