package workbook

import (
	"archive/zip"
	"bufio"
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

// maxUnzipped bounds what the parts may unpack to, together.
const maxUnzipped = 2 << 30

// Book is an open workbook. Sheets are unpacked anew each time that they are read,
// so that no more than a window of them is in memory.
type Book struct {
	Sheets []*Sheet // in the order of their tabs, charts left out

	parts     map[string]*zip.File
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
}

// ErrNotWorkbook says that an archive is not an XLSX workbook at all.
var ErrNotWorkbook = errors.New("not an XLSX workbook")

// Open reads the parts of a workbook that all sheets share.
func Open(data []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	b := &Book{parts: map[string]*zip.File{}}
	var total uint64
	for _, f := range z.File {
		if f.UncompressedSize64 > 1032*f.CompressedSize64+64 { // deflate packs at most so much
			return nil, fmt.Errorf("%s: impossible size", f.Name)
		}
		total += f.UncompressedSize64
		b.parts[partKey(f.Name)] = f
	}
	if total > maxUnzipped {
		return nil, fmt.Errorf("unpacks to %d bytes, more than %d", total, uint64(maxUnzipped))
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
		read func(io.Reader) error
	}{
		{"/sharedStrings", func(in io.Reader) (err error) { b.strings, err = sharedStrings(in); return err }},
		{"/styles", func(in io.Reader) (err error) { b.looks, err = looks(in); return err }},
	} {
		p := b.target(rels, t.kind, "")
		if b.parts[partKey(p)] == nil {
			continue
		}
		in, err := b.open(p)
		if err != nil {
			return err
		}
		err = t.read(in)
		in.Close()
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

// unpack reads a small part whole, as UTF-8.
func (b *Book) unpack(name string) ([]byte, error) {
	in, err := b.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	// The decoded text is UTF-8 whatever it declares.
	return declared.ReplaceAll(text, []byte(`<?xml version="1.0"`)), nil
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9_.-]+)["']`)

// part is a part of the archive on its way, as UTF-8. The archive's checksum
// finds damage, at its end.
type part struct {
	io.Reader
	io.Closer
}

func (b *Book) open(name string) (io.ReadCloser, error) {
	f := b.parts[partKey(name)]
	if f == nil {
		return nil, fmt.Errorf("there is no %s", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	// A byte more than stated, so that the end is reached.
	text := bufio.NewReaderSize(io.LimitReader(in, int64(f.UncompressedSize64)+1), windowBytes)
	head, _ := text.Peek(200) // an error comes again when it is read
	encoding := encodingOf(head)
	if encoding == "" {
		return part{text, in}, nil
	}
	c, ok := charset.Named(encoding)
	if !ok {
		in.Close()
		return nil, fmt.Errorf("%s: unknown encoding %q", name, encoding)
	}
	return part{c.Reader(text), in}, nil
}

// encodingOf is what the head of a part says, "" for UTF-8.
func encodingOf(head []byte) string {
	switch m := declared.FindSubmatch(head); {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "utf-16be"
	case m != nil && !strings.EqualFold(string(m[1]), "utf-8"):
		return string(m[1])
	}
	return ""
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
