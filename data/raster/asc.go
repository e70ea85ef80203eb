package raster

import (
	"bufio"
	"context"
	"io"
	"math"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// OpenASCIIGrid opens an ESRI ASCII grid of size bytes and checks its header.
// The format names no CRS. Without a NODATA_value line -9999 means no data, as
// Esri's description says.
func OpenASCIIGrid(r io.ReaderAt, size int64) (*File, error) {
	return openASCIIGrid(r, size, Limits{})
}

func isASCIIGrid(head []byte) bool {
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n"))
	for _, key := range []string{"ncols", "nrows", "xll", "yll", "cellsize", "dx", "nodata_value"} {
		if rest, ok := strings.CutPrefix(text, key); ok && rest != "" && strings.ContainsAny(rest, " \t") {
			return true
		}
	}
	return false
}

// ascHeaderBytes is more than any header takes.
const ascHeaderBytes = 4096

// ascGrid is an ASCII grid whose values start at byte body.
type ascGrid struct {
	r          io.ReaderAt
	size, body int64
	cols, rows int
	meaning    meaning
}

func openASCIIGrid(r io.ReaderAt, size int64, limits Limits) (*File, error) {
	src := &source{r: r, size: max(size, 0)}
	b, err := src.bytesAt(0, uint64(min(src.size, ascHeaderBytes)))
	if err != nil {
		return nil, err
	}
	keys, body, err := ascHeader(string(b))
	if err != nil {
		return nil, err
	}
	spec, err := ascSpec(keys, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	g := &ascGrid{r: r, size: src.size, body: int64(body), cols: int(spec.Cols), rows: int(spec.Rows)}
	h := Header{
		Format: "ASCII grid", Cols: spec.Cols, Rows: spec.Rows, Bands: 1, Type: Float64, Spec: spec,
		NoData: -9999, HasNoData: true, BandNames: []string{""}, Pages: 1,
	}
	if v, ok := keys["nodata_value"]; ok {
		h.NoData = v
	}
	g.meaning = meaning{typ: Float64, noData: h.NoData, hasNoData: true}
	return &File{head: h, read: g.read}, nil
}

// ascHeader reads the "key number" lines at the start and where they end.
func ascHeader(text string) (map[string]float64, int, error) {
	keys, at := map[string]float64{}, 0
	if strings.HasPrefix(text, "\ufeff") {
		at = len("\ufeff")
	}
	for at < len(text) {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at - 1
		}
		line := strings.TrimSpace(text[at : at+end+1])
		fields := strings.Fields(strings.ToLower(line))
		if len(fields) > 0 && !isKey(fields[0]) {
			break
		}
		if len(fields) > 0 {
			if len(fields) != 2 {
				return nil, 0, ascHeaderFault(line)
			}
			v, err := parseNumber(fields[1])
			if err != nil {
				return nil, 0, ascHeaderFault(line)
			}
			keys[fields[0]] = v
		}
		at += end + 1
	}
	return keys, at, nil
}

// isKey tells a header line from values: "nan" and "inf" are values.
func isKey(word string) bool {
	_, err := parseNumber(word)
	return err != nil && word[0] >= 'a' && word[0] <= 'z'
}

func ascHeaderFault(line string) error {
	if len(line) > 60 {
		line = strings.ToValidUTF8(line[:60], "") + "…"
	}
	return &coverage.Error{Code: coverage.NotFound, Key: "raster.asc_header", Args: coverage.Args{"line": line}}
}

// ascSpec places the grid by the corner or the centre of its lower left cell.
func ascSpec(keys map[string]float64, limits Limits) (grid.Spec, error) {
	cols, rows, dx, dy := keys["ncols"], keys["nrows"], keys["dx"], keys["dy"]
	if v, ok := keys["cellsize"]; ok {
		dx, dy = v, v
	}
	if !(cols >= 1 && rows >= 1 && cols <= math.MaxInt32 && rows <= math.MaxInt32) ||
		cols != math.Trunc(cols) || rows != math.Trunc(rows) || !(dx > 0) || !(dy > 0) {
		return grid.Spec{}, ascHeaderFault("ncols, nrows, cellsize")
	}
	if err := checkSize(uint64(cols), uint64(rows), limits); err != nil {
		return grid.Spec{}, err
	}
	x, okX := corner(keys, "xll", dx)
	y, okY := corner(keys, "yll", dy)
	if !okX || !okY || !finite(x, y, dx*cols, dy*rows) {
		return grid.Spec{}, ascHeaderFault("xllcorner, yllcorner")
	}
	return grid.Spec{X0: x, Y0: y + dy*rows, DX: dx, DY: dy, Cols: int32(cols), Rows: int32(rows)}, nil
}

func corner(keys map[string]float64, prefix string, step float64) (float64, bool) {
	if v, ok := keys[prefix+"corner"]; ok {
		return v, true
	}
	v, ok := keys[prefix+"center"]
	return v - step/2, ok
}

// read parses the values. A value takes two bytes at least, so no memory is
// taken for values that the file cannot have.
func (g *ascGrid) read(ctx context.Context, _ int, p coverage.Progress) ([]float32, error) {
	cells := int64(g.cols) * int64(g.rows)
	if 2*cells-1 > g.size-g.body {
		return nil, truncated()
	}
	words := bufio.NewScanner(io.NewSectionReader(g.r, g.body, g.size-g.body))
	words.Buffer(make([]byte, 1<<16), 1<<16)
	words.Split(bufio.ScanWords)
	out := make([]float32, cells)
	isNoData := g.meaning.isNoData()
	for i := range out {
		if i%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p.Report("progress.read", int64(i), cells)
		}
		if !words.Scan() {
			return nil, endOfWords(words.Err())
		}
		v, err := g.value(i, words.Bytes())
		if err != nil {
			return nil, err
		}
		if isNoData(v) {
			v = math.NaN()
		}
		out[i] = float32(v)
	}
	if words.Scan() {
		return nil, &coverage.Error{
			Code: coverage.NotFound, Key: "raster.asc_more", Args: coverage.Args{"cols": g.cols, "rows": g.rows},
		}
	}
	p.Report("progress.read", cells, cells)
	return out, readFault(words.Err(), "file")
}

func endOfWords(err error) error {
	if err == nil {
		return truncated()
	}
	return readFault(err, "file")
}

func (g *ascGrid) value(i int, word []byte) (float64, error) {
	v, err := strconv.ParseFloat(string(word), 64)
	if err == nil {
		return v, nil
	}
	if v, err = parseNumber(string(word)); err == nil {
		return v, nil
	}
	if len(word) > 40 {
		word = word[:40]
	}
	return 0, &coverage.Error{Code: coverage.NotFound, Key: "raster.asc_value", Args: coverage.Args{
		"row": i/g.cols + 1, "column": i%g.cols + 1, "value": strings.ToValidUTF8(string(word), "?"),
	}}
}
