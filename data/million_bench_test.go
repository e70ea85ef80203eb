package data

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkCheckMillion opens a project with a list of a million facilities that
// have names and state their zones, every third one that of its neighbour: 400
// zones with borders of 200 positions.
func BenchmarkCheckMillion(b *testing.B) {
	const side, rows = 20, 1_000_000
	dir := b.TempDir()
	write(b, dir, "zones.geojson", squareZones(side, 50))
	write(b, dir, "people.asc", faultGrid())
	write(b, dir, "project.yaml", "zones: [{file: zones.geojson, id: code, name: name, level: town}]\npopulation: [{file: people.asc}]\nfacilities: [{file: list.csv, kind: clinic, zone: town}]\n")
	f, err := os.Create(filepath.Join(dir, "list.csv"))
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "name,x,y,town")
	for i := range rows {
		x, y := float64(i*7919%1_000_003)/1_000_003*side, float64(i*104729%1_000_033)/1_000_033*side
		fmt.Fprintf(w, "第%d诊所,%.6f,%.6f,浙江省某市%d号镇\n", i, 122+x*0.01, 30+y*0.01, int(y)*side+(int(x)+max(0, i%3-1))%side)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ds, iss, err := Open(context.Background(), dir, Options{}, nil)
		if err != nil || len(ds.Facilities) != rows {
			b.Fatal(err, brief(iss))
		}
	}
}

// squareZones are side x side squares of a hundredth of a degree, with n positions
// on every side.
func squareZones(side, n int) string {
	var text strings.Builder
	text.WriteString(`{"type":"FeatureCollection","features":[`)
	for k := range side * side {
		x0, y0 := 122+float64(k%side)*0.01, 30+float64(k/side)*0.01
		if k > 0 {
			text.WriteString(",")
		}
		fmt.Fprintf(&text, `{"type":"Feature","properties":{"code":"z%d","name":"%d号镇"},"geometry":{"type":"Polygon","coordinates":[[`, k, k)
		for i := range 4 * n {
			t := float64(i%n) * 0.01 / float64(n)
			p := [4][2]float64{{x0 + t, y0}, {x0 + 0.01, y0 + t}, {x0 + 0.01 - t, y0 + 0.01}, {x0, y0 + 0.01 - t}}[i/n]
			fmt.Fprintf(&text, "[%.6f,%.6f],", p[0], p[1])
		}
		fmt.Fprintf(&text, "[%.6f,%.6f]]]}}", x0, y0)
	}
	return text.String() + "]}"
}
