package people

import (
	"testing"
	"testing/fstest"

	"lifecircle/data/ground"
	"lifecircle/data/source"
)

func TestDefinition(t *testing.T) {
	files := fstest.MapFS{"a.prj": {Data: []byte("\uFEFFPROJCS[1]\r\n")}, "b.prj": {Data: []byte(" ")}}
	for file, want := range map[string][2]string{"a.tif": {"", "PROJCS[1]"}, "b.tif": {"words", ""}, "c.tif": {"words", ""}} {
		l := source.New(t.Context(), files, "project.yaml", nil, nil)
		g := &gridReader{People: &People{Ground: &ground.Ground{Folder: l}}}
		if said, wkt := g.definition(file, "words"); said != want[0] || wkt != want[1] {
			t.Errorf("%s: %q %q", file, said, wkt)
		}
		if said, wkt := g.definition(file, "PCS = x|"+esriString+"PROJCS[2]"); said != "" || wkt != "PROJCS[2]" {
			t.Errorf("%s: %q %q", file, said, wkt)
		}
	}
}
