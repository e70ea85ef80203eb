package workbook

import (
	"bytes"
	"context"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// cellsOf reads a sheet into a map from the name of a cell to its text.
func cellsOf(t rapid.TB, s *Sheet) map[string]string {
	t.Helper()
	got, last := map[string]string{}, 0
	err := s.Rows(context.Background(), func(r Row) error {
		if r.Number <= last {
			t.Fatalf("row %d after %d", r.Number, last)
		}
		last = r.Number
		for c, v := range r.Cells {
			if v != "" {
				name, _ := excelize.CoordinatesToCellName(c+1, r.Number)
				got[name] = v
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func mustOpen(t rapid.TB, data []byte) *Book {
	t.Helper()
	b, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestAgreesWithExcelize writes workbooks with the library, in its two ways
// (shared strings, strings in their cells), and compares every cell with what
// the library reads back.
func TestAgreesWithExcelize(t *testing.T) {
	value := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) any {
			return rapid.StringOf(rapid.RuneFrom([]rune("ab<>&\"'_x000D\n 卫生院𠮷\u00A0;]"))).Draw(t, "text")
		}),
		rapid.Custom(func(t *rapid.T) any { return rapid.Int64Range(-1e15, 1e15).Draw(t, "whole") }),
		rapid.Custom(func(t *rapid.T) any { return rapid.Float64Range(-1e9, 1e9).Draw(t, "number") }),
		rapid.Custom(func(t *rapid.T) any { return rapid.Bool().Draw(t, "truth") }),
		rapid.Just(any("")), rapid.Just[any](nil),
	)
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		rows := rapid.SliceOfN(rapid.SliceOfN(value, 0, 5), 1, 6).Draw(t, "rows")
		stream := rapid.Bool().Draw(t, "stream")
		gap := rapid.IntRange(1, 3).Draw(t, "gap")
		if err := fill(f, rows, stream, gap); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		got := cellsOf(t, mustOpen(t, out.Bytes()).Sheets[0])
		back, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		table, err := back.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, cells := range table {
			for c, v := range cells {
				name, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if kind, _ := back.GetCellType("Sheet1", name); kind == excelize.CellTypeBool {
					v = map[string]string{"1": "TRUE", "0": "FALSE"}[v]
				}
				if v != "" {
					want[name] = v
				}
			}
		}
		for name := range merge(got, want) {
			if !alike(got[name], want[name]) {
				t.Fatalf("%s: %q, the library reads %q", name, got[name], want[name])
			}
		}
	})
}

func fill(f *excelize.File, rows [][]any, stream bool, gap int) error {
	if !stream {
		for i, row := range rows {
			name, _ := excelize.CoordinatesToCellName(1+i%2, 1+gap*i)
			if err := f.SetSheetRow("Sheet1", name, &row); err != nil {
				return err
			}
		}
		return nil
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, row := range rows {
		name, _ := excelize.CoordinatesToCellName(1, 1+gap*i)
		if err := w.SetRow(name, row); err != nil {
			return err
		}
	}
	return w.Flush()
}

func merge(a, b map[string]string) map[string]bool {
	all := map[string]bool{}
	for k := range a {
		all[k] = true
	}
	for k := range b {
		all[k] = true
	}
	return all
}

// alike takes two ways to write one number as the same.
func alike(got, want string) bool {
	if got == want {
		return true
	}
	a, errA := strconv.ParseFloat(got, 64)
	b, errB := strconv.ParseFloat(want, 64)
	return errA == nil && errB == nil && a == b && (math.Abs(a) < 1e-9 || !strings.ContainsAny(got, "eE"))
}

// Dates, times and codes read as the library shows them.
func TestLooks(t *testing.T) {
	for _, c := range []struct {
		value  any
		format string // "": the library's own for the value
		want   string
	}{
		{time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC), "yyyy-mm-dd", "2026-03-05"},
		{time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC), `yyyy"年"m"月"d"日";@`, "2026-03-05"},
		{time.Date(2026, 3, 5, 8, 30, 0, 0, time.UTC), "yyyy/m/d h:mm", "2026-03-05 08:30"},
		{time.Date(2026, 3, 5, 8, 30, 7, 0, time.UTC), "m/d h:mm:ss", "2026-03-05 08:30:07"},
		{46086, `[$-804]m"月"d"日"`, "2026-03-05"},
		{0.354166666666667, "h:mm AM/PM", "08:30"},
		{0.354166666666667, "hh:mm", "08:30"},
		{1.25, "[h]:mm", "1.25"}, // 30 hours
		{7, "000", "007"},
		{330921, "0", "330921"},
		{0.05, "0.00%", "0.05"},
		{1234.5, `#,##0.00"日"`, "1234.5"},
		{1234.5, `"d"0.0`, "1234.5"},
		{1234, `_ * #,##0_ ;[Red]-#,##0`, "1234"},
		{60, "yyyy-mm-dd", "60"},
		{-1, "yyyy-mm-dd", "-1"},
		{59, "yyyy-mm-dd", "1900-02-28"},
		{61, "yyyy-mm-dd", "1900-03-01"},
	} {
		f := excelize.NewFile()
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
		if err != nil {
			t.Fatal(err)
		}
		_ = f.SetCellValue("Sheet1", "B2", c.value)
		_ = f.SetCellStyle("Sheet1", "B2", "B2", style)
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		if got := cellsOf(t, mustOpen(t, out.Bytes()).Sheets[0])["B2"]; got != c.want {
			shown, _ := f.GetCellValue("Sheet1", "B2")
			t.Errorf("%v as %s: %q, want %q (the library shows %q)", c.value, c.format, got, c.want, shown)
		}
	}
	for id, want := range map[int]look{0: asNumber, 1: asNumber, 9: asNumber, 14: asDate, 20: asTime, 22: asDateTime, 31: asDate, 45: asTime, 49: asNumber, 57: asDate} {
		if got := builtin(id); got != want {
			t.Errorf("built-in format %d: %d, want %d", id, got, want)
		}
	}
}
