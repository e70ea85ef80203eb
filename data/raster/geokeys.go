package raster

import (
	"strconv"
	"strings"
)

// The GeoKeys that are read.
const (
	keyModelType      = 1024
	keyRasterType     = 1025
	keyCitation       = 1026
	keyGeographic     = 2048
	keyGeogCitation   = 2049
	keyProjected      = 3072
	keyProjCitation   = 3073
	modelProjected    = 1
	modelGeographic   = 2
	rasterPixelPoint  = 2
	codeUserDefined   = 32767
	firstEPSG         = 1024
	maxGeoKeys        = 1 << 14
	maxGeoTextBytes   = 1 << 20
	geoKeyHeaderWords = 4
)

// geoKeys are the GeoKeys of a file that hold one short or a text.
type geoKeys struct {
	short map[uint64]uint64
	text  map[uint64]string
}

func readGeoKeys(dir *directory) (geoKeys, error) {
	keys := geoKeys{short: map[uint64]uint64{}, text: map[uint64]string{}}
	words, err := dir.uints(tagGeoKeys, maxGeoKeys)
	if err != nil || len(words) < geoKeyHeaderWords {
		return keys, err
	}
	ascii, err := dir.text(tagGeoASCII, maxGeoTextBytes)
	if err != nil {
		return keys, err
	}
	for i := 0; i < int(words[3]) && (i+2)*4 <= len(words); i++ {
		key := words[(i+1)*4 : (i+2)*4]
		id, where, count, value := key[0], key[1], key[2], key[3]
		switch {
		case where == 0:
			keys.short[id] = value
		case where == tagGeoASCII && value+count <= uint64(len(ascii)):
			keys.text[id] = strings.TrimRight(ascii[value:value+count], "|\x00 ")
		case where == tagGeoASCII && value < uint64(len(ascii)):
			keys.text[id] = strings.TrimRight(ascii[value:], "|\x00 ")
		}
	}
	return keys, nil
}

// crs returns "EPSG:n", or "" when the file names no code: user-defined systems
// are not guessed at from their base.
func (k geoKeys) crs() string {
	code := k.short[keyProjected]
	model := k.short[keyModelType]
	if model == modelGeographic || model != modelProjected && code == 0 {
		code = k.short[keyGeographic]
	}
	if code < firstEPSG || code >= codeUserDefined {
		return ""
	}
	return "EPSG:" + strconv.FormatUint(code, 10)
}

func (k geoKeys) citation() string {
	for _, id := range []uint64{keyProjCitation, keyCitation, keyGeogCitation} {
		if t := k.text[id]; t != "" {
			return t
		}
	}
	return ""
}

func (k geoKeys) pixelIsPoint() bool { return k.short[keyRasterType] == rasterPixelPoint }
