package vector

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"lifecircle/data/vector/charset"
)

// archive is an open .zip: its members by their name in UTF-8.
type archive struct {
	*reader
	members map[string]*zip.File
	order   []string
}

// readZip reads a Shapefile in a .zip, or a KMZ.
func readZip(r *reader) error {
	f, err := r.fsys.Open(r.name)
	if err != nil {
		return unreadable(r.name, err)
	}
	defer f.Close()
	a, err := r.openZip(f)
	if err != nil {
		return err
	}
	if kml := a.withExt(".kml"); len(kml) > 0 && len(a.withExt(".shp")) == 0 {
		b, err := a.read(kml[0])
		if err != nil {
			return err
		}
		r.layer.Format = "kml"
		return parseKML(r, bytes.NewReader(b), int64(len(b)))
	}
	return a.shapefile()
}

func (r *reader) openZip(f fs.File) (*archive, error) {
	at, ok := f.(io.ReaderAt)
	size := fileSize(f)
	if !ok {
		b, err := r.drain(r.name, f)
		if err != nil {
			return nil, err
		}
		at, size = bytes.NewReader(b), int64(len(b))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, r.corrupt("zip", "directory", err)
	}
	a := &archive{reader: r, members: map[string]*zip.File{}}
	for _, m := range z.File {
		name := memberName(m)
		if !m.FileInfo().IsDir() && !strings.HasPrefix(name, "__MACOSX/") {
			a.members[name] = m
			a.order = append(a.order, name)
		}
	}
	return a, nil
}

// memberName decodes names that Windows tools write in the system's encoding.
func memberName(m *zip.File) string {
	if utf8.ValidString(m.Name) {
		return m.Name
	}
	if s, ok := charset.GB18030.Decode([]byte(m.Name)); ok {
		return s
	}
	return strings.ToValidUTF8(m.Name, "_")
}

func (a *archive) withExt(ext string) []string {
	var names []string
	for _, n := range a.order {
		if strings.EqualFold(path.Ext(n), ext) {
			names = append(names, n)
		}
	}
	return names
}

func (a *archive) shapefile() error {
	var layers []string
	for _, n := range a.withExt(".shp") {
		layers = append(layers, stem(n))
	}
	layer, err := a.chooseLayer(layers)
	if err != nil {
		return err
	}
	a.layer.Name = layer
	for _, n := range a.withExt(".shp") {
		if stem(n) != layer {
			continue
		}
		shp, err := a.read(n)
		if err != nil {
			return err
		}
		s := &shapefile{reader: a.reader, shp: shp, side: a.sideOf(n)}
		return s.read()
	}
	return nil
}

// sideOf finds the members of a set, whatever the case of their names.
func (a *archive) sideOf(shp string) func(ext string) ([]byte, error) {
	base := strings.TrimSuffix(shp, path.Ext(shp))
	return func(ext string) ([]byte, error) {
		for _, n := range a.order {
			if strings.EqualFold(n, base+ext) {
				return a.read(n)
			}
		}
		return nil, nil
	}
}

// read unpacks a member, up to the limit whatever its header claims.
func (a *archive) read(name string) ([]byte, error) {
	f, err := a.members[name].Open()
	if err != nil {
		return nil, a.corrupt("zip", name, err)
	}
	defer f.Close()
	b, err := a.drain(a.reader.name, f)
	if err != nil && a.ctx.Err() == nil {
		return nil, a.corrupt("zip", name, err)
	}
	return b, err
}
