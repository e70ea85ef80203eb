package data

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/raster"
	"lifecircle/data/vector"
	"lifecircle/geo/grid"

	"github.com/xuri/excelize/v2"
)

func heapBytes() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// peakOf runs work with a collector that leaves a tenth of garbage, and returns
// the most that it held beyond what was there before, and what its result holds.
func peakOf(work func() any) (peak, result uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	runtime.GC() // what the first one only marked as done with
	before := heapBytes()
	stop, done := make(chan bool), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(500 * time.Microsecond):
				most = max(most, heapBytes())
			}
		}
	}()
	kept := work()
	stop <- true
	most := <-done
	runtime.GC()
	runtime.GC()
	after := heapBytes()
	runtime.KeepAlive(kept)
	return most - before, after - before
}

// Reading takes less than four times the memory of what was read.
func TestMemory(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	save := func(name string, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	spec := grid.Spec{CRS: "EPSG:4326", X0: 122, Y0: 31, DX: 0.001, DY: 0.001, Cols: 2000, Rows: 1500}
	cells := make([]float32, spec.Cells())
	for i := range cells {
		cells[i] = float32(math.Mod(float64(i)*0.37, 90))
	}
	var tif bytes.Buffer
	if err := raster.WriteGeoTIFF(&tif, spec, cells, -9); err != nil {
		t.Fatal(err)
	}
	save("a.tif", tif.Bytes())
	var counties bytes.Buffer
	for i := range 300 {
		head := `{"type":"FeatureCollection","features":[`
		if i > 0 {
			head = ","
		}
		fmt.Fprintf(&counties, `%s{"type":"Feature","properties":{"name":"县%d"},"geometry":{"type":"Polygon","coordinates":[[`, head, i)
		for k := range 1001 {
			a := 2 * math.Pi * float64(k%1000) / 1000
			fmt.Fprintf(&counties, "%s[%.7f,%.7f]", map[bool]string{true: ","}[k > 0], float64(i%30)+0.4*math.Cos(a), float64(i/30)+0.4*math.Sin(a))
		}
		counties.WriteString("]]}}")
	}
	counties.WriteString("]}")
	save("a.geojson", counties.Bytes())
	lists := map[string]string{}
	for _, ext := range []string{"csv", "xlsx"} {
		lists[ext] = faultFolder(t, cleanFacilities(), cleanVillages(), nil)
		manyFacilities(t, lists[ext], ext, 40_000)
	}
	open := func(dir string) func() any {
		return func() any {
			ds, _, err := Open(ctx, dir, Options{}, nil)
			if err != nil {
				t.Error(err)
			}
			return ds
		}
	}
	for name, work := range map[string]func() any{
		"XLSX": open(lists["xlsx"]), "CSV": open(lists["csv"]),
		"GeoTIFF": func() any {
			f, err := os.Open(filepath.Join(dir, "a.tif"))
			if err != nil {
				t.Error(err)
			}
			defer f.Close()
			r, err := raster.Open("a.tif", f, int64(tif.Len()))
			if err != nil {
				t.Error(err)
			}
			band, err := r.ReadBand(ctx, 0, nil)
			if err != nil {
				t.Error(err)
			}
			return band
		},
		"GeoJSON": func() any { return layerOf(t, os.DirFS(dir), "a.geojson") },
	} {
		peak, result := peakOf(work)
		t.Logf("%s: %.1f MB at most for a result of %.1f MB, %.1f times", name, float64(peak)/1e6, float64(result)/1e6, float64(peak)/float64(result))
		if peak >= 4*result {
			t.Errorf("%s: %d bytes for a result of %d", name, peak, result)
		}
	}
}

func layerOf(t *testing.T, fsys fs.FS, name string) *vector.Layer {
	l, err := vector.Read(context.Background(), fsys, name, vector.Options{}, &coverage.Issues{}, nil)
	if err != nil {
		t.Error(err)
	}
	return l
}

// manyFacilities writes a list of n in place of the one of the folder.
func manyFacilities(t *testing.T, dir, ext string, n int) {
	rows := [][]any{{"编号", "名称", "类别", "经度", "纬度", "床位数", "所属乡镇", "状态", "电话", "地址"}}
	for i := range n {
		x, town := 122+float64(i*7919%n)*0.2/float64(n), "西镇"
		if x >= 122.1 {
			town = "东镇"
		}
		rows = append(rows, []any{fmt.Sprint("L", i), fmt.Sprintf("第%d卫生院", i), "卫生院", x, 30 + float64(i*104729%n)*0.0999/float64(n), i % 300, town, "营业", fmt.Sprintf("0580-%07d", i), fmt.Sprintf("某路%d号", i)})
	}
	if ext == "xlsx" {
		saveBook(t, dir, "list.xlsx", rows, func(*excelize.File) {})
		return
	}
	var text bytes.Buffer
	for _, r := range rows {
		for i, c := range r {
			fmt.Fprintf(&text, "%s%v", map[bool]string{true: ","}[i > 0], c)
		}
		text.WriteByte('\n')
	}
	write(t, dir, "schools.csv", text.String())
	write(t, dir, "project.yaml", strings.Replace(faultProject, "{file: schools.csv, kind: {column: 类别, map: {小学: primary_school}}, name: 名称, capacity: 学位数}", "{file: schools.csv, kind: {column: 类别}}", 1))
}
