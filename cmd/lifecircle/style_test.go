package main

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// The limits of size: beyond them a file or a function does more than one job.
const (
	maxFileLines = 500
	maxFuncLines = 80
	maxPkgLines  = 2500
)

func TestSizes(t *testing.T) {
	packages := map[string]int{}
	for _, s := range sources(t, false) {
		lines := strings.Count(s.text, "\n")
		packages[s.pkg] += lines
		if lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", s.path, lines, maxFileLines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line; n > maxFuncLines {
				t.Errorf("%s: %s has %d lines, more than %d", s.path, f.Name.Name, n, maxFuncLines)
			}
		}
	}
	for pkg, lines := range packages {
		if lines > maxPkgLines {
			t.Errorf("package %s has %d lines, more than %d", pkg, lines, maxPkgLines)
		}
	}
}

func TestEveryPackageSaysWhatItDoes(t *testing.T) {
	documented, all := map[string]bool{}, map[string]string{}
	for _, s := range sources(t, false) {
		all[s.pkg] = s.file.Name.Name
		if s.file.Doc != nil && len(s.file.Doc.Text()) > 60 {
			documented[s.pkg] = true
		}
	}
	for pkg, name := range all {
		if !documented[pkg] {
			t.Errorf("package %s (%s) has no package comment worth the name", name, pkg)
		}
	}
}

func TestNoVagueNames(t *testing.T) {
	vague := regexp.MustCompile(`(^|/)(util|utils|common|helpers?|managers?|misc|base)(/|\.go|$)`)
	for _, s := range sources(t, true) {
		if vague.MatchString(s.path) {
			t.Errorf("%s: the name says nothing", s.path)
		}
	}
}
