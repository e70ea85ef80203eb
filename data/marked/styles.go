package marked

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

const (
	workbookParts = "xl/_rels/workbook.xml.rels"
	contentTypes  = "[Content_Types].xml"
)

// completeStyles gives a workbook the styles that excelize takes for granted,
// where it has none of its own: programs other than Excel write workbooks
// without xl/styles.xml, and default fonts without a name.
func completeStyles(f *excelize.File) {
	fresh := excelize.NewFile().Styles
	s := f.Styles
	if s == nil {
		s = fresh
		f.Styles = s
	}
	if s.Fonts == nil || len(s.Fonts.Font) == 0 || s.Fonts.Font[0] == nil {
		s.Fonts = fresh.Fonts
	}
	if name := s.Fonts.Font[0].Name; name == nil || name.Val == nil {
		s.Fonts.Font[0].Name = fresh.Fonts.Font[0].Name
	}
	if s.Fills == nil || len(s.Fills.Fill) == 0 {
		s.Fills = fresh.Fills
	}
	if s.Borders == nil || len(s.Borders.Border) == 0 {
		s.Borders = fresh.Borders
	}
	if s.CellXfs == nil || len(s.CellXfs.Xf) == 0 {
		s.CellXfs = fresh.CellXfs
	}
	if _, has := f.Pkg.Load("xl/styles.xml"); !has {
		nameStyles(f)
	}
}

// nameStyles names xl/styles.xml in the workbook, which has none: excelize
// writes it, but other programs open only what is named. What excelize knows of
// the two lists is read anew from the text.
func nameStyles(f *excelize.File) {
	const stylesType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
	if text, ok := f.Pkg.Load(workbookParts); ok && !bytes.Contains(text.([]byte), []byte(stylesType)) {
		f.Pkg.Store(workbookParts, appended(text.([]byte), `<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="rIdStyles" Type="`+stylesType+`" Target="styles.xml"/>`))
		f.Relationships.Delete(workbookParts)
	}
	if text, ok := f.Pkg.Load(contentTypes); ok && !bytes.Contains(text.([]byte), []byte("/xl/styles.xml")) {
		f.Pkg.Store(contentTypes, appended(text.([]byte), `<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`))
		f.ContentTypes = nil
	}
}

// appended is an XML text with one more element at the end of its root.
func appended(text []byte, element string) []byte {
	end := bytes.LastIndex(text, []byte("</"))
	if end < 0 {
		return text
	}
	return bytes.Join([][]byte{text[:end], []byte(element), text[end:]}, nil)
}
