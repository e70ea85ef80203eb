package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

type line struct {
	n     int
	cells string
}

func open(t testing.TB, name string, data []byte, sheet string) *Table {
	t.Helper()
	book, err := Open(name, data)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := book.Table(context.Background(), sheet)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func read(t testing.TB, tab *Table) ([]line, *coverage.Issues) {
	t.Helper()
	var got []line
	iss := &coverage.Issues{}
	err := tab.Each(context.Background(), iss, func(r Row) error {
		got = append(got, line{r.Number, strings.Join(r.Cells, "|")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, iss
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

const clinics = "某县医疗机构一览表,,,\n单位：张,,,\n名称,经度,纬度,床位数\n\n中心卫生院,122.2,30.3,120张\n\"东沙\n卫生院\",122.1,30.2,\"1,200\"\n"

func TestHeaderBelowTitlesAndTrueRowNumbers(t *testing.T) {
	tab := open(t, "a.csv", []byte(clinics), "")
	same(t, tab.Header, 3)
	same(t, tab.Columns, []string{"名称", "经度", "纬度", "床位数"})
	same(t, []int{tab.Find("name"), tab.Find("x"), tab.Find("y"), tab.Find("capacity"), tab.Find("kind")}, []int{0, 1, 2, 3, -1})
	got, iss := read(t, tab)
	same(t, got, []line{{5, "中心卫生院|122.2|30.3|120张"}, {6, "东沙\n卫生院|122.1|30.2|1,200"}})
	same(t, len(iss.List()), 0)
	same(t, iss.RowsRead, int64(2))
}

func TestEncodings(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(clinics + "𠮷村卫生室,122,30,5\n")
	if err != nil {
		t.Fatal(err)
	}
	u16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(clinics, "\n", "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for want, text := range map[string]string{"UTF-8": "\uFEFF" + clinics, "GB18030": gb, "UTF-16": u16} {
		tab := open(t, "a.csv", []byte(text), "")
		got, iss := read(t, tab)
		same(t, tab.Encoding, want)
		same(t, got[0], line{5, "中心卫生院|122.2|30.3|120张"})
		same(t, len(iss.List()), 0)
	}
	tab := open(t, "a.csv", []byte("name,lon,lat\nH\xF4pital \xC9l\xE9vation,43.2,-11.7\n"), "")
	got, _ := read(t, tab)
	same(t, got, []line{{2, "Hôpital Élévation|43.2|-11.7"}})
}

func TestStatedEncoding(t *testing.T) {
	// Two bytes that are a word in GBK and two letters in the Western code.
	data := []byte("name,lon\n\xC4\xE3,1\n")
	for encoding, want := range map[string]string{"gbk": "你", "GB2312": "你", "latin1": "Äã", "utf-8": "\uFFFD"} {
		book, err := OpenAs("a.csv", data, encoding)
		if err != nil {
			t.Fatal(err)
		}
		tab, err := book.Table(context.Background(), "")
		if err != nil {
			t.Fatal(err)
		}
		got, _ := read(t, tab)
		same(t, got[0].cells, want+"|1")
	}
	_, err := OpenAs("a.csv", data, "klingon")
	same(t, coverage.CodeOf(err), coverage.Invalid)
}

func TestUndecodableBytesAreShown(t *testing.T) {
	gb, _ := simplifiedchinese.GBK.NewEncoder().String("名称,经度\n卫生院,122\n医院")
	tab := open(t, "a.csv", []byte(gb+"\xFF\xFF,121\n"), "")
	_, iss := read(t, tab)
	same(t, iss.Count("table.undecodable"), int64(1))
	same(t, iss.List()[0].Ref, coverage.Ref{File: "a.csv", Row: 3})
	same(t, iss.List()[0].Column, "名称")
}

func TestBrokenRowsCostThemselvesOnly(t *testing.T) {
	tab := open(t, "a.csv", []byte("name,lon,lat\na,1,2\n\"b,3,4\nc,5,6\nd, e,7,8\nf,\"9\",10\n"), "")
	got, iss := read(t, tab)
	// The quote before b meets the one before 9: the width gives it away.
	same(t, got, []line{{2, "a|1|2"}, {4, "c|5|6"}, {6, "f|9|10"}})
	same(t, iss.Keys(), []string{"table.extra_cells", "table.quote"})
	tab = open(t, "a.csv", []byte("name,lon,lat\na,1,2\n\"b,3,4\nc,5,6\nd, e,7,8\n"), "")
	got, iss = read(t, tab)
	same(t, got, []line{{2, "a|1|2"}, {4, "c|5|6"}})
	same(t, iss.Keys(), []string{"table.extra_cells", "table.quote"})
	same(t, iss.RowsRead, int64(4))
}

func TestSeparators(t *testing.T) {
	for text, want := range map[string]byte{
		"name;x;y\na;122,2;30,3\nb;122,1;30,1\n": ';', "a\tb\n1,2\t3\n": '\t', "sep=;\na;b\n": ';', "a,b\n1,2\n": ',', "one\n": ',',
	} {
		got, _ := separator(text)
		same(t, got, want)
	}
}

func TestHeaderless(t *testing.T) {
	tab := open(t, "a.csv", []byte("甲,122.1,30.2\n乙,122.2,30.3\n"), "")
	same(t, tab.Header, 0)
	same(t, tab.Columns, []string{"A", "B", "C"})
	tab = open(t, "a.csv", []byte("x县,2010,2020\n乙,122,30\n"), "")
	same(t, tab.Header, 1)
}

// Headers of two rows, with and without merged cells.
func TestTwofoldHeader(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		number  int
		columns string
		x, cap  int
	}{
		"group":         {"一览表,,,,\n名称,坐标,,床位,\n,经度,纬度,编制,实有\n甲,122,30,5,4\n", 3, "名称|经度|纬度|床位编制|床位实有", 1, 3},
		"lower is best": {"序号,机构名称,位置,,\n,,经度,纬度,床位数\n1,甲,122,30,5\n", 2, "序号|机构名称|经度|纬度|床位数", 2, 4},
		"two languages": {"名称,经度,纬度,床位数\nname,lon,lat,beds\n甲,122,30,5\n", 2, "名称|经度|纬度|床位数", 1, 3},
		"spread":        {"名称,经度,纬度,床位,\n名称,经度,纬度,编制,实有\n甲,122,30,5,6\n", 2, "名称|经度|纬度|床位编制|床位实有", 1, 3},
		"title above":   {"某县,卫健委\n名称,经度,纬度,床位数\n甲,122,30,5\n", 2, "名称|经度|纬度|床位数", 1, 3},
		"words below":   {"名称,类别,乡镇,地址\n甲,医院,街道,某路\n乙,医院,东镇,某路\n", 1, "名称|类别|乡镇|地址", -1, -1},
	} {
		tab := open(t, "a.csv", []byte(c.text), "")
		got := []any{tab.Header, strings.Join(tab.Columns, "|"), tab.Find("x"), tab.Find("capacity")}
		if want := []any{c.number, c.columns, c.x, c.cap}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestFormulaText(t *testing.T) {
	rows, _ := read(t, open(t, "a.csv", []byte("code,lon\n=\"007\",1\n\"=\"\"008\"\"\",2\n=\"a\"&\"b\",3\n"), ""))
	same(t, rows, []line{{2, "007|1"}, {3, "008|2"}, {4, `="a"&"b"|3`}})
}

// A comma is the decimal sign only in text with semicolons whose numbers can be
// read in no other way, and it is said.
func TestDecimalComma(t *testing.T) {
	for text, want := range map[string]string{
		"nom;lon;pop\na;43,25;1,234\nb;43,5;7\n":          "a|43.25|1.234",
		"nom;lon;pop\na;43,25;1,234.5\nb;43,5;7\n":        "a|43,25|1,234.5",
		"nom;lon;pop\na;43.25;1,234\nb;43.5;2,345\n":      "a|43.25|1,234",
		"nom;lon;pop\na;-0,250;x 1,5\nb;43.5;1,234,567\n": "a|-0,250|x 1,5",
	} {
		rows, iss := read(t, open(t, "a.csv", []byte(text), ""))
		same(t, rows[0].cells, want)
		same(t, iss.Count("table.decimal_comma") == 1, strings.Contains(want, "43.25|1.234"))
	}
}

func TestWebPageIsNoTable(t *testing.T) {
	for text, want := range map[string]string{"\uFEFF\r\n<HTML><table><tr><td>名称": "table.web_page", "<?xml version=\"1.0\"?>\n<Workbook/>": "table.web_page", "<5,1\n": ""} {
		_, err := Open("a.xls", []byte(text))
		var e *coverage.Error
		if errors.As(err, &e); (e == nil) != (want == "") || e != nil && e.Key != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	_, err := Open("a.xlsx", []byte("PK\x03\x04"))
	same(t, coverage.CodeOf(err), coverage.Unusable)
}

func workbookBytes(t testing.TB) []byte {
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "某县养老机构")
	for cell, v := range map[string]any{
		"A2": "名称", "B2": "位置", "D2": "床位数（张）", "E2": "所属乡镇", "B3": "经度", "C3": "纬度",
		"A4": "甲", "B4": 122.201132, "C4": "30.242865", "D4": 80, "E4": "高亭镇",
		"A5": "乙", "B5": 122.3, "C5": 30.1, "D5": "６０张", "A8": "丙", "B8": 1e-7, "C8": 30,
	} {
		set("Sheet1", cell, v)
	}
	for _, m := range [][2]string{{"A1", "E1"}, {"A2", "A3"}, {"B2", "C2"}, {"D2", "D3"}, {"E2", "E3"}, {"E4", "E5"}} {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	style, _ := f.NewStyle(&excelize.Style{NumFmt: 1}) // shown without decimals
	_ = f.SetCellStyle("Sheet1", "B4", "B4", style)
	for _, s := range []string{"二", "空", "密"} {
		if _, err := f.NewSheet(s); err != nil {
			t.Fatal(err)
		}
	}
	set("二", "A1", "name")
	set("二", "A2", "x")
	set("密", "A1", "hidden")
	_ = f.SetSheetVisible("密", false)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbook(t *testing.T) {
	data := workbookBytes(t)
	tab := open(t, "a.xlsx", data, "")
	same(t, []any{tab.Sheet, tab.Header, tab.Others}, []any{"Sheet1", 3, []string{"二"}})
	same(t, tab.Columns, []string{"名称", "经度", "纬度", "床位数（张）", "所属乡镇"})
	same(t, tab.Find("capacity"), 3)
	got, _ := read(t, tab)
	same(t, got, []line{{4, "甲|122.201132|30.242865|80|高亭镇"}, {5, "乙|122.3|30.1|６０张|高亭镇"}, {8, "丙|0.0000001|30"}})
	_ = tab.Each(context.Background(), &coverage.Issues{}, func(r Row) error {
		same(t, r.IsSpread(4), r.Number == 5)
		return nil
	})
	book, _ := Open("a.xlsx", data)
	_, err := book.Table(context.Background(), "三")
	same(t, coverage.CodeOf(err), coverage.NotFound)
	if !strings.Contains(err.Error(), "Sheet1, 二, 空") {
		t.Error(err)
	}
}

func TestDamagedFiles(t *testing.T) {
	data := workbookBytes(t)
	for i := 4; i < len(data); i += 97 {
		if book, err := Open("a.xlsx", data[:i]); err == nil {
			t.Errorf("%d bytes of %d: %v", i, len(data), book.Sheets())
		}
	}
	for _, bad := range [][]byte{nil, []byte("\n\n"), {0, 1, 2, 3}, []byte("\xD0\xCF\x11\xE0aaaa")} {
		book, err := Open("a", bad)
		if err == nil {
			_, err = book.Table(context.Background(), "")
		}
		if err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestSplitterAgreesWithEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-z0-9 ,"一\n]{0,6}`).Filter(func(s string) bool { return strings.TrimLeft(s, " ") == s })
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 1, 6).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		p := splitter{s: b.String(), sep: ',', eol: '\n'}
		for i, row := range want {
			if !p.next() || !reflect.DeepEqual(p.cells, row) {
				t.Fatalf("row %d: got %q, want %q", i, p.cells, row)
			}
		}
		if p.next() {
			t.Fatal("too many rows")
		}
	})
}

func TestCensusWorkbook(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "china", "census2020", "census_county_2020_v1.xlsx"))
	if err != nil {
		t.Skip("the shared real data are not here")
	}
	tab := open(t, "census.xlsx", data, "")
	t.Logf("sheet %q, header in row %d, others %q, columns %q", tab.Sheet, tab.Header, tab.Others, tab.Columns[:min(12, len(tab.Columns))])
	rows, iss := read(t, tab)
	if len(rows) < 2800 || len(iss.List()) > 0 {
		t.Errorf("%d rows, issues %v", len(rows), iss.List())
	}
	var daishan string
	for _, r := range rows {
		if strings.Contains(r.cells, "330921") {
			daishan = r.cells
		}
	}
	if !strings.Contains(daishan, "207982") {
		t.Errorf("Daishan: %s", daishan)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(clinics))
	f.Add([]byte("sep=;\n\"a;b\n"))
	f.Add([]byte("\xFF\xFEa\x00,\x00\n\x00"))
	f.Add([]byte("a,b\r1,2\r\"3\r"))
	f.Add(workbookBytes(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := Open("f", data)
		if err != nil {
			return
		}
		tab, err := book.Table(context.Background(), "")
		if err != nil {
			return
		}
		last := 0
		_ = tab.Each(context.Background(), &coverage.Issues{}, func(r Row) error {
			if r.Number <= last || r.Number <= tab.Header {
				t.Fatalf("row %d after %d, header %d", r.Number, last, tab.Header)
			}
			last = r.Number
			return nil
		})
	})
}

func BenchmarkCSV1M(b *testing.B) {
	var s strings.Builder
	s.WriteString("编号,名称,经度,纬度,床位数,所属乡镇\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&s, "%d,第%d卫生院,122.%06d,30.%06d,%d,高亭镇\n", i, i, i, i, i%300)
	}
	text := s.String()
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	for name, data := range map[string]string{"UTF-8": text, "GB18030": gb} {
		b.Run(name, func(b *testing.B) { benchRead(b, []byte(data), 1_000_000) })
	}
}

func BenchmarkXLSX100k(b *testing.B) {
	f := excelize.NewFile()
	w, _ := f.NewStreamWriter("Sheet1")
	_ = w.SetRow("A1", []any{"编号", "名称", "经度", "纬度", "床位数", "所属乡镇", "类别", "电话", "地址", "备注"})
	for i := range 100_000 {
		_ = w.SetRow(fmt.Sprintf("A%d", i+2), []any{i, fmt.Sprintf("第%d卫生院", i), 122.1 + float64(i)/1e6, 30.2, i % 300, "高亭镇", "卫生院", "0580-1234567", "某路1号", ""})
	}
	_ = w.Flush()
	var buf bytes.Buffer
	_ = f.Write(&buf)
	benchRead(b, buf.Bytes(), 100_000)
}

func benchRead(b *testing.B, data []byte, want int) {
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		tab := open(b, "a", data, "")
		x, rows, sum := tab.Find("x"), 0, 0.0
		_ = tab.Each(context.Background(), &coverage.Issues{}, func(r Row) error {
			v, _, _ := Coordinate(r.Cell(x))
			sum += v
			rows++
			return nil
		})
		if rows != want || sum < 1 {
			b.Fatal(rows, sum)
		}
	}
}
