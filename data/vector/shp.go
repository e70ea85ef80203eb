package vector

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/vector/dbase"
	"lifecircle/data/vector/shape"
)

// shapefile is a Shapefile on its way: its parts in memory.
type shapefile struct {
	*reader
	side func(ext string) ([]byte, error) // a file of the set, nil when there is none
	shp  []byte
	at   []int // offset of every record in shp
	kind uint32
}

const shpHeader = 100

// readShapefile reads loose files.
func readShapefile(r *reader) error {
	base := strings.TrimSuffix(r.name, path.Ext(r.name))
	side := func(ext string) ([]byte, error) {
		entries, err := fs.ReadDir(r.fsys, path.Dir(r.name))
		if err != nil {
			return nil, unreadable(r.name, err)
		}
		for _, e := range entries {
			if strings.EqualFold(e.Name(), path.Base(base)+ext) {
				return r.readAll(path.Join(path.Dir(r.name), e.Name()))
			}
		}
		return nil, nil
	}
	shp, err := r.readAll(r.name)
	if err != nil {
		return err
	}
	return (&shapefile{reader: r, side: side, shp: shp}).read()
}

func (s *shapefile) read() error {
	s.layer.Format = "shapefile"
	if _, err := s.chooseLayer([]string{s.layer.Name}); err != nil {
		return err
	}
	if err := s.index(); err != nil {
		return err
	}
	if err := s.projection(); err != nil {
		return err
	}
	attributes, err := s.attributes()
	if err != nil {
		return err
	}
	for i := range s.at {
		if attributes == nil || !attributes.Deleted(i) {
			s.record(i, attributes)
		}
		if err := s.tick(int64(i+1), int64(len(s.at))); err != nil {
			return err
		}
	}
	return nil
}

// index checks the header and finds the records: by the .shx when there is
// one (files edited in place have holes), else one behind the other.
func (s *shapefile) index() error {
	if len(s.shp) < shpHeader || binary.BigEndian.Uint32(s.shp) != 9994 {
		return s.corrupt("Shapefile", "header", nil)
	}
	words := int64(binary.BigEndian.Uint32(s.shp[24:]))
	if 2*words > int64(len(s.shp)) {
		return s.corrupt("Shapefile", fmt.Sprintf(".shp: %d of %d bytes", len(s.shp), 2*words), nil)
	}
	s.kind = binary.LittleEndian.Uint32(s.shp[32:])
	if !shape.Known(s.kind) {
		return &coverage.Error{
			Code: coverage.Unsupported, Key: "vector.file.broken",
			Args: coverage.Args{"file": s.name, "format": "Shapefile", "what": fmt.Sprintf("shape type %d", s.kind)},
		}
	}
	shx, err := s.side(".shx")
	if err != nil {
		return err
	}
	if len(shx) >= shpHeader {
		return s.indexBy(shx[shpHeader:])
	}
	return s.indexInOrder(s.shp[:max(2*words, shpHeader)])
}

func (s *shapefile) indexBy(shx []byte) error {
	for i := 0; i+8 <= len(shx); i += 8 {
		at := 2 * int64(binary.BigEndian.Uint32(shx[i:]))
		if at < shpHeader || at+8 > int64(len(s.shp)) {
			return s.corrupt("Shapefile", fmt.Sprintf(".shx: record %d", i/8+1), nil)
		}
		s.at = append(s.at, int(at))
	}
	return s.checkRecords()
}

func (s *shapefile) indexInOrder(shp []byte) error {
	for at := shpHeader; at < len(shp); {
		if at+8 > len(shp) {
			return s.corrupt("Shapefile", fmt.Sprintf(".shp: record %d", len(s.at)+1), nil)
		}
		s.at = append(s.at, at)
		next := int64(at) + 8 + 2*int64(binary.BigEndian.Uint32(shp[at+4:]))
		if next > int64(len(shp)) {
			return s.corrupt("Shapefile", fmt.Sprintf(".shp: record %d", len(s.at)), nil)
		}
		at = int(next)
	}
	return s.checkRecords()
}

// checkRecords holds every record to the file.
func (s *shapefile) checkRecords() error {
	for i, at := range s.at {
		length := 2 * int64(binary.BigEndian.Uint32(s.shp[at+4:]))
		if length < 4 || int64(at)+8+length > int64(len(s.shp)) {
			return s.corrupt("Shapefile", fmt.Sprintf(".shp: record %d", i+1), nil)
		}
	}
	return nil
}

// content is what record i holds, its shape type first.
func (s *shapefile) content(i int) []byte {
	at := s.at[i]
	return s.shp[at+8 : at+8+2*int(binary.BigEndian.Uint32(s.shp[at+4:]))]
}

func (s *shapefile) record(i int, attributes *dbase.Table) {
	row := i + 1
	d, fault := shape.Decode(s.content(i), s.kind)
	if fault != nil {
		s.skip(row, fault)
		return
	}
	if d.Note != "" {
		s.note(row, d.Note, "", "", coverage.Args{"count": d.Holes})
	}
	var values []any
	if attributes != nil {
		var faults []dbase.Fault
		values, faults = attributes.Values(i)
		for _, f := range faults {
			s.note(row, f.Key, f.Column, f.Value, f.Args)
		}
	}
	if d.ZM {
		s.z++
	}
	s.add(row, d.Geometry, values)
}

// attributes opens the .dbf; nil when there is none.
func (s *shapefile) attributes() (*dbase.Table, error) {
	b, err := s.side(".dbf")
	if err != nil {
		return nil, err
	}
	if b == nil {
		s.note(0, "vector.shp.side_missing", "", "", coverage.Args{"side": stem(s.name) + ".dbf"})
		return nil, nil
	}
	cpg, err := s.side(".cpg")
	if err != nil {
		return nil, err
	}
	d, err := dbase.Open(b, s.o.Encoding, string(cpg))
	var broken *dbase.CorruptError
	if errors.As(err, &broken) {
		return nil, s.corrupt("Shapefile", ".dbf: "+broken.Part, nil)
	}
	if err != nil {
		return nil, err
	}
	if d.Records() != len(s.at) {
		return nil, unusable("vector.shp.count", coverage.Args{"file": s.name, "shapes": len(s.at), "records": d.Records()})
	}
	if said, used, ok := d.Mistaken(); ok {
		s.note(0, "vector.text.mistaken", "", "", coverage.Args{"said": said, "used": used})
	}
	s.layer.Columns = d.Columns()
	return d, nil
}

// authority finds the code of the whole reference system: the last one.
var authority = regexp.MustCompile(`(?i)(?:AUTHORITY\s*\[\s*"EPSG"\s*,\s*"?|ID\s*\[\s*"EPSG"\s*,\s*)(\d+)"?\s*\]\s*\]\s*$`)

func (s *shapefile) projection() error {
	b, err := s.side(".prj")
	if err != nil {
		return err
	}
	prj := strings.TrimSpace(strings.TrimPrefix(string(b), "\ufeff"))
	s.layer.WKT = prj
	if m := authority.FindStringSubmatch(prj); m != nil {
		s.layer.CRS = "EPSG:" + m[1]
	}
	return nil
}
