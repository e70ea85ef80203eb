package scaffold

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/raster"
	"lifecircle/data/table"
	"lifecircle/data/vector"
	"lifecircle/geo/grid"
)

// maxBytes is the largest vector file or table that is opened to look at it.
const maxBytes = 512 << 20

// look is what was found in the folder.
type look struct {
	ctx      context.Context
	fsys     fs.FS
	progress coverage.Progress
	rasters  []rasterFile
	others   []rasterFile // rasters that do not look like people
	zones    []zoneFile
	land     []source
	places   []placeFile
	lists    []listFile
	census   []censusFile
	networks []string
	roads    []roadFile
	ferries  []ferryFile
	heights  []string
	covers   []string // of classes of ground
	shares   []string // of the share of one class
	barriers []source
	unused   []source // nothing that the program uses, or not recognised
}

// source is a file, and the layer or sheet in it when it has several.
type source struct{ file, layer, sheet string }

type rasterFile struct {
	source
	spec   grid.Spec
	groups []string
	guess  string // key of the comment
}

// file looks at one file. What cannot be read is unused: data.Open would say
// why if the project named it.
func (l *look) file(name string) {
	if l.tile(name) {
		return
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".tif", ".tiff", ".geotiff", ".asc":
		l.raster(name)
	case ".geojson", ".json", ".gpkg", ".shp", ".kml", ".kmz", ".zip":
		l.vector(name)
	case ".csv", ".tsv", ".xlsx", ".xlsm", ".txt":
		l.table(name)
	case ".pbf":
		l.networks = append(l.networks, name)
	case ".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qmd", ".xml", ".tfw", ".md":
	default:
		l.unused = append(l.unused, source{file: name})
	}
}

var peopleName = regexp.MustCompile(`(?i)pop|people|人口|ppp|landscan|hrsl|census`)

func (l *look) raster(name string) {
	f, err := l.fsys.Open(name)
	if err != nil {
		l.unused = append(l.unused, source{file: name})
		return
	}
	defer f.Close()
	info, err := f.Stat()
	at, ok := f.(io.ReaderAt)
	if err != nil || !ok {
		l.unused = append(l.unused, source{file: name})
		return
	}
	r, err := raster.Open(name, at, info.Size())
	if err != nil {
		l.unused = append(l.unused, source{file: name})
		return
	}
	out := rasterFile{source: source{file: name}, spec: r.Header().Spec}
	switch {
	case peopleName.MatchString(path.Base(name)):
		l.rasters = append(l.rasters, out)
	case !l.ground(out):
		l.others = append(l.others, out)
	}
}

func (l *look) tooLarge(name string) bool {
	info, err := fs.Stat(l.fsys, name)
	return err != nil || info.Size() > maxBytes
}

func (l *look) vector(name string) {
	if l.tooLarge(name) {
		l.unused = append(l.unused, source{file: name})
		return
	}
	layer, err := l.read(name, "")
	var several *coverage.Error
	if errors.As(err, &several) && several.Key == "vector.layer.choose" {
		names, _ := several.Args["layers"].(string)
		for _, n := range strings.Split(names, ", ") {
			layer, err := l.read(name, n)
			l.layer(source{file: name, layer: n}, layer, err)
		}
		return
	}
	s := source{file: name}
	if err == nil && layer.Format == "gpkg" {
		s.layer = layer.Name
	}
	l.layer(s, layer, err)
}

func (l *look) read(name, layer string) (*vector.Layer, error) {
	return vector.Read(l.ctx, l.fsys, name, vector.Options{Layer: layer}, &coverage.Issues{}, nil)
}

var (
	landName  = regexp.MustCompile(`(?i)land(mass)?([._-]|$)|coast|陆地|海岸|岸线`)
	otherName = regexp.MustCompile(`(?i)water|river|lake|building|landuse|landcover|natural|forest|水系|河流|湖泊|建筑|用地|绿地`)
)

