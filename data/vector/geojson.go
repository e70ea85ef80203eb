package vector

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"lifecircle/coverage"
)

// document is a GeoJSON file on its way: features are read one at a time, so
// that a large file never stands in memory as JSON.
type document struct {
	*reader
	dec      *json.Decoder
	size     int64
	members  map[string]json.RawMessage // the outer object but for its features
	features bool
	columns  map[string]int
	inRow    []int // by column: the last feature that had it
	strict   strict
}

func readGeoJSON(r *reader) error {
	f, err := r.fsys.Open(r.name)
	if err != nil {
		return unreadable(r.name, err)
	}
	defer f.Close()
	in := bufio.NewReaderSize(&ctxReader{r.ctx, f}, 1<<16)
	d := &document{reader: r, size: fileSize(f), members: map[string]json.RawMessage{}, columns: map[string]int{}}
	if bom, _ := in.Peek(3); string(bom) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	d.dec = json.NewDecoder(in)
	if err := d.read(); err != nil {
		return d.explain(err)
	}
	return nil
}

func fileSize(f fs.File) int64 {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// explain says where in the file the JSON is wrong.
func (d *document) explain(err error) error {
	var ours *coverage.Error
	if errors.As(err, &ours) || d.ctx.Err() != nil {
		return err
	}
	offset := d.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(offset, syntax.Offset)
	}
	if errors.Is(err, io.EOF) {
		err, offset = io.ErrUnexpectedEOF, d.size
	}
	args := coverage.Args{"file": d.name, "line": d.lineOf(offset), "offset": offset}
	return &coverage.Error{Code: coverage.Unusable, Key: "vector.geojson.syntax", Args: args, Err: err}
}

// lineOf counts the lines up to offset and the white space behind it, which
// the fault comes after.
func (d *document) lineOf(offset int64) int {
	f, err := d.fsys.Open(d.name)
	if err != nil {
		return 0
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for line, i := 1, int64(0); ; i++ {
		c, err := in.ReadByte()
		switch {
		case err != nil || i >= offset && !strings.ContainsRune(" \t\r\n", rune(c)):
			return line
		case c == '\n':
			line++
		}
	}
}

// read walks the members of the outer object in whatever order they come.
func (d *document) read() error {
	if t, err := d.dec.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return d.wrongDocument(fmt.Sprint(t))
	}
	for d.dec.More() {
		key, err := d.dec.Token()
		if err != nil {
			return err
		}
		if name := key.(string); name == "features" {
			err = d.readFeatures()
		} else {
			var raw json.RawMessage
			err = d.dec.Decode(&raw)
			if d.members[name] != nil {
				d.strict.note("vector.geojson.twice", name)
			}
			d.members[name] = raw
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.dec.Token(); err != nil {
		return err
	}
	if _, err := d.dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("more after the end of the document: %w", cmpErr(err))
	}
	return d.conclude()
}

// cmpErr names the fault of a document that goes on after its end.
func cmpErr(err error) error {
	if err == nil {
		return errors.New("a second value")
	}
	return err
}

func (d *document) readFeatures() error {
	if t, err := d.dec.Token(); err != nil {
		return err
	} else if t != json.Delim('[') || d.features {
		return unusable("vector.geojson.features", coverage.Args{"file": d.name})
	}
	d.features = true
	var raw json.RawMessage
	for row := 1; d.dec.More(); row++ {
		raw = raw[:0]
		if err := d.dec.Decode(&raw); err != nil {
			return err
		}
		if err := d.checkText(raw); err != nil {
			return err
		}
		d.feature(row, raw)
		if err := d.tick(d.dec.InputOffset(), d.size); err != nil {
			return err
		}
	}
	d.strict.row = 0
	_, err := d.dec.Token()
	return err
}

// checkText refuses what is not UTF-8: the decoder would write U+FFFD for it.
func (d *document) checkText(raw []byte) error {
	if utf8.Valid(raw) {
		return nil
	}
	return unusable("vector.file.encoding", coverage.Args{"file": d.name, "tried": "UTF-8"})
}

func (d *document) wrongDocument(kind string) error {
	return unusable("vector.geojson.document", coverage.Args{"file": d.name, "value": kind})
}

// conclude looks at the outer members once all are known.
func (d *document) conclude() error {
	kind := text(d.members["type"])
	if name := text(d.members["name"]); name != "" {
		d.layer.Name = name
	}
	d.layer.CRS = crsMember(d.members["crs"])
	switch {
	case kind == "FeatureCollection" && !d.features:
		return unusable("vector.geojson.features", coverage.Args{"file": d.name})
	case kind == "FeatureCollection":
		for _, key := range slices.Sorted(maps.Keys(d.members)) {
			d.strict.judge(kind, key, d.members[key])
		}
	case d.features || kind != "Feature" && !isGeometryType(kind):
		return d.wrongDocument(kind)
	default:
		if err := d.single(kind); err != nil {
			return err
		}
	}
	d.tell()
	_, err := d.chooseLayer(d.names())
	return err
}

// names are the words by which Options.Layer may call the one layer.
func (d *document) names() []string {
	if d.o.Layer == stem(d.name) {
		return []string{d.o.Layer}
	}
	return []string{d.layer.Name}
}

// single reads a document that is one feature or one geometry.
func (d *document) single(kind string) error {
	raw, err := json.Marshal(d.members)
	if err != nil {
		return err
	}
	if err := d.checkText(raw); err != nil {
		return err
	}
	d.layer.Rows = 1
	if kind == "Feature" {
		d.feature(1, raw)
		return nil
	}
	g, z, fault := geometry(raw, 0, &d.strict)
	d.keep(1, g, z, nil, fault)
	return nil
}

// text returns a JSON string, "" for anything else.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// crsMember reads the crs member of the 2008 form. A file without one says
// nothing; a name that is not understood is returned as it stands, for the
// caller to refuse.
func crsMember(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var crs struct {
		Type       string `json:"type"`
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if json.Unmarshal(raw, &crs) != nil || crs.Properties.Name == "" {
		return string(raw)
	}
	return crsName(crs.Properties.Name)
}

// crsName turns "urn:ogc:def:crs:EPSG::4547" into "EPSG:4547". CRS84 is WGS 84
// with longitude first, which EPSG:4326 means everywhere in this program.
func crsName(name string) string {
	parts := strings.FieldsFunc(strings.ToUpper(name), func(c rune) bool { return c == ':' || c == '/' })
	if len(parts) == 0 {
		return name
	}
	last := parts[len(parts)-1]
	for _, p := range parts[:len(parts)-1] {
		if p == "EPSG" {
			return "EPSG:" + last
		}
	}
	if last == "CRS84" {
		return "EPSG:4326"
	}
	return name
}
