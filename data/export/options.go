package export

import (
	"slices"
	"strings"
	"time"

	"lifecircle/coverage"
)

// Options say what is written.
type Options struct {
	Layer    string    // one of [Layers]
	Format   string    // one of [Formats]
	Lang     string    // csv, xlsx: language of the headers, "zh" or "en"; "" the plain names of the columns
	BOM      bool      // csv: begin with a byte order mark, by which Excel knows UTF-8
	Standard string    // coverage as tif: id of the standard; "" when the run has only one
	Group    string    // demand as tif: the group of people; "" the first
	At       time.Time // gpkg: the time of change that stands in it; zero: now
}

// Layers are the layers that can be written.
func Layers() []string { return []string{"facilities", "zones", "demand", "coverage", "gaps"} }

// Formats are the formats that can be written.
func Formats() []string { return []string{"geojson", "csv", "gpkg", "xlsx", "tif"} }

// NeedsRun reports whether the layer shows a run.
func (o Options) NeedsRun() bool { return o.Layer == "coverage" || o.Layer == "gaps" }

// Validate returns an Invalid error when the layer, the format or their pairing
// does not exist.
func (o Options) Validate() error {
	fault := func(key, value string, known []string) error {
		args := coverage.Args{"value": value, "known": strings.Join(known, ", ")}
		return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
	}
	switch {
	case !slices.Contains(Layers(), o.Layer):
		return fault("export.unknown_layer", o.Layer, Layers())
	case !slices.Contains(Formats(), o.Format):
		return fault("export.unknown_format", o.Format, Formats())
	case o.Format == "tif" && o.Layer != "demand" && o.Layer != "coverage":
		return fault("export.no_raster", o.Layer, []string{"demand", "coverage"})
	}
	return nil
}
