package data

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/standard"
	"lifecircle/data/kinds"
	"lifecircle/data/source"
)

// KindCount is how many facilities of a kind and a tier there are, and the
// service to which the project's table of kinds (or the one that ships) puts
// the kind; "" when neither says.
type KindCount struct {
	Service    string        `json:"service"`
	Kind       string        `json:"kind"`
	Tier       string        `json:"tier"`
	Name       coverage.Text `json:"name"` // of the kind
	Facilities int           `json:"facilities"`
}

// KindCounts counts the facilities of a dataset that [Open] made of a project,
// in the order of service, kind and tier. The project is read once more for its
// table of kinds.
func KindCounts(projectPath string, ds *coverage.Dataset) ([]KindCount, error) {
	if info, err := os.Stat(projectPath); err == nil && !info.IsDir() {
		projectPath = filepath.Dir(projectPath)
	}
	table := kinds.Default()
	for _, s := range ds.Sources {
		if s.Role != "kinds" {
			continue
		}
		root, err := os.OpenRoot(projectPath)
		if err != nil {
			return nil, source.NotReadable(s.File, err)
		}
		defer root.Close()
		text, err := fs.ReadFile(root.FS(), s.File)
		if err != nil {
			return nil, source.NotReadable(s.File, err)
		}
		own, err := kinds.Parse(s.File, text)
		if err != nil {
			return nil, err
		}
		table = own.Over(table)
	}
	return countKinds(table, ds.Facilities), nil
}

func countKinds(table *kinds.Table, facilities []coverage.Facility) []KindCount {
	counts := map[[2]string]int{}
	for _, f := range facilities {
		counts[[2]string{f.Kind, f.Tier}]++
	}
	out := make([]KindCount, 0, len(counts))
	for k, n := range counts {
		out = append(out, KindCount{Service: table.Service(k[0]), Kind: k[0], Tier: k[1], Name: standard.KindName(k[0]), Facilities: n})
	}
	slices.SortFunc(out, func(a, b KindCount) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Tier, b.Tier))
	})
	return out
}
