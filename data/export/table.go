package export

import (
	"strconv"
	"strings"

	"lifecircle/coverage/message"
	"lifecircle/geo/antimeridian"

	"github.com/paulmach/orb"
)

// kind is the type of a column.
type kind uint8

const (
	whole kind = iota + 1 // int64
	real                  // float64, or float32 as it was read
	words                 // string
	flag                  // bool
)

// column is a column of the flat formats.
type column struct {
	key   string
	kind  kind
	group string // people columns: the group
}

// title is the header of the column in lang, the plain key for "".
func (c column) title(lang string) string {
	switch {
	case lang == "":
		return c.key
	case c.group != "" && c.group != "all":
		return message.Render(lang, "export.column.people_of", message.Args{"group": c.group})
	case c.group != "":
		return message.Render(lang, "export.column.people", nil)
	}
	return message.Render(lang, "export.column."+c.key, nil)
}

// table is a layer as rows, for every format but rasters.
type table struct {
	name     string
	geometry string // type in a GeoPackage
	columns  []column
	len      int
	// row fills values, as long as columns, and returns the geometry, nil for
	// none. A nil value is unknown.
	row func(i int, values []any) orb.Geometry
	// properties is what GeoJSON tells of a row, in the words of the service.
	properties func(i int) any
	// plain says that columns lon and lat, the last two, repeat the geometry.
	plain bool
	// aside says that a row belongs beside the features of a GeoJSON.
	aside func(i int) bool
}

// peopleColumns are the columns of the groups. Keys differ even when case is
// ignored, as SQL does.
func peopleColumns(groups []string) []column {
	columns, used := make([]column, len(groups)), map[string]bool{}
	for i, g := range groups {
		key := "people_" + g
		for k := 2; used[strings.ToLower(key)]; k++ {
			key = "people_" + g + "_" + strconv.Itoa(k)
		}
		used[strings.ToLower(key)] = true
		columns[i] = column{key: key, kind: real, group: g}
	}
	return columns
}

var lonLat = []column{{key: "lon", kind: real}, {key: "lat", kind: real}}

// known is a text as a value, nil when it is empty.
func known(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// positive is a number as a value, nil when it is not over 0.
func positive(x float64) any {
	if !(x > 0) {
		return nil
	}
	return x
}

// area is a geometry, nil when there are no polygons.
func area(mp orb.MultiPolygon) orb.Geometry {
	if len(mp) == 0 {
		return nil
	}
	return mp
}

// way is a line cut where it passes 180 degrees.
func way(line orb.LineString) orb.Geometry {
	parts := antimeridian.Line(line)
	if len(parts) == 1 {
		return parts[0]
	}
	return orb.MultiLineString(parts)
}
