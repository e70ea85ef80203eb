package marked

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/table"

	"github.com/xuri/excelize/v2"
)

// Fills of cells that cannot be used, and of those that should be looked at.
const (
	fatalFill   = "FF9C9C"
	warningFill = "FFEB9C"
)

// Copies writes into the folder out a marked copy of every table of a project
// (dir, the folder of project.yaml) that an issue names a row of, and returns
// their paths, in the order of the tables' names. A CSV file becomes a workbook.
// A copy is called NAME.marked.xlsx; one that is there already is replaced.
// Notes are in lang ("zh" or "en"). Only issues that were kept are marked: open
// the project with all of them. A table that cannot be marked keeps no other from
// being marked; the error names all of them.
func Copies(ctx context.Context, dir string, iss *coverage.Issues, out, lang string) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "marked.unreadable", Args: coverage.Args{"file": dir}, Err: err}
	}
	defer root.Close()
	byFile := map[string][]coverage.Issue{}
	for _, i := range iss.List() {
		if i.Row > 0 && isTable(i.File) {
			byFile[i.File] = append(byFile[i.File], i)
		}
	}
	var files, written []string
	for f := range byFile {
		files = append(files, f)
	}
	slices.Sort(files)
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, notWritten(out, err)
	}
	var failed []error
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return written, err
		}
		name := filepath.Join(out, strings.ReplaceAll(strings.TrimSuffix(f, path.Ext(f)), "/", "_")+ending(files, f))
		if err := copyOf(ctx, root.FS(), f, byFile[f], name, lang); err != nil {
			failed = append(failed, err)
			continue
		}
		written = append(written, name)
	}
	return written, errors.Join(failed...)
}

// ending keeps a.csv and a.xlsx apart.
func ending(files []string, name string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	same := 0
	for _, f := range files {
		if strings.TrimSuffix(f, path.Ext(f)) == stem {
			same++
		}
	}
	if same > 1 {
		return path.Ext(name) + ".marked.xlsx"
	}
	return ".marked.xlsx"
}

func isTable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".txt", ".tsv", ".xlsx", ".xlsm":
		return true
	}
	return false
}

func notWritten(name string, err error) error {
	return &coverage.Error{Code: coverage.NotFound, Key: "marked.not_written", Args: coverage.Args{"file": name}, Err: err}
}

// copyOf marks one table. excelize panics over workbooks that lack what it takes
// for granted; that must cost no more than this copy.
func copyOf(ctx context.Context, fsys fs.FS, name string, issues []coverage.Issue, target, lang string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &coverage.Error{Code: coverage.Unsupported, Key: "marked.odd", Args: coverage.Args{"file": name}, Err: fmt.Errorf("excelize: %v", p)}
		}
	}()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &coverage.Error{Code: coverage.NotFound, Key: "marked.unreadable", Args: coverage.Args{"file": name}, Err: err}
	}
	book, err := table.Open(name, data)
	if err != nil {
		return err
	}
	m := &marker{book: book, lang: lang, tables: map[string]*table.Table{}, styles: map[[2]int]int{}, notes: map[[2]string][]string{}}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		m.file, err = excelize.OpenReader(bytes.NewReader(data))
	} else {
		m.file, err = fromText(ctx, book)
	}
	if err != nil {
		return &coverage.Error{Code: coverage.Unusable, Key: "table.corrupt", Args: coverage.Args{"file": name}, Err: err}
	}
	defer m.file.Close()
	completeStyles(m.file)
	for _, i := range issues {
		if err := m.mark(ctx, i); err != nil {
			return err
		}
	}
	if err := m.writeNotes(); err != nil {
		return notWritten(target, err)
	}
	if err := m.file.SaveAs(target); err != nil {
		return notWritten(target, err)
	}
	return nil
}

// fromText makes a workbook of a CSV file, every cell as text: codes keep their
// zeros.
func fromText(ctx context.Context, book *table.Book) (*excelize.File, error) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	err = book.Rows(ctx, "", func(r table.Row) error {
		cells := make([]any, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = c
		}
		at, err := excelize.CoordinatesToCellName(1, r.Number)
		if err != nil {
			return err
		}
		return w.SetRow(at, cells)
	})
	if err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	// Streamed rows cannot be styled afterwards: read the workbook back.
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return excelize.OpenReader(buf)
}
