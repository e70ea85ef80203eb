package raster

import (
	"encoding/binary"
	"math"
)

// sampleType maps the tags BitsPerSample and SampleFormat.
func sampleType(bits, format uint64) SampleType {
	types := map[[2]uint64]SampleType{
		{8, 1}: Uint8, {16, 1}: Uint16, {32, 1}: Uint32, {64, 1}: Uint64,
		{8, 2}: Int8, {16, 2}: Int16, {32, 2}: Int32, {64, 2}: Int64,
		{16, 3}: Float16, {32, 3}: Float32, {64, 3}: Float64,
		{8, 4}: Uint8, {16, 4}: Uint16, {32, 4}: Uint32, // 4: "undefined"
	}
	return types[[2]uint64{bits, format}]
}

// size is the length of a sample in bytes.
func (t SampleType) size() int {
	switch t {
	case Uint8, Int8:
		return 1
	case Uint16, Int16, Float16:
		return 2
	case Uint32, Int32, Float32:
		return 4
	}
	return 8
}

// reader returns how a little-endian sample is read. Integers of 64 bits are
// rounded to float64.
func (t SampleType) reader() func([]byte) float64 {
	le := binary.LittleEndian
	switch t {
	case Uint8:
		return func(b []byte) float64 { return float64(b[0]) }
	case Uint16:
		return func(b []byte) float64 { return float64(le.Uint16(b)) }
	case Uint32:
		return func(b []byte) float64 { return float64(le.Uint32(b)) }
	case Uint64:
		return func(b []byte) float64 { return float64(le.Uint64(b)) }
	case Int8:
		return func(b []byte) float64 { return float64(int8(b[0])) }
	case Int16:
		return func(b []byte) float64 { return float64(int16(le.Uint16(b))) }
	case Int32:
		return func(b []byte) float64 { return float64(int32(le.Uint32(b))) }
	case Int64:
		return func(b []byte) float64 { return float64(int64(le.Uint64(b))) }
	case Float16:
		return func(b []byte) float64 { return halfToFloat(le.Uint16(b)) }
	case Float32:
		return func(b []byte) float64 { return float64(math.Float32frombits(le.Uint32(b))) }
	}
	return func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) }
}

// halfToFloat converts an IEEE 754 half: 1 sign, 5 exponent, 10 fraction bits.
func halfToFloat(h uint16) float64 {
	exponent, fraction := int(h>>10&31), float64(h&1023)
	var v float64
	switch exponent {
	case 0:
		v = math.Ldexp(fraction, -24)
	case 31:
		v = math.Inf(1)
		if fraction != 0 {
			v = math.NaN()
		}
	default:
		v = math.Ldexp(1024+fraction, exponent-25)
	}
	if h&0x8000 != 0 {
		return -v
	}
	return v
}

// swap turns big-endian samples into little-endian ones in place.
func swap(row []byte, size int) {
	for ; len(row) >= size; row = row[size:] {
		for i, j := 0, size-1; i < j; i, j = i+1, j-1 {
			row[i], row[j] = row[j], row[i]
		}
	}
}
