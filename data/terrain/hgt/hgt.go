// Package hgt reads tiles of heights of the Shuttle Radar Topography Mission:
// squares of one degree named by their south-west corner (N12E043.hgt), plain or
// in a zip archive, of 1,201 or 3,601 samples a side. Neighbours share their
// border samples.
//
// It transforms nothing: heights are metres above EGM96, on WGS 84. The central
// function is [Read]. Format: NASA, SRTM Topography (2003), big-endian int16 rows
// from north to south, -32768 for no data.
package hgt

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// maxSide is the longest side of a tile: one arc second.
const maxSide = 3601

// Void is the sample for no data; such heights are NaN.
const Void = -32768

// Named reports whether a file is called like a tile, or like a tile in a zip
// archive.
func Named(file string) bool {
	base := strings.ToLower(path.Base(file))
	return strings.HasSuffix(base, ".hgt") || strings.HasSuffix(base, ".zip") && corner.MatchString(base)
}

var corner = regexp.MustCompile(`(?i)(?:^|[^a-z])([ns])(\d{1,2})([ew])(\d{1,3})(?:[^\d]|$)`)

// Read reads a tile from the content of a file. The name of the tile in an
// archive, else that of the file, says where it lies. The error is a
// [coverage.Error].
func Read(file string, content []byte) ([]float32, grid.Spec, error) {
	name := file
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		var err error
		if content, name, err = unzip(file, content); err != nil {
			return nil, grid.Spec{}, err
		}
	}
	side := int(math.Round(math.Sqrt(float64(len(content) / 2))))
	if side < 2 || side > maxSide || 2*side*side != len(content) {
		return nil, grid.Spec{}, fault("hgt.size", file, coverage.Args{"bytes": len(content)}, nil)
	}
	lon, lat, ok := place(path.Base(name))
	if !ok {
		return nil, grid.Spec{}, fault("hgt.name", file, nil, nil)
	}
	step := 1 / float64(side-1)
	spec := grid.Spec{CRS: "EPSG:4326", X0: lon - step/2, Y0: lat + 1 + step/2, DX: step, DY: step, Cols: int32(side), Rows: int32(side)}
	heights := make([]float32, side*side)
	for i := range heights {
		v := int16(binary.BigEndian.Uint16(content[2*i:]))
		if heights[i] = float32(v); v == Void {
			heights[i] = float32(math.NaN())
		}
	}
	return heights, spec, nil
}

// place reads the south-west corner out of a name.
func place(name string) (lon, lat float64, ok bool) {
	m := corner.FindStringSubmatch(name)
	if m == nil {
		return 0, 0, false
	}
	lat, _ = strconv.ParseFloat(m[2], 64) // digits by the pattern
	lon, _ = strconv.ParseFloat(m[4], 64)
	if strings.EqualFold(m[1], "s") {
		lat = -lat
	}
	if strings.EqualFold(m[3], "w") {
		lon = -lon
	}
	return lon, lat, lat >= -90 && lat <= 89 && lon >= -180 && lon <= 179
}

// unzip takes the one tile out of an archive.
func unzip(file string, content []byte) ([]byte, string, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, "", fault("hgt.zip", file, nil, err)
	}
	var tile *zip.File
	for _, f := range z.File {
		if strings.HasSuffix(strings.ToLower(f.Name), ".hgt") {
			if tile != nil {
				return nil, "", fault("hgt.zip", file, nil, errors.New("several tiles"))
			}
			tile = f
		}
	}
	if tile == nil {
		return nil, "", fault("hgt.zip", file, nil, errors.New("no .hgt in it"))
	}
	r, err := tile.Open()
	if err != nil {
		return nil, "", fault("hgt.zip", file, nil, err)
	}
	defer r.Close()
	const most = 2 * maxSide * maxSide
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && len(b) > most {
		err = fmt.Errorf("more than %d bytes", most)
	}
	if err != nil {
		return nil, "", fault("hgt.zip", file, nil, err)
	}
	return b, tile.Name, nil
}

func fault(key, file string, args coverage.Args, err error) error {
	all := coverage.Args{"file": file}
	for k, v := range args {
		all[k] = v
	}
	return &coverage.Error{Code: coverage.Unusable, Key: key, Args: all, Err: err}
}
