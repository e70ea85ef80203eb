package raster

import (
	"context"
	"math"
	"strings"
	"testing"

	"lifecircle/geo/grid"
)

func openText(text string) (*File, error) { return openBytes([]byte(text)) }

func TestASCIIGrid(t *testing.T) {
	nan := float32(math.NaN())
	for name, text := range map[string]string{
		"corner":  "ncols 3\nnrows 2\nxllcorner 122\nyllcorner 30.5\ndx 0.5\ndy 0.25\nNODATA_value -1\n1 2.5 -1\n0 4 1e3\n",
		"centre":  "NCOLS 3\r\nNROWS 2\r\nXLLCENTER 122.25\r\nYLLCENTER 30.625\r\nDX 0.5\r\nDY 0.25\r\nNODATA_VALUE -1.0\r\n1 2.5 -1.000 0\r\n4 1000",
		"default": "\ufeffyllcorner 30.5\nxllcorner 122\nnrows 2\nncols 3\ndx 0.5\n dy 0.25\n1 2.5 -9999 0 4 1000\n\n",
		"nan":     "ncols 3\nnrows 2\nxllcorner 122\nyllcorner 30.5\ndx 0.5\ndy 0.25\nNODATA_value nan\n1 2.5 nan\n0 4 1e3\n",
	} {
		f, err := openText(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := grid.Spec{X0: 122, Y0: 31, DX: 0.5, DY: 0.25, Cols: 3, Rows: 2}
		if s := f.Header().Spec; s != want {
			t.Errorf("%s: %+v", name, s)
		}
		if d := diff(read(t, f), []float32{1, 2.5, nan, 0, 4, 1000}); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestASCIIGridFaults(t *testing.T) {
	const head = "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\n"
	for text, key := range map[string]string{
		head + "1 2 3":                          "raster.truncated",
		head + "1 2 3 ":                         "raster.truncated",
		head + "1000 2 3":                       "raster.truncated",
		head + "1 2 3 4 5":                      "raster.asc_more",
		head + "1 2 3,5 4":                      "raster.asc_value",
		head + "1 2 x 4":                        "raster.asc_value",
		"ncols 2\nnrows\n":                      "raster.asc_header",
		"ncols 2.5\nnrows 2\n1 2":               "raster.asc_header",
		"ncols 2\nnrows 2\ncellsize 1\n1 2 3 4": "raster.asc_header",
		"ncols 999999999\nnrows 999999999\nxllcorner 0\nyllcorner 0\ncellsize 1\n1": "raster.too_large",
		"ncols 99999\nnrows 999\nxllcorner 0\nyllcorner 0\ncellsize 1\n1":           "raster.truncated",
	} {
		f, err := openText(text)
		if err == nil {
			_, err = f.ReadBand(context.Background(), 0, nil)
		}
		wantKey(t, text, err, key)
	}
	f, _ := openText(head + "1 2 3 x")
	if _, err := f.ReadBand(context.Background(), 0, nil); !strings.Contains(err.Error(), `"x" in row 2, column 2`) {
		t.Error(err)
	}
}
