package marked_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/data/marked"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/xuri/excelize/v2"
)

const project = `
max_bad_share: 0.9
zones: [{file: z.geojson, id: code, name: name, level: town}]
population: [{points: {file: people.csv, groups: {all: 人口}}}]
facilities: [{file: list.xlsx, kind: {column: 类别}}]
`

func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"project.yaml": project,
		"z.geojson":    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"01","name":"西镇"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.1,30],[122.1,30.1],[122,30.1],[122,30]]]}}]}`,
		"people.csv":   "某县人口\n编号,经度,纬度,人口\n007,122.05,30.05,100\n008,122.06,30.05,一百\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := excelize.NewFile()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range [][]any{{"设施表"}, {"名称", "类别", "经度", "纬度", "床位数"}, {"甲", "卫生院", 122.05, 30.05, "多"}, {"乙", "卫生院", 122.5, 30.06, 5}, {"丙", "", 30.05, 122.05, 5}} {
		if err := f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "E3", "E3", bold); err != nil {
		t.Fatal(err)
	}
	if err := f.AddComment("Sheet1", excelize.Comment{Cell: "E3", Paragraph: []excelize.RichTextRun{{Text: "问过了"}}}); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(filepath.Join(dir, "list.xlsx")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCopies(t *testing.T) {
	dir, out := folder(t), filepath.Join(t.TempDir(), "new")
	before, _ := os.ReadFile(filepath.Join(dir, "list.xlsx"))
	_, iss, err := data.Open(context.Background(), dir, data.Options{KeepAllIssues: true}, nil)
	if err != nil && coverage.CodeOf(err) != coverage.Unusable {
		t.Fatal(err)
	}
	files, err := marked.Copies(context.Background(), dir, iss, out, "zh")
	if err != nil || len(files) != 2 || filepath.Base(files[0]) != "list.marked.xlsx" || filepath.Base(files[1]) != "people.marked.xlsx" {
		t.Fatal(files, err)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "list.xlsx")); !bytes.Equal(before, after) {
		t.Error("the original was changed")
	}
	want := map[string][3]string{ // cell -> fill and what its note says
		"E3": {"FFEB9C", "问过了", "不是数字"},
		"C4": {"FFEB9C", "不在任何行政单元内", ""},
		"D4": {"FFEB9C", "不在任何行政单元内", ""},
		"C5": {"FF9C9C", "颠倒", ""},
		"D5": {"FF9C9C", "颠倒", ""},
		"B5": {"FF9C9C", "没有类别", ""},
	}
	checkCells(t, files[0], want)
	checkCells(t, files[1], map[string][3]string{"D4": {"FF9C9C", "不是数字", ""}})
	f, _ := excelize.OpenFile(files[1])
	defer f.Close()
	if v, _ := f.GetCellValue("Sheet1", "A3"); v != "007" {
		t.Errorf("%q", v)
	}
	g, _ := excelize.OpenFile(files[0])
	defer g.Close()
	id, _ := g.GetCellStyle("Sheet1", "E3")
	if s, _ := g.GetStyle(id); s == nil || s.Font == nil || !s.Font.Bold {
		t.Error("the cell lost its font")
	}
}

func checkCells(t *testing.T, name string, want map[string][3]string) {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := f.GetComments("Sheet1")
	if err != nil || len(list) != len(want) {
		t.Errorf("%d notes, want %d: %v", len(list), len(want), err)
	}
	for _, c := range list {
		text := c.Text
		for _, p := range c.Paragraph {
			text += p.Text
		}
		w := want[c.Cell]
		if !strings.Contains(text, w[1]) || !strings.Contains(text, w[2]) {
			t.Errorf("%s: %q", c.Cell, text)
		}
		id, _ := f.GetCellStyle("Sheet1", c.Cell)
		s, err := f.GetStyle(id)
		if err != nil || len(s.Fill.Color) != 1 || !strings.HasSuffix(s.Fill.Color[0], w[0]) {
			t.Errorf("%s: %+v %v", c.Cell, s, err)
		}
	}
}

func TestPlaces(t *testing.T) {
	dir := folder(t)
	_, iss, _ := data.Open(context.Background(), dir, data.Options{KeepAllIssues: true}, nil)
	var out bytes.Buffer
	n, err := marked.Places(&out, iss)
	if err != nil {
		t.Fatal(err)
	}
	fc, err := geojson.UnmarshalFeatureCollection(out.Bytes())
	if err != nil || len(fc.Features) != n {
		t.Fatal(n, err)
	}
	got := map[string]orb.Point{}
	for _, f := range fc.Features {
		got[f.Properties.MustString("key")] = f.Geometry.(orb.Point)
		if f.Properties.MustString("zh") == f.Properties.MustString("en") {
			t.Error(f.Properties)
		}
	}
	for key, want := range map[string]orb.Point{"facility.capacity_text": {122.05, 30.05}, "place.outside_zones": {122.5, 30.06}, "data.not_a_number": {122.06, 30.05}} {
		if got[key] != want {
			t.Errorf("%s: %v, want %v", key, got[key], want)
		}
	}
	n, err = marked.Places(&out, &coverage.Issues{})
	if n != 0 || err != nil {
		t.Error(n, err)
	}
	var osm coverage.Issues
	osm.Add(coverage.Issue{Ref: coverage.Ref{File: "roads.osm.pbf", Sheet: "n12"}, Key: "place.outside_zones", Args: coverage.Args{"lon": 1.0, "lat": 2.0}})
	out.Reset()
	if n, err = marked.Places(&out, &osm); n != 1 || err != nil || !strings.Contains(out.String(), `"element":"n12"`) || !strings.Contains(out.String(), `"sheet":""`) {
		t.Errorf("%d %v %s", n, err, out.String())
	}
}
