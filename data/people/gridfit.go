package people

import (
	"io/fs"
	"path"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/raster"
	"lifecircle/data/source"
)

// fit takes the grid of the first raster, and refuses others that differ.
func (g *gridReader) fit(e project.Population, h raster.Header) error {
	said, wkt := h.Spec.CRS, ""
	if said == "" {
		said, wkt = g.definition(e.File, h.Citation)
	}
	c, err := g.System(e.Source, said, wkt)
	if err != nil {
		return err
	}
	spec := h.Spec
	spec.CRS = c.Code()
	if g.spec.IsZero() {
		g.spec, g.crs, g.first = spec, c, e.File
		return nil
	}
	if !g.spec.SameAs(spec) {
		return source.Refuse("population.grids_differ", e.File, coverage.Args{"grid": gridText(spec), "first": g.first, "first_grid": gridText(g.spec)})
	}
	return nil
}

// esriString is how ESRI's programs put a definition into a GeoTIFF.
const esriString = "ESRI PE String = "

// definition finds what is said of a grid without a code: the .prj beside it, as
// ASCII grids have it, else its own citation. A system in words only must not be
// taken for the project's default, so they are handed on as what was said.
func (g *gridReader) definition(file, citation string) (said, wkt string) {
	if _, own, ok := strings.Cut(citation, esriString); ok {
		return "", own
	}
	side := strings.TrimSuffix(file, path.Ext(file)) + ".prj"
	text, err := fs.ReadFile(g.FS, side)
	if err != nil {
		return citation, ""
	}
	if wkt = strings.TrimSpace(strings.TrimPrefix(string(text), "\uFEFF")); wkt == "" {
		return citation, ""
	}
	g.Source(coverage.Source{Role: "projection", File: side})
	return "", wkt
}

// aside tells of what a file holds besides the band that is read and what could
// be meant to count: a mask, further images.
func (g *gridReader) aside(e project.Population, h raster.Header) {
	ref := coverage.Ref{File: e.File, Sheet: e.Group}
	if h.Mask {
		g.Issues.Add(coverage.Issue{Ref: ref, Key: "population.mask"})
	}
	if h.Pages > 1 {
		g.Issues.Add(coverage.Issue{Ref: ref, Key: "population.pages", Args: coverage.Args{"count": h.Pages}})
	}
}
