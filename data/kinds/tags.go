package kinds

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed tags.yaml
var builtinTags []byte

// TagRow says that things with some tags are of a kind: every key must have any
// of its values, or any value at all when the list is empty.
type TagRow struct {
	Kind string
	Tags map[string][]string
}

// Fits reports whether tags are those of the row.
func (r TagRow) Fits(tags map[string]string) bool {
	for key, values := range r.Tags {
		v := tags[key]
		if v == "" || len(values) > 0 && !slices.Contains(values, v) {
			return false
		}
	}
	return len(r.Tags) > 0
}

// KindOfTags is the kind of the first row that fits, "" without.
func KindOfTags(rows []TagRow, tags map[string]string) string {
	for _, r := range rows {
		if r.Fits(tags) {
			return r.Kind
		}
	}
	return ""
}

// DefaultTags is the table that ships, tags.yaml.
var DefaultTags = sync.OnceValue(func() []TagRow {
	var rows []map[string]any
	if err := yaml.UnmarshalWithOptions(builtinTags, &rows, yaml.Strict()); err != nil {
		panic(err) // a fault of the program: the file is part of it
	}
	var out []TagRow
	for _, r := range rows {
		row := TagRow{Tags: map[string][]string{}}
		for key, v := range r {
			switch v := v.(type) {
			case string:
				if key == "kind" {
					row.Kind = v
				} else {
					row.Tags[key] = Values(v)
				}
			case []any:
				for _, one := range v {
					row.Tags[key] = append(row.Tags[key], one.(string))
				}
			}
		}
		out = append(out, row)
	}
	return out
})

// Values is the list of one value; "*" is any, an empty list.
func Values(v string) []string {
	if v == "*" {
		return nil
	}
	return []string{v}
}
