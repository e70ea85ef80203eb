package vector

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Feature is one row of a layer.
type Feature struct {
	Geometry orb.Geometry // never nil and never empty; outer rings counter-clockwise
	Values   []any        // by column: string, float64, int64, bool or nil
	Ref      coverage.Ref // file, layer and row from 1 (GeoPackage: the feature id; CSV: the header is row 1)
}

// Layer is one table of features.
type Layer struct {
	Name     string
	Format   string   // "geojson", "gpkg", "shapefile", "kml", "csv"
	Columns  []string // attributes, the geometry not among them
	CRS      string   // "EPSG:4490", or the name that the file gives; "" when it says nothing
	WKT      string   // definition of the reference system as text, when the file has one
	Features []Feature
	Rows     int64 // rows in the file, those with faults included
}

// Column returns the index of the column of that name (an exact match before
// one that differs in case only), -1 when there is none.
func (l *Layer) Column(name string) int {
	found := -1
	for i, c := range l.Columns {
		if c == name {
			return i
		}
		if found < 0 && strings.EqualFold(c, name) {
			found = i
		}
	}
	return found
}

// Options choose what is read and how. The zero value is the usual.
type Options struct {
	Layer    string // "": the only one; a file of several then is an error that lists them
	Encoding string // of Shapefile attributes and CSV: "utf-8", "gb18030", "gbk", "big5" ...; "": found out
	Geometry string // CSV: the column of well-known text; "": found by name (wkt, geometry, 几何 ...)
	MaxBytes int64  // largest file or zip member that is read into memory; 0: 2 GiB
}

const defaultMaxBytes = 2 << 30

// Read reads one layer of the file name in fsys. Side files of a Shapefile are
// looked for next to it; nothing outside fsys is touched, so a file system made
// by os.OpenRoot keeps a project in its folder. A GeoPackage is read through
// fsys too (its files must be seekable, as those of os and embed are).
//
// The format is found by the content, and by the extension where the content
// does not tell. Faulty rows are added to issues, which must not be nil.
func Read(ctx context.Context, fsys fs.FS, name string, o Options, issues *coverage.Issues, p coverage.Progress) (*Layer, error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = defaultMaxBytes
	}
	format, err := detect(fsys, name)
	if err != nil {
		return nil, err
	}
	r := &reader{
		ctx: ctx, fsys: fsys, name: name, o: o, issues: issues, progress: p,
		layer: &Layer{Name: stem(name), Format: format},
	}
	if err := readers[format](r); err != nil {
		return nil, err
	}
	r.finish()
	return r.layer, nil
}

var readers = map[string]func(*reader) error{
	"geojson": readGeoJSON, "gpkg": readGeoPackage, "shapefile": readShapefile,
	"zip": readZip, "kml": readKML, "csv": readCSV,
}

// detect names the reader for a file.
func detect(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", unreadable(name, err)
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", unreadable(name, err)
	}
	if n == 0 {
		return "", unusable("vector.file.empty", coverage.Args{"file": name})
	}
	if format := sniff(head[:n]); format != "" {
		return format, nil
	}
	return byExtension(name)
}

// sniff tells a format by its first bytes, "" when they do not say.
func sniff(head []byte) string {
	s := string(head)
	switch {
	case strings.HasPrefix(s, "SQLite format 3\x00"):
		return "gpkg"
	case strings.HasPrefix(s, "\x00\x00\x27\x0a"):
		return "shapefile"
	case strings.HasPrefix(s, "PK\x03\x04"):
		return "zip"
	}
	s = strings.TrimLeft(strings.TrimPrefix(s, "\ufeff"), " \t\r\n")
	switch {
	case strings.HasPrefix(s, "{"):
		return "geojson"
	case strings.HasPrefix(s, "<"):
		return "kml"
	}
	return ""
}

func byExtension(name string) (string, error) {
	ext := strings.ToLower(path.Ext(name))
	switch ext {
	case ".csv", ".txt", ".tsv":
		return "csv", nil
	case ".geojson", ".json":
		return "geojson", nil
	case ".shp", ".gpkg", ".zip", ".kml", ".kmz":
		return "", unusable("vector.file.corrupt", coverage.Args{"file": name, "format": ext[1:]})
	case ".dbf", ".shx", ".prj", ".cpg":
		return "", unusable("vector.file.sidefile", coverage.Args{"file": name, "shp": stem(name) + ".shp"})
	}
	return "", &coverage.Error{Code: coverage.Unsupported, Key: "vector.file.format", Args: coverage.Args{"file": name}}
}

// stem is the file's name without folder and extension.
func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}
