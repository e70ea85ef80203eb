package raster

import (
	"encoding/binary"
	"math"
)

// meaning turns stored samples into values: no data, scale and offset.
type meaning struct {
	typ       SampleType
	noData    float64
	hasNoData bool
	scale     []linear // a band
}

// hugeFloat: programs write "no data" as a rounded form of the largest float32,
// -3.4028234663852886e+38, in many roundings. Nothing that is counted comes near.
const hugeFloat = 3.39e38

// isNoData returns the test for the stored value that means no data, rounded
// as the file's own number type rounds it.
func (m meaning) isNoData() func(float64) bool {
	nd := m.noData
	switch {
	case !m.hasNoData || math.IsNaN(nd):
		return func(float64) bool { return false } // NaN stays NaN anyway
	case m.typ == Float16 && math.Abs(nd) > 65504:
		nd = math.Copysign(math.Inf(1), nd)
	case m.typ >= Float16 && math.Abs(nd) >= hugeFloat:
		if nd < 0 {
			return func(v float64) bool { return v <= -hugeFloat }
		}
		return func(v float64) bool { return v >= hugeFloat }
	case m.typ == Float32:
		nd = float64(float32(nd))
	}
	return func(v float64) bool { return v == nd }
}

// converter writes a row of little-endian samples to dst: every stride-th one,
// from the first.
type converter func(dst []float32, row []byte, stride int)

func (m meaning) converter(band int) converter {
	l := m.scale[band]
	if m.typ == Float32 && !l.set {
		return m.convertFloat32
	}
	get, size, isNoData := m.typ.reader(), m.typ.size(), m.isNoData()
	if !l.set {
		l = linear{factor: 1}
	}
	return func(dst []float32, row []byte, stride int) {
		for i := range dst {
			v := get(row[i*stride*size:])
			if isNoData(v) {
				dst[i] = float32(math.NaN())
				continue
			}
			dst[i] = float32(v*l.factor + l.offset)
		}
	}
}

// convertFloat32 is the common case without a call a cell.
func (m meaning) convertFloat32(dst []float32, row []byte, stride int) {
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(row[i*stride*4:]))
	}
	switch {
	case !m.hasNoData || math.IsNaN(m.noData):
	case math.Abs(m.noData) < hugeFloat:
		blank(dst, float32(m.noData))
	default:
		isNoData := m.isNoData()
		for i, v := range dst {
			if isNoData(float64(v)) {
				dst[i] = float32(math.NaN())
			}
		}
	}
}

// blank turns every nd into NaN.
func blank(dst []float32, nd float32) {
	nan := float32(math.NaN())
	for i, v := range dst {
		if v == nd {
			dst[i] = nan
		}
	}
}

// empty is the value of a cell in a segment that the file leaves out: no data,
// or a stored 0 where no value means that.
func (m meaning) empty(band int) float32 {
	if m.hasNoData {
		return float32(math.NaN())
	}
	if l := m.scale[band]; l.set {
		return float32(l.offset)
	}
	return 0
}
