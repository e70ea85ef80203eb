package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "lifecircle"
)

// allowed is the table of ARCHITECTURE.md: what a package may import of this
// module. A trailing /... means the folder and all below it. The first matching
// line of a package counts.
var allowed = []struct {
	from string
	to   []string
}{
	{"cmd/...", []string{"cmd/...", "api", "coverage/...", "data/...", "geo/...", "web"}},
	{"web", nil},
	{"api/...", []string{"api/...", "coverage/...", "geo/..."}},
	{"data/...", []string{"data/...", "coverage/...", "geo/..."}},
	{"coverage", []string{"coverage/message", "geo/..."}},
	{"coverage/message", nil},
	{"coverage/block", nil},
	{"coverage/standard", []string{"coverage", "coverage/message", "geo/..."}},
	{"coverage/travel/...", []string{"coverage", "coverage/block", "coverage/travel/...", "geo/..."}},
	{"coverage/border", []string{"coverage", "coverage/travel", "geo/..."}},
	{"coverage/catchment", []string{"coverage", "coverage/block", "coverage/travel/...", "geo/..."}},
	{"coverage/assess", []string{"coverage", "coverage/block", "coverage/travel/...", "geo/..."}},
	{"coverage/remedy", []string{"coverage", "coverage/travel", "geo/..."}},
	{"coverage/scenario", []string{"coverage", "geo/..."}},
	{"coverage/gap", []string{"coverage", "coverage/block", "coverage/assess", "geo/..."}},
	{"coverage/siting/...", []string{"coverage", "coverage/block", "coverage/travel/...", "coverage/siting/...", "geo/..."}},
	{"coverage/coveragetest", []string{"coverage", "geo/..."}},
	{"coverage/advice", []string{"coverage/...", "geo/..."}},
	{"coverage/analysis", []string{"coverage", "coverage/assess", "coverage/block", "coverage/border", "coverage/catchment", "coverage/gap", "coverage/message", "coverage/remedy", "coverage/scenario", "coverage/standard", "coverage/travel/...", "geo/..."}},
	{"geo/...", []string{"geo/..."}},
}

// effects are what geo and coverage must not import: readers hand them values,
// and time and randomness come in as arguments.
var effects = []string{"os", "os/exec", "net", "net/http", "log", "log/slog", "database/sql", "math/rand", "math/rand/v2", "io/ioutil"}

type source struct {
	path string // relative to the root
	pkg  string // its folder
	file *ast.File
	text string
}

func sources(t *testing.T, tests bool) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") && !tests {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		out = append(out, source{filepath.ToSlash(rel), filepath.ToSlash(filepath.Dir(rel)), file, string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("only %d source files found below %s", len(out), root)
	}
	return out
}

var fset = token.NewFileSet()

func matches(pattern, pkg string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == prefix || strings.HasPrefix(pkg, prefix+"/")
	}
	return pattern == pkg
}

func mayImport(from, to string) bool {
	for _, line := range allowed {
		if matches(line.from, from) {
			return slices.ContainsFunc(line.to, func(p string) bool { return matches(p, to) })
		}
	}
	return false
}

func TestImportsFlowOneWay(t *testing.T) {
	for _, s := range sources(t, false) {
		for _, imp := range s.file.Imports {
			path := strings.Trim(imp.Path.Value, `"`)
			if to, ours := strings.CutPrefix(path, module+"/"); ours && !mayImport(s.pkg, to) {
				t.Errorf("%s imports %s: not in the table of allowed edges", s.path, to)
			}
			if matches("geo/...", s.pkg) || matches("coverage/...", s.pkg) {
				if slices.Contains(effects, path) {
					t.Errorf("%s imports %q: geo and coverage have no effects", s.path, path)
				}
			}
		}
	}
}

func TestOnlyOneMain(t *testing.T) {
	for _, s := range sources(t, false) {
		if s.file.Name.Name == "main" && s.pkg != "cmd/lifecircle" {
			t.Errorf("%s is a second main", s.path)
		}
	}
}

func TestTopLevel(t *testing.T) {
	known := []string{"api", "bin", "cmd", "coverage", "data", "demo", "geo", "web", "go.mod", "go.sum", "Makefile", "LICENSE", "NOTICE"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if !slices.Contains(known, name) && !strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".md") {
			t.Errorf("%s does not belong on the top level", name)
		}
	}
}
