package marked_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/data/marked"
)

// rewritten packs a workbook anew: change gives the new text of a part, nil
// leaves it out.
func rewritten(t *testing.T, name string, change func(part string, text []byte) []byte) {
	t.Helper()
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if text = change(f.Name, text); text == nil {
			continue
		}
		part, err := w.Create(f.Name)
		if err == nil {
			_, err = part.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), os.WriteFile(name, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// without removes the elements that hold word.
func without(text []byte, element, word string) []byte {
	return regexp.MustCompile(`<`+element+` [^>]*`+regexp.QuoteMeta(word)+`[^>]*>(</`+element+`>)?`).ReplaceAll(text, nil)
}

// Workbooks of other programs: no styles at all, a default font without a name.
func TestCopiesOfBareWorkbooks(t *testing.T) {
	bare := func(part string, text []byte) []byte {
		switch part {
		case "xl/styles.xml":
			return nil
		case "[Content_Types].xml":
			return without(text, "Override", "/xl/styles.xml")
		case "xl/_rels/workbook.xml.rels":
			return without(text, "Relationship", "relationships/styles")
		}
		return text
	}
	nameless := func(part string, text []byte) []byte {
		if part == "xl/styles.xml" {
			return []byte(`<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`)
		}
		return text
	}
	empty := func(part string, text []byte) []byte {
		if part == "xl/styles.xml" {
			return []byte(`<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`)
		}
		return text
	}
	for name, change := range map[string]func(string, []byte) []byte{"no styles": bare, "nameless font": nameless, "empty styles": empty} {
		t.Run(name, func(t *testing.T) {
			dir, out := folder(t), t.TempDir()
			rewritten(t, filepath.Join(dir, "list.xlsx"), change)
			_, iss, err := data.Open(context.Background(), dir, data.Options{KeepAllIssues: true}, nil)
			if err != nil && coverage.CodeOf(err) != coverage.Unusable {
				t.Fatal(err)
			}
			files, err := marked.Copies(context.Background(), dir, iss, out, "zh")
			if err != nil || len(files) != 2 {
				t.Fatal(files, err)
			}
			checkCells(t, files[0], map[string][3]string{
				"E3": {"FFEB9C", "问过了", "不是数字"}, "C4": {"FFEB9C", "不在任何行政单元内", ""}, "D4": {"FFEB9C", "不在任何行政单元内", ""},
				"C5": {"FF9C9C", "颠倒", ""}, "D5": {"FF9C9C", "颠倒", ""}, "B5": {"FF9C9C", "没有类别", ""},
			})
			rewritten(t, files[0], func(part string, text []byte) []byte {
				switch part {
				case "[Content_Types].xml":
					if strings.Count(string(text), "/xl/styles.xml") != 1 {
						t.Errorf("other programs will not find the colours: %s", text)
					}
				case "xl/_rels/workbook.xml.rels":
					if strings.Count(string(text), "relationships/styles") != 1 {
						t.Errorf("other programs will not find the colours: %s", text)
					}
				}
				return text
			})
		})
	}
}

// A workbook over which the library panics is an error that names it, and keeps
// no other table from being marked.
func TestCopiesOfAnOddWorkbook(t *testing.T) {
	dir := folder(t)
	rewritten(t, filepath.Join(dir, "list.xlsx"), func(part string, text []byte) []byte {
		if part == "xl/styles.xml" {
			return regexp.MustCompile(`fillId="\d+"`).ReplaceAll(text, []byte(`fillId="-7"`))
		}
		return text
	})
	_, iss, err := data.Open(context.Background(), dir, data.Options{KeepAllIssues: true}, nil)
	if err != nil && coverage.CodeOf(err) != coverage.Unusable {
		t.Fatal(err)
	}
	files, err := marked.Copies(context.Background(), dir, iss, t.TempDir(), "zh")
	if err == nil || !strings.Contains(err.Error(), "list.xlsx") || len(files) != 1 || filepath.Base(files[0]) != "people.marked.xlsx" {
		t.Error(files, err)
	}
}
