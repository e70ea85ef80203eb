package openapi_test

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"testing"

	"lifecircle/api/about"
	"lifecircle/api/features"
	"lifecircle/api/jobs"
	"lifecircle/api/openapi"
	"lifecircle/api/reach"
	"lifecircle/api/route"
	"lifecircle/api/tiles"
	"lifecircle/api/whatif"

	"github.com/getkin/kin-openapi/openapi3"
	gocmp "github.com/google/go-cmp/cmp"
)

func document(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background(), openapi3.EnableExamplesValidation()); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestValid(t *testing.T) {
	doc := document(t)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Summary == "" || op.OperationID == "" {
				t.Errorf("%s %s has no summary or id", method, path)
			}
			for _, p := range op.Parameters {
				if p.Value.Description == "" {
					t.Errorf("%s: parameter %s is not described", path, p.Value.Name)
				}
			}
		}
	}
}

// Every route and every parameter of the program is in the document, and the
// other way round.
func TestRoutesAreDocumented(t *testing.T) {
	want := map[string][]string{"GET /healthz": {}, "GET /openapi.json": {}}
	list := jobs.New(t.Context(), nil, 1, nil)
	defer list.Close()
	for _, r := range slices.Concat(about.Routes(), features.Routes(), reach.Routes(), tiles.New().Routes(), whatif.Routes(), list.Routes()) {
		var names []string
		for part := range strings.SplitSeq(r.Path, "/") {
			if name, ok := strings.CutPrefix(part, "{"); ok {
				name, _, _ = strings.Cut(strings.TrimSuffix(name, "}"), ":")
				names = append(names, "path "+name)
			}
		}
		for _, p := range route.With(r.Params, []string{"lang"}) {
			names = append(names, "query "+p)
		}
		sort.Strings(names)
		want[cmp.Or(r.Method, "GET")+" "+strings.ReplaceAll(r.Path, ":[0-9]+", "")] = names
	}
	got := map[string][]string{}
	for path, item := range document(t).Paths.Map() {
		for method, op := range item.Operations() {
			names := []string{}
			for _, p := range op.Parameters {
				names = append(names, p.Value.In+" "+p.Value.Name)
			}
			sort.Strings(names)
			got[method+" "+path] = names
		}
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("(-program +document)\n%s", d)
	}
}
