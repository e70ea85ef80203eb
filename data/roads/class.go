package roads

import (
	_ "embed"
	"strings"
	"sync"

	"lifecircle/coverage"
	"lifecircle/data/osm"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/vector"
	"lifecircle/geo/network/profile"

	"github.com/goccy/go-yaml"
)

//go:embed classes.yaml
var classesYAML []byte

// classWords are the classes by their other words; "none" is no road.
var classWords = sync.OnceValue(func() map[string]string {
	var table map[string][]string
	if err := yaml.UnmarshalWithOptions(classesYAML, &table, yaml.Strict()); err != nil {
		panic(err) // a fault of the program: the file is part of it
	}
	words := map[string]string{}
	for class, list := range table {
		for _, w := range list {
			if other, twice := words[plain(w)]; twice {
				panic("classes.yaml: " + w + " is " + class + " and " + other)
			}
			words[plain(w)] = class
		}
	}
	return words
})

// ClassOf reads a word for a class of road by the table that ships: a class of
// OpenStreetMap, "none" for what nobody moves over, "" for a word that it lacks.
func ClassOf(word string) string { return classWords()[plain(word)] }

// classTags are the tags of a road's class; false leaves the road out.
func (l *layerReader) classTags(f *vector.Feature) ([]profile.Tag, bool) {
	if l.class < 0 {
		return kindTags(l.entry.Default), true
	}
	word := source.ValueText(f.Values, l.class)
	if class, ok := l.entry.Map[word]; ok {
		return kindTags(class), class != project.SkipRoad
	}
	lower := strings.ToLower(word)
	if grade, ok := strings.CutPrefix(lower, "track_grade"); ok { // Geofabrik's layers
		return []profile.Tag{{Key: "highway", Value: "track"}, {Key: "tracktype", Value: "grade" + grade}}, true
	}
	if l.known[lower] {
		return kindTags(lower), true
	}
	switch class := ClassOf(word); {
	case class == "none" || osm.NoRoad(lower):
		l.words.add(word, "", f)
		return nil, false
	case class != "":
		l.words.add(word, class, f)
		return kindTags(class), true
	}
	l.words.add(word, "?", f)
	return kindTags(l.entry.Default), true
}

// kindTags are the tags of a class as profiles list it.
func kindTags(class string) []profile.Tag {
	if key, value, ok := strings.Cut(class, "="); ok {
		return []profile.Tag{{Key: key, Value: value}}
	}
	return []profile.Tag{{Key: "highway", Value: class}}
}

// classCounts counts words that the project does not explain.
type classCounts struct {
	order []string
	words map[string]*classCount
}

type classCount struct {
	class string // that it was read as; "" left out, "?" not known
	rows  int
	first coverage.Ref
}

func newClassCounts() *classCounts { return &classCounts{words: map[string]*classCount{}} }

func (c *classCounts) add(word, class string, f *vector.Feature) {
	w := c.words[word]
	if w == nil {
		w = &classCount{class: class, first: f.Ref}
		c.words[word] = w
		c.order = append(c.order, word)
	}
	w.rows++
}

// report tells what every word was read as, in the order of the file.
func (c *classCounts) report(iss *coverage.Issues, ref coverage.Ref, e project.Network) {
	for _, word := range c.order {
		w := c.words[word]
		i := coverage.Issue{Ref: w.first, Column: e.Class, Value: word, Args: coverage.Args{"count": w.rows, "class": w.class}}
		switch {
		case w.class == "":
			i.Key = "roads.class_left_out"
		case w.class != "?":
			i.Key = "roads.class_by_table"
		case word == "":
			i.Key, i.Args["class"] = "roads.class_missing", e.Default
		default:
			i.Key, i.Args["class"] = "roads.class_unknown", e.Default
		}
		i.Sheet = ref.Sheet
		iss.Add(i)
	}
}
