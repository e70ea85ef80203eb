package data

import (
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// BenchmarkOpenList opens a project with a workbook of 100,000 facilities, with
// every check.
func BenchmarkOpenList(b *testing.B) {
	dir := faultFolder(b, cleanFacilities(), cleanVillages(), nil)
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	_ = w.SetRow("A1", []any{"编号", "名称", "类别", "经度", "纬度", "床位数", "所属乡镇", "状态", "电话", "地址"})
	for i := range 100_000 {
		x := 122 + float64(i*7919%100_000)/500_000
		town := "西镇"
		if x >= 122.1 {
			town = "东镇"
		}
		_ = w.SetRow(fmt.Sprintf("A%d", i+2), []any{
			fmt.Sprint("F", i), fmt.Sprintf("第%d卫生院", i), "卫生院", x, 30 + float64(i*104729%100_000)/1_000_001, i % 300, town, "营业", "0580-1234567", "某路1号",
		})
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(dir + "/list.xlsx"); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ds, iss, err := Open(context.Background(), dir, Options{}, nil)
		if err != nil || len(ds.Facilities) != 100_002 {
			b.Fatal(err, brief(iss))
		}
	}
}
