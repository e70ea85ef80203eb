package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"lifecircle/data/vector/charset"
)

// maxUnzipped bounds what the parts that are read may unpack to, together.
const maxUnzipped = 2 << 30

// Book is an open workbook. It keeps the parts that it has unpacked.
type Book struct {
	Sheets []*Sheet // in the order of their tabs, charts left out

	parts     map[string]*zip.File
	left      int64 // bytes that may still be unpacked
	strings   []string
	looks     []look
	epoch1904 bool
}

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool

	book *Book
	path string
	xml  []byte // nil: not unpacked yet
}

// ErrNotWorkbook says that an archive is not an XLSX workbook at all.
var ErrNotWorkbook = errors.New("not an XLSX workbook")

// Open reads the parts of a workbook that all sheets share.
func Open(data []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	b := &Book{parts: map[string]*zip.File{}, left: maxUnzipped}
	for _, f := range z.File {
		b.parts[partKey(f.Name)] = f
	}
	main := b.target("_rels/.rels", "/officeDocument", "")
	if main == "" {
		main = "xl/workbook.xml"
	}
	if b.parts[partKey(main)] == nil {
		return nil, ErrNotWorkbook
	}
	return b, b.readMain(main)
}

// partKey makes names comparable: some writers use backslashes or other case.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

type mainPart struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string     `xml:"name,attr"`
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"` // r:id, in the namespace of either form
	} `xml:"sheets>sheet"`
}

func (b *Book) readMain(main string) error {
	text, err := b.unpack(main)
	if err != nil {
		return err
	}
	var book mainPart
	if err := xml.Unmarshal(text, &book); err != nil {
		return fmt.Errorf("%s: %w", main, err)
	}
	b.epoch1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	rels := relsOf(main)
	if err := b.readTables(rels); err != nil {
		return err
	}
	for _, s := range book.Sheets {
		id := ""
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				id = a.Value
			}
		}
		p := b.target(rels, "/worksheet", id)
		if p == "" {
			continue // a sheet that is a chart or a macro
		}
		if b.parts[partKey(p)] == nil {
			return fmt.Errorf("%s: there is no %s", s.Name, p)
		}
		b.Sheets = append(b.Sheets, &Sheet{Name: s.Name, Hidden: strings.HasSuffix(strings.ToLower(s.State), "hidden"), book: b, path: p})
	}
	return nil
}

// readTables reads the shared strings and the styles.
func (b *Book) readTables(rels string) error {
	for _, t := range []struct {
		kind string
		read func([]byte) error
	}{
		{"/sharedStrings", func(text []byte) (err error) { b.strings, err = sharedStrings(text); return err }},
		{"/styles", func(text []byte) (err error) { b.looks, err = looks(text); return err }},
	} {
		p := b.target(rels, t.kind, "")
		if b.parts[partKey(p)] == nil {
			continue
		}
		text, err := b.unpack(p)
		if err == nil {
			err = t.read(text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	return nil
}

func relsOf(part string) string {
	dir, name := path.Split(part)
	return dir + "_rels/" + name + ".rels"
}

// target finds the part that a list of relations names, by the end of its type
// and by its id ("" any); "" when there is none.
func (b *Book) target(rels, kind, id string) string {
	text, err := b.unpack(rels)
	if err != nil {
		return ""
	}
	var list struct {
		Items []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(text, &list) != nil {
		return ""
	}
	for _, r := range list.Items {
		if !strings.HasSuffix(r.Type, kind) || id != "" && r.ID != id {
			continue
		}
		to := strings.ReplaceAll(r.Target, `\`, "/")
		if strings.HasPrefix(to, "/") {
			return strings.TrimPrefix(to, "/")
		}
		return path.Join(path.Dir(path.Dir(rels)), to)
	}
	return ""
}

// unpack reads a part as UTF-8. The archive's own checksum finds damage.
func (b *Book) unpack(name string) ([]byte, error) {
	f := b.parts[partKey(name)]
	if f == nil {
		return nil, fmt.Errorf("there is no %s", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out bytes.Buffer
	if size := int64(f.UncompressedSize64); size > 0 && size <= b.left && size <= 1032*int64(f.CompressedSize64)+64 {
		out.Grow(int(size) + bytes.MinRead) // deflate packs at most 1,032 to 1: a true size
	}
	n, err := io.Copy(&out, io.LimitReader(in, b.left+1))
	if err == nil && n > b.left {
		err = fmt.Errorf("unpacks to more than %d bytes", int64(maxUnzipped))
	}
	b.left -= n
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return utf8Of(name, out.Bytes())
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9_.-]+)["']`)

// utf8Of turns a part into UTF-8 without a byte order mark.
func utf8Of(name string, text []byte) ([]byte, error) {
	if rest, ok := bytes.CutPrefix(text, []byte("\xEF\xBB\xBF")); ok {
		text = rest
	}
	encoding := ""
	switch m := declared.FindSubmatch(text[:min(len(text), 200)]); {
	case bytes.HasPrefix(text, []byte("\xFF\xFE")):
		encoding = "utf-16le"
	case bytes.HasPrefix(text, []byte("\xFE\xFF")):
		encoding = "utf-16be"
	case m != nil:
		encoding = string(m[1])
	}
	if encoding == "" || strings.EqualFold(encoding, "utf-8") {
		return text, nil
	}
	c, ok := charset.Named(encoding)
	if !ok {
		return nil, fmt.Errorf("%s: unknown encoding %q", name, encoding)
	}
	out, _ := c.Decode(text)
	out = strings.TrimPrefix(out, "\uFEFF")
	// The decoded text is UTF-8 whatever it declares.
	return declared.ReplaceAll([]byte(out), []byte(`<?xml version="1.0"`)), nil
}

func (s *Sheet) part() ([]byte, error) {
	if s.xml == nil {
		text, err := s.book.unpack(s.path)
		if err != nil {
			return nil, err
		}
		s.xml = text
	}
	return s.xml, nil
}

func (b *Book) sharedString(index []byte) (string, error) {
	index = bytes.TrimSpace(index)
	if len(index) == 0 {
		return "", nil
	}
	i, err := strconv.Atoi(string(index))
	if err != nil || i < 0 || i >= len(b.strings) {
		return "", fmt.Errorf("there is no shared string %q", index)
	}
	return b.strings[i], nil
}

func (b *Book) lookOf(style []byte) look {
	if len(style) == 0 {
		return asNumber
	}
	i, err := strconv.Atoi(string(style))
	if err != nil || i < 0 || i >= len(b.looks) {
		return asNumber
	}
	return b.looks[i]
}
