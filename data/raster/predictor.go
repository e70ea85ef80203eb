package raster

import "encoding/binary"

// undoHorizontal adds up the differences that predictor 2 stores: each
// little-endian sample holds its difference to the one stride samples before.
func undoHorizontal(row []byte, size, stride int) {
	le := binary.LittleEndian
	step := stride * size
	switch size {
	case 1:
		for i := step; i < len(row); i++ {
			row[i] += row[i-step]
		}
	case 2:
		for i := step; i+2 <= len(row); i += 2 {
			le.PutUint16(row[i:], le.Uint16(row[i:])+le.Uint16(row[i-step:]))
		}
	case 4:
		for i := step; i+4 <= len(row); i += 4 {
			le.PutUint32(row[i:], le.Uint32(row[i:])+le.Uint32(row[i-step:]))
		}
	default:
		for i := step; i+8 <= len(row); i += 8 {
			le.PutUint64(row[i:], le.Uint64(row[i:])+le.Uint64(row[i-step:]))
		}
	}
}

// undoFloat undoes predictor 3 (Adobe Photoshop TIFF Technical Note 3): bytes
// hold differences to the byte stride before, and the row holds first all most
// significant bytes, then all next ones. The result is little-endian in either
// byte order of the file. planes is scratch as long as row.
func undoFloat(row, planes []byte, size, stride int) {
	for i := stride; i < len(row); i++ {
		row[i] += row[i-stride]
	}
	copy(planes, row)
	n := len(row) / size
	if size == 4 {
		a, b, c, d := planes[:n], planes[n:2*n], planes[2*n:3*n], planes[3*n:4*n]
		for i := range a {
			v := uint32(a[i])<<24 | uint32(b[i])<<16 | uint32(c[i])<<8 | uint32(d[i])
			binary.LittleEndian.PutUint32(row[4*i:], v)
		}
		return
	}
	for i := range n {
		for k := range size {
			row[i*size+size-1-k] = planes[k*n+i]
		}
	}
}
