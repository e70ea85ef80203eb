// Package message is the one catalogue of everything that the program says to
// people about their data and their commands, in Chinese and English. A file
// in this folder holds the messages of one part of the program:
//
//	key: {zh: "…{value}…", en: "…{value}…"}
//
// Names in braces are replaced by the arguments of the same name. Those that begin
// with a blank are parts of a place in a file, left out with all that belongs to
// them when there is nothing to say: "{file}{ sheet}{ row}{ column}: …" is
// `a.xlsx Sheet1 row 3, "x": …`, and `b.csv: …` of the whole of a table. A row of an
// OpenStreetMap extract is its element: "node 12".
package message

import (
	"embed"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// Args are the values that a message names in braces.
type Args map[string]any

type entry struct {
	ZH string `yaml:"zh"`
	EN string `yaml:"en"`
}

var catalogue = sync.OnceValue(load)

func load() map[string]entry {
	all := map[string]entry{}
	names, err := files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	for _, f := range names {
		text, err := files.ReadFile(f.Name())
		if err != nil {
			panic(err)
		}
		part := map[string]entry{}
		if err := yaml.UnmarshalWithOptions(text, &part, yaml.Strict()); err != nil {
			panic(fmt.Sprintf("%s: %v", f.Name(), err))
		}
		for k, e := range part {
			if _, twice := all[k]; twice {
				panic(fmt.Sprintf("%s: message %q stands in two files", f.Name(), k))
			}
			all[k] = e
		}
	}
	return all
}

// Render says the message of key in lang ("zh"; anything else is English). An
// unknown key is returned as it is, followed by its arguments, so that nothing
// is lost.
func Render(lang, key string, args Args) string {
	e, ok := catalogue()[key]
	if !ok {
		if len(args) == 0 {
			return key
		}
		return fmt.Sprintf("%s %v", key, map[string]any(args))
	}
	text := e.EN
	if lang == "zh" {
		text = e.ZH
	}
	return fill(lang, text, args)
}

func fill(lang, text string, args Args) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	if strings.Contains(text, "{ ") {
		pairs = append(pairs, "{ sheet}", sheetPart(args), "{ column}", columnPart(lang, args), "{ line}", linePart(lang, args), "{ feature}", featurePart(lang, args))
		for _, of := range []string{"", "first_", "other_"} {
			pairs = append(pairs, "{ "+of+"row}", rowPart(lang, args, of))
		}
	}
	for k, v := range args {
		pairs = append(pairs, "{"+k+"}", fmt.Sprint(v))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Has reports whether the catalogue has the key.
func Has(key string) bool {
	_, ok := catalogue()[key]
	return ok
}

// Keys returns every key, sorted.
func Keys() []string {
	keys := make([]string, 0, len(catalogue()))
	for k := range catalogue() {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
