package project

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// MaxBytes is the largest project file that is read, and maxNesting how deep
// brackets may stand in brackets: a guard against files made to break parsers.
const (
	MaxBytes   = 256 << 10
	maxNesting = 100
)

// Parse reads a project file. Its faults go to iss, each with its line (as
// Ref.Row) and the path of its key (as Column); the project is complete when
// none of them is fatal. name is the file's name in messages.
func Parse(name string, text []byte, iss *coverage.Issues) *Project {
	w := &walker{file: name, iss: iss, anchors: map[string]ast.Node{}}
	p := defaults()
	root, err := tree(text)
	if err != nil {
		w.syntax(err)
		return p
	}
	if root == nil {
		w.fault(nil, "project.missing", "population", "", nil)
		return p
	}
	w.project(p, root)
	w.checkLevels(p)
	w.checkMoving(p)
	return p
}

func tree(text []byte) (root ast.Node, err error) {
	defer func() {
		if r := recover(); r != nil { // the library's word on text that is not YAML
			err = fmt.Errorf("%v", r)
		}
	}()
	if err := checkSize(text); err != nil {
		return nil, err
	}
	f, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, err
	}
	for _, d := range f.Docs {
		if d.Body != nil && root != nil {
			return nil, errors.New("more than one document (---)")
		}
		if d.Body != nil {
			root = d.Body
		}
	}
	return root, nil
}

func checkSize(text []byte) error {
	if len(text) > MaxBytes {
		return fmt.Errorf("larger than %d bytes", MaxBytes)
	}
	depth := 0
	for _, c := range text {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > maxNesting {
			return errors.New("nested too deeply")
		}
	}
	if strings.Count(string(text), "- - - ") > maxNesting {
		return errors.New("nested too deeply")
	}
	return nil
}

func (w *walker) syntax(err error) {
	i := coverage.Issue{Ref: coverage.Ref{File: w.file}, Key: "project.syntax", Fatal: true, Args: coverage.Args{"reason": err.Error(), "col": 0}}
	var y yaml.Error
	if errors.As(err, &y) {
		i.Args["reason"] = strings.TrimSpace(y.GetMessage())
		if t := y.GetToken(); t != nil && t.Position != nil {
			i.Row, i.Args["col"] = t.Position.Line, t.Position.Column
		}
	}
	w.iss.Add(i)
}

func (w *walker) project(p *Project, root ast.Node) {
	rule := string(p.CellRule)
	w.mapping("", root, map[string]field{
		"name": w.text(&p.Name), "note": w.text(&p.Note), "credit": w.text(&p.Credit),
		"crs":           w.crs(&p.CRS),
		"zones":         w.list(func(at string, n ast.Node) { p.Zones = append(p.Zones, w.zones(at, n)) }),
		"population":    w.list(func(at string, n ast.Node) { p.Population = append(p.Population, w.population(at, n)) }),
		"facilities":    w.list(func(at string, n ast.Node) { p.Facilities = append(p.Facilities, w.facilities(at, n)) }),
		"kinds":         w.path(&p.Kinds),
		"land":          w.land(&p.Land),
		"land_join_m":   w.number(&p.LandJoinM, 0, 100000),
		"land_snap_m":   w.number(&p.LandSnapM, 0, 100000),
		"zone_snap_m":   w.number(&p.ZoneSnapM, 0, 50000),
		"setting":       w.settingRule(&p.DegreeOfUrban),
		"cell_rule":     w.one(&rule, string(coverage.CellCentre), string(coverage.CellArea)),
		"max_bad_share": w.number(&p.MaxBadShare, 0, 1),
		"standards":     w.list(func(at string, n ast.Node) { w.standard(p, at, n) }),
		"networks":      w.list(func(at string, n ast.Node) { p.Networks = append(p.Networks, w.network(at, n)) }),
		"profiles":      w.profiles(&p.Profiles),
		"boats":         w.boats(&p.Boats),
		"ferries":       w.list(func(at string, n ast.Node) { p.Ferries = append(p.Ferries, w.ferries(at, n)) }),
		"snap":          w.snap(&p.Snap),
		"friction":      w.friction(p),
		"scale_to":      func(at string, n ast.Node) { p.ScaleTo = w.scaleTo(at, n) },
	}, "population")
	p.CellRule = coverage.CellRule(rule)
}

// crs reads the code of a reference system that the program knows.
func (w *walker) crs(dst *string) field {
	return func(path string, n ast.Node) {
		s, ok := w.word(path, n)
		if !ok {
			return
		}
		c, err := crs.Parse(s)
		if err != nil {
			key := "project.crs"
			if errors.Is(err, crs.ErrDatum) {
				key = "project.crs_datum"
			}
			w.fault(n, key, path, s, nil)
			return
		}
		*dst = c.Code()
	}
}

// path reads a path that stays in the project's folder. Links that lead out are
// refused when the file is opened.
func (w *walker) path(dst *string) field {
	return func(at string, n ast.Node) {
		s, ok := w.word(at, n)
		if !ok {
			return
		}
		clean := path.Clean(strings.ReplaceAll(s, `\`, "/"))
		drive := len(clean) > 1 && clean[1] == ':'
		if path.IsAbs(clean) || drive || clean == "." || clean == ".." || strings.HasPrefix(clean, "../") {
			w.fault(n, "project.path", at, s, nil)
			return
		}
		*dst = clean
	}
}

// checkLevels holds the zones coarse to fine where the level words tell.
func (w *walker) checkLevels(p *Project) {
	last := ""
	for _, z := range p.Zones {
		rank, known := levelRank[z.Level]
		if known && last != "" && rank < levelRank[last] {
			w.iss.Add(coverage.Issue{
				Ref: coverage.Ref{File: w.file, Row: z.Line}, Key: "project.levels", Column: "zones", Value: z.Level, Fatal: true,
				Args: coverage.Args{"before": last, "col": 0, "path": "zones"},
			})
		}
		if known {
			last = z.Level
		}
	}
}