func (l *look) layer(s source, layer *vector.Layer, err error) {
	if err != nil || len(layer.Features) == 0 {
		l.unused = append(l.unused, s)
		return
	}
	t := columnsOf(layer)
	points, lines, polygons := 0, 0, 0
	for _, f := range layer.Features {
		switch f.Geometry.GeoJSONType() {
		case "Point", "MultiPoint":
			points++
		case "Polygon", "MultiPolygon":
			polygons++
		case "LineString", "MultiLineString":
			lines++
		}
	}
	name := path.Base(s.file) + " " + s.layer
	switch n := len(layer.Features); {
	case lines+polygons == n && waterName.MatchString(name):
		l.barriers = append(l.barriers, s)
	case lines == n && l.lines(s, t):
	case polygons == n && otherName.MatchString(name):
		l.unused = append(l.unused, s)
	case polygons == n && landName.MatchString(name):
		l.land = append(l.land, s)
	case polygons == n && l.zone(s, t):
	case points*2 > n:
		l.points(s, t, true)
	default:
		l.unused = append(l.unused, s)
	}
}

func (l *look) table(name string) {
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil || l.tooLarge(name) {
		l.unused = append(l.unused, source{file: name})
		return
	}
	book, err := table.Open(name, data)
	if err != nil {
		l.unused = append(l.unused, source{file: name})
		return
	}
	sheets := book.Sheets()
	for _, sheet := range sheets {
		s := source{file: name}
		if len(sheets) > 1 {
			s.sheet = sheet
		}
		t, err := book.Table(l.ctx, sheet)
		if err != nil {
			continue // an empty sheet
		}
		l.sheet(s, t)
	}
}

func (l *look) sheet(s source, t *table.Table) {
	c := columns{names: t.Columns, roles: table.DefaultWords().Assign(t.Columns)}
	err := t.Each(l.ctx, &coverage.Issues{}, func(r table.Row) error {
		row := make([]string, len(t.Columns))
		for i := range row {
			row[i] = r.Cell(i)
		}
		if !r.IsRemark() {
			c.rows = append(c.rows, row)
		}
		return nil
	})
	has := func(role string) bool { _, ok := c.roles[role]; return ok }
	switch {
	case err != nil || len(c.rows) == 0:
		l.unused = append(l.unused, s)
	case l.ferryTable(s, c):
	case has("x") && has("y") || has("xy"):
		l.points(s, c, false)
	case has("wkt") && strings.EqualFold(path.Ext(s.file), ".csv"):
		layer, err := l.read(s.file, "")
		l.layer(s, layer, err)
	case !l.censusTable(s, c):
		l.unused = append(l.unused, s)
	}
}

func isFerry(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.Contains(base, "ferr") || strings.Contains(base, "轮渡") || strings.Contains(base, "航线")
}

// columns is the attributes of a layer or the cells of a sheet.
type columns struct {
	names []string
	roles map[string]int
	rows  [][]string
}

func columnsOf(l *vector.Layer) columns {
	c := columns{names: l.Columns, roles: table.DefaultWords().Assign(l.Columns)}
	for _, f := range l.Features {
		row := make([]string, len(l.Columns))
		for i, v := range f.Values {
			row[i] = text(v)
		}
		c.rows = append(c.rows, row)
	}
	return c
}

// unique reports whether a column is filled in every row and never twice.
func (c columns) unique(i int) bool {
	seen := map[string]bool{}
	for _, r := range c.rows {
		if r[i] == "" || seen[r[i]] {
			return false
		}
		seen[r[i]] = true
	}
	return true
}

func (c columns) find(names ...string) int {
	for _, n := range names {
		if i := slices.IndexFunc(c.names, func(have string) bool { return strings.EqualFold(have, n) }); i >= 0 {
			return i
		}
	}
	return -1
}

func (c columns) name(i int) string {
	if i < 0 {
		return ""
	}
	return c.names[i]
}
