package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"

// made are the parts of a workbook of one sheet; more replaces or adds.
func made(sheet string, more map[string]string) map[string]string {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := map[string]string{
		"_rels/.rels":     head + `<Relationships><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": head + `<workbook ` + ns + `><workbookPr/><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships><Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="` + rel + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": head + `<worksheet ` + ns + `>` + sheet + `</worksheet>`,
	}
	maps.Copy(parts, more)
	return parts
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rowsOf(s *Sheet) (rows []string, err error) {
	err = s.Rows(context.Background(), func(r Row) error {
		rows = append(rows, fmt.Sprintf("%d:%s", r.Number, strings.Join(r.Cells, "|")))
		return nil
	})
	return rows, err
}

// What other programs write: each case is a sheet and the rows that it holds.
func TestOtherWriters(t *testing.T) {
	shared := head + `<sst><si><t>甲</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">中心 </t></r><r><t>卫生院</t></r><rPh sb="0" eb="2"><t>フリガナ</t></rPh></si><si><t>a_x000D_b &lt;&amp;&#x4E59;&#20057;&gt;</t></si><si/></sst>`
	for name, c := range map[string]struct {
		sheet string
		want  []string
	}{
		"java doubles":  {`<sheetData><row r="2"><c r="A2"><v>3.30921001E8</v></c><c r="B2"><v>12.0</v></c><c r="C2"><v>7.0000000000000007E-2</v></c><c r="D2"><v>122.20113200000000</v></c></row></sheetData>`, []string{"2:330921001|12|0.07|122.201132"}},
		"no references": {`<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c t="str"><v>x</v></c></row></sheetData>`, []string{"1:1|2", "2:x"}},
		"gaps":          {`<sheetData><row r="3"><c r="C3"><v>1</v></c></row><row r="1000"><c r="aa1000"><v>2</v></c></row></sheetData>`, []string{"3:||1", "1000:" + strings.Repeat("|", 26) + "2"}},
		"shared":        {`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 1 </v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"/></row></sheetData>`, []string{"1:甲|中心 卫生院|a\rb <&乙乙>||"}},
		"inline":        {`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>一</t></r><r><t><![CDATA[<二>&amp;]]></t></r></is></c></row></sheetData>`, []string{"1:一<二>&amp;"}},
		"kinds":         {`<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#DIV/0!</v></c><c r="C1" t="d"><v>2026-03-05</v></c><c r="D1" t="str"><f>A1&amp;"x"</f><v>和</v></c><c r="E1"><f t="shared" si="0"/><v>7</v></c></row></sheetData>`, []string{"1:TRUE|#DIV/0!|2026-03-05|和|7"}},
		"prefixes":      {`<x:sheetData xmlns:x="y"><x:row r='1'><x:c r = "B1"><x:v>1</x:v><x:extLst><v>9</v></x:extLst></x:c></x:row></x:sheetData>`, []string{"1:|1"}},
		"comments":      {`<!-- <sheetData> --><sheetData><?pi?><row r="1"><!-- a > b --><c r="A1"><v>1<!-- 2 -->3</v></c></row></sheetData>`, []string{"1:13"}},
		"tricky quotes": {`<sheetData><row r="1" x:d="a>b" spans='1:"2'><c r="A1"><v>1</v></c></row></sheetData>`, []string{"1:1"}},
		"empty":         {`<sheetData/>`, nil},
		"dates":         {`<sheetData><row r="1"><c r="A1" s="1"><v>46086</v></c><c r="B1" s="2"><v>7</v></c><c r="C1" s="9"><v>7</v></c></row></sheetData>`, []string{"1:2026-03-05|0007|7"}},
		"late data":     {`<dimension ref="A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><row r="9"/><mergeCells count="1"><mergeCell ref="A1:B3"/></mergeCells>`, []string{"1:1"}},
	} {
		styles := `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>`
		b := mustOpen(t, zipped(t, made(c.sheet, map[string]string{"xl/sharedStrings.xml": shared, "xl/styles.xml": styles})))
		got, err := rowsOf(b.Sheets[0])
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q %v, want %q", name, got, err, c.want)
		}
		if m, err := b.Sheets[0].Merges(); err != nil || (len(m) == 1) != (name == "late data") || len(m) == 1 && m[0] != (Merged{1, 3, 0, 1}) {
			t.Errorf("%s: merged %v %v", name, m, err)
		}
	}
}

