package standard

import (
	"errors"
	"regexp"
	"strings"

	"lifecircle/coverage"

	"github.com/goccy/go-yaml"
)

// file is the form of a pack; the doc comment of the package shows one.
type file struct {
	ID        string        `yaml:"id"`
	Name      coverage.Text `yaml:"name"`
	Document  coverage.Text `yaml:"document"`
	Note      coverage.Text `yaml:"note"`
	Standards []entry       `yaml:"standards"`
}

type entry struct {
	ID      string        `yaml:"id"`
	Name    coverage.Text `yaml:"name"`
	Clause  string        `yaml:"clause"`
	Service string        `yaml:"service"`
	Kinds   []string      `yaml:"kinds"`
	Group   string        `yaml:"group"`
	Target  float64       `yaml:"target"`
	Note    coverage.Text `yaml:"note"`
	Rules   []rule        `yaml:"rules"`
}

type rule struct {
	Setting  string  `yaml:"setting"`
	Within   string  `yaml:"within"`
	Mode     string  `yaml:"mode"`
	As       string  `yaml:"as"`
	SpeedKMH float64 `yaml:"speed_kmh"`
	Detour   float64 `yaml:"detour"`

	Direction string `yaml:"direction"`
	Boats     string `yaml:"boats"`
}

// modeForm is what the name of a mode or profile looks like.
var modeForm = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// ID forms that are safe in URLs, file names and on the command line.
var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

// Parse reads a pack. name is the file's name, for messages. Every fault is
// reported at once, each with its line: errors joined, code Unusable.
func Parse(name string, text []byte) ([]coverage.Standard, error) {
	var f file
	if err := yaml.UnmarshalWithOptions(text, &f, yaml.Strict()); err != nil {
		return nil, syntaxError(name, err)
	}
	c := checker{name: name, text: text}
	standards := c.pack(f)
	return standards, errors.Join(c.errs...)
}

func syntaxError(name string, err error) error {
	line, column, reason := 0, 0, err.Error()
	var y yaml.Error
	if errors.As(err, &y) {
		reason = y.GetMessage()
		if t := y.GetToken(); t != nil {
			line, column = t.Position.Line, t.Position.Column
		}
	}
	return &coverage.Error{Code: coverage.Unusable, Key: "standard.syntax", Args: coverage.Args{
		"file": name, "line": line, "column": column, "reason": strings.TrimSpace(reason),
	}}
}
