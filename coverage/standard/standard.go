package standard

import (
	"embed"
	"path"
	"sort"
	"strings"

	"lifecircle/coverage"
)

//go:embed packs/*.yaml
var shipped embed.FS

// Shipped returns the ids of the packs that come with the program, sorted.
func Shipped() []string {
	files, err := shipped.ReadDir("packs")
	if err != nil {
		panic(err) // embedded at build time
	}
	ids := make([]string, len(files))
	for i, f := range files {
		ids[i] = strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
	}
	sort.Strings(ids)
	return ids
}

// Load returns a shipped pack and its standards. The error is NotFound and
// lists the shipped ids when there is none of that id.
func Load(id string) (coverage.Pack, []coverage.Standard, error) {
	text, err := shipped.ReadFile("packs/" + id + ".yaml")
	if err != nil {
		return coverage.Pack{}, nil, &coverage.Error{
			Code: coverage.NotFound, Key: "standard.no_pack",
			Args: coverage.Args{"id": id, "shipped": strings.Join(Shipped(), ", ")},
		}
	}
	standards, err := Parse(id+".yaml", text)
	return coverage.Pack{ID: id, YAML: string(text)}, standards, err
}
