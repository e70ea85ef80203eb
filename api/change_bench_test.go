package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"lifecircle/coverage"
)

// BenchmarkWhatIf1M drags a pin over a million cells, by straight lines, with and
// without the cells that change.
func BenchmarkWhatIf1M(b *testing.B) {
	dragOver(b, serve(millionCells()), `"kind":["clinic"],"within":"15min"`, 0.83)
}

// BenchmarkWhatIfRoads drags a pin over 200,000 cells and half a million crossings,
// by car.
func BenchmarkWhatIfRoads(b *testing.B) {
	ds := lattice(707)
	d := ds.Demand
	n := 0
	for i := range d.Cell {
		if i%5 < 2 {
			d.Cell[n], d.At[n], d.Pop[0][n] = d.Cell[i], d.At[i], d.Pop[0][i]
			n++
		}
	}
	ds.Demand = &coverage.DemandSet{Grid: d.Grid, Groups: d.Groups, Cell: d.Cell[:n], At: d.At[:n], Pop: [][]float32{d.Pop[0][:n]}, Zone: d.Zone[:n], Landmass: d.Landmass[:n], Setting: d.Setting[:n]}
	dragOver(b, serve(ds), `"kind":["clinic"],"within":"5min","mode":"drive"`, 0.58)
}

// dragOver asks again and again with a facility added, moved and closed.
func dragOver(b *testing.B, h http.Handler, choice string, side float64) {
	at := func(i int) string {
		return fmt.Sprintf("[%v,%v]", 114.02+float64(i*37%97)/100*(side-0.04), 30.98-float64(i*53%89)/92*(side-0.04))
	}
	drag := func(b *testing.B, text string) {
		if w := post(b, h, "/whatif", "{"+choice+","+text+"}", "Accept-Encoding", "gzip"); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
	start := time.Now()
	drag(b, `"add":[{"kind":"clinic","at":`+at(0)+`}]`)
	first := time.Since(start)
	for name, text := range map[string]string{
		"add": `"add":[{"kind":"clinic","at":%s}]`, "add+cells": `"add":[{"kind":"clinic","at":%s}],"cells":true`,
		"move": `"move":[{"id":"7","to":%s}]`, "move+cells": `"move":[{"id":"7","to":%s}],"cells":true`,
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				drag(b, fmt.Sprintf(text, at(i)))
			}
			b.ReportMetric(float64(first.Milliseconds()), "first-ms")
		})
	}
}