const oneCell = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row></sheetData>`

// Parts in other encodings, under other names, and sheets that are none.
func TestOtherContainers(t *testing.T) {
	sixteen, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(made(oneCell, nil)["xl/worksheets/sheet1.xml"], "UTF-8", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	windows := map[string]string{}
	for name, text := range made(oneCell, nil) {
		windows[strings.ReplaceAll(name, "/", `\`)] = strings.ReplaceAll(text, "worksheets/sheet1.xml", `worksheets\Sheet1.xml`)
	}
	strict := made(oneCell, nil)
	for name, text := range strict {
		strict[name] = strings.NewReplacer("schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument", "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml").Replace(text)
	}
	for name, parts := range map[string]map[string]string{
		"utf-16": made(oneCell, map[string]string{"xl/worksheets/sheet1.xml": sixteen}), "byte order mark": made(oneCell, map[string]string{"xl/worksheets/sheet1.xml": "\xEF\xBB\xBF" + made(oneCell, nil)["xl/worksheets/sheet1.xml"]}),
		"backslashes": windows, "strict": strict,
	} {
		got, err := rowsOf(mustOpen(t, zipped(t, parts)).Sheets[0])
		if err != nil || !reflect.DeepEqual(got, []string{"1:名称"}) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	parts := made(oneCell, nil)
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "<sheets>", `<sheets><sheet name="图" sheetId="3" r:id="rId9"/><sheet name="密" sheetId="2" state="veryHidden" r:id="rId1"/>`, 1)
	parts["xl/_rels/workbook.xml.rels"] = strings.Replace(parts["xl/_rels/workbook.xml.rels"], "</Relationships>", `<Relationship Id="rId9" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`, 1)
	b := mustOpen(t, zipped(t, parts))
	if len(b.Sheets) != 2 || !b.Sheets[0].Hidden || b.Sheets[1].Hidden || b.Sheets[1].Name != "一" {
		t.Errorf("%+v", b.Sheets)
	}
	if _, err := Open(zipped(t, map[string]string{"content.xml": "<x/>"})); !errors.Is(err, ErrNotWorkbook) {
		t.Error(err)
	}
}

// What is damaged is an error, never fewer rows.
func TestDamage(t *testing.T) {
	for name, sheet := range map[string]string{
		"unclosed":      `<sheetData><row r="1"><c r="A1"><v>1</v></c>`,
		"wrong end":     `<sheetData><row r="1"><c r="A1"><v>1</c></v></row></sheetData>`,
		"no data":       `<dimension/>`,
		"string":        `<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>`,
		"backwards":     `<sheetData><row r="2"/><row r="1"/></sheetData>`,
		"no such cell":  `<sheetData><row r="1"><c r="1A"/></row></sheetData>`,
		"beyond":        `<sheetData><row r="1"><c r="XFE1"/></row></sheetData>`,
		"beyond below":  `<sheetData><row r="1048577"/></sheetData>`,
		"document type": `<!DOCTYPE x [<!ENTITY a "b">]><sheetData/>`,
	} {
		if rows, err := rowsOf(mustOpen(t, zipped(t, made(sheet, nil))).Sheets[0]); err == nil {
			t.Errorf("%s: %q", name, rows)
		}
	}
	for part, text := range map[string]string{"xl/workbook.xml": "<workbook", "xl/sharedStrings.xml": "<sst><si>", "xl/styles.xml": "<a></b>"} {
		if _, err := Open(zipped(t, made(oneCell, map[string]string{part: text}))); err == nil {
			t.Errorf("%s: no error", part)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rows := strings.Repeat("<row/>", 5000)
	if err := mustOpen(t, zipped(t, made("<sheetData>"+rows+"</sheetData>", nil))).Sheets[0].Rows(ctx, func(Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// However the text comes in, the tokens are the same, and as encoding/xml has
// them.
func TestWindows(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		`<a b="1>2" c='"'>`, "</a>", "<a/>", "<x:a\n k = 'v' />", "text & more", "&lt;", "\r\n", "<![CDATA[<a>]]]>", "<!-- <a> -- -->", "<?pi ?>?>", "甲",
	})
	rapid.Check(t, func(t *rapid.T) {
		doc := "<a>" + strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "") + "</a>"
		want, wantErr := tokens(&scanner{b: []byte(doc)})
		step := rapid.IntRange(1, 9).Draw(t, "step")
		got, err := tokens(&scanner{in: strings.NewReader(doc), step: step})
		if (err == nil) != (wantErr == nil) || err == nil && got != want {
			t.Fatalf("%s\nin steps of %d %s %v\nat once        %s %v", doc, step, got, err, want, wantErr)
		}
		if judge, judgeErr := standard(doc); wantErr == nil && judgeErr == nil && want != judge {
			t.Fatalf("%s\ngot  %s\nwant %s", doc, want, judge)
		}
	})
}

// tokens writes what a scanner gives, texts that stand together as one.
func tokens(s *scanner) (string, error) {
	var out strings.Builder
	var run []byte
	for {
		tok, err := s.next()
		if err != nil {
			return "", err
		}
		if tok == text {
			run = appendDecoded(run, s.text, s.plain)
			continue
		}
		if len(run) > 0 {
			fmt.Fprintf(&out, "%q ", run)
			run = run[:0]
		}
		switch tok {
		case start:
			fmt.Fprintf(&out, "<%s %q> ", s.name, s.attrText("b"))
		case end:
			fmt.Fprintf(&out, "</%s> ", s.name)
		default:
			return out.String(), nil
		}
	}
}

func standard(doc string) (string, error) {
	var out strings.Builder
	run := ""
	for d := xml.NewDecoder(strings.NewReader(doc)); ; {
		tok, err := d.Token()
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		if c, ok := tok.(xml.CharData); ok {
			run += string(c)
			continue
		}
		if _, isStart := tok.(xml.StartElement); run != "" && (isStart || reflect.TypeOf(tok) == reflect.TypeOf(xml.EndElement{})) {
			fmt.Fprintf(&out, "%q ", run)
			run = ""
		}
		switch e := tok.(type) {
		case xml.StartElement:
			b := ""
			for _, a := range e.Attr {
				if a.Name.Local == "b" {
					b = a.Value
				}
			}
			fmt.Fprintf(&out, "<%s %q> ", e.Name.Local, b)
		case xml.EndElement:
			fmt.Fprintf(&out, "</%s> ", e.Name.Local)
		}
	}
}

// The list of merged cells is found behind rows of any length, read in any
// pieces.
func TestMergesBehindManyRows(t *testing.T) {
	row := `<row><c t="str"><v>sheetData/&gt;</v></c></row>`
	for _, n := range []int{0, 1, 1365, 5000} {
		sheet := "<sheetData>" + strings.Repeat(row, n) + `</sheetData><mergeCells><mergeCell ref="B2:C4"/></mergeCells>`
		b := mustOpen(t, zipped(t, made(sheet, nil)))
		if m, err := b.Sheets[0].Merges(); err != nil || len(m) != 1 || m[0] != (Merged{2, 4, 1, 2}) {
			t.Errorf("%d rows: %v %v", n, m, err)
		}
		in := iotest.OneByteReader(strings.NewReader(sheet))
		rest, err := behindRows(in)
		left, _ := io.ReadAll(in)
		if err != nil || strings.TrimLeft(string(rest)+string(left), "> ") != `<mergeCells><mergeCell ref="B2:C4"/></mergeCells>` {
			t.Errorf("%d rows: %q %q %v", n, rest, left, err)
		}
	}
	if rest, err := behindRows(strings.NewReader(strings.Repeat("<a/>", 100_000))); rest != nil || err != nil {
		t.Error(rest, err)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(oneCell)
	f.Add("</>")
	f.Add(`<sheetData><row r="2"><c r="AA2" s="1"><v>46086.5</v></c><c/></row><row><c t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(`<sheetData><!-- x --><row a='>' r="1"><c t="str"><v>_x000D_&#20;<![CDATA[]]></v></c></row></sheetData>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		b, err := Open(zipped(t, made("", map[string]string{"xl/worksheets/sheet1.xml": sheet})))
		if err != nil {
			t.Fatal(err)
		}
		b.looks = []look{asDate, asCode + 4, asDateTime}
		s := b.Sheets[0]
		last := 0
		_ = s.Rows(context.Background(), func(r Row) error {
			if r.Number <= last || len(r.Cells) > maxColumns {
				t.Fatalf("row %d of %d cells after %d", r.Number, len(r.Cells), last)
			}
			last = r.Number
			return nil
		})
		_, _ = s.Merges()
		_, _ = sharedStrings(strings.NewReader(sheet))
		_, _ = looks(strings.NewReader(sheet))
	})
}
