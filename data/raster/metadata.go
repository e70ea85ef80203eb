package raster

import (
	"encoding/xml"
	"strconv"
	"strings"

	"lifecircle/coverage"
)

// maxTextBytes bounds the text tags of GDAL.
const maxTextBytes = 1 << 24

// readNoData reads GDAL's tag 42113: the value of cells without data, as text.
func readNoData(dir *directory) (float64, bool, error) {
	text, err := dir.text(tagGDALNoData, maxTextBytes)
	text = strings.TrimSpace(text)
	if err != nil || text == "" {
		return 0, false, err
	}
	v, err := parseNumber(text)
	if err != nil {
		return 0, false, &coverage.Error{
			Code: coverage.Unusable, Key: "raster.nodata", Args: coverage.Args{"value": text},
		}
	}
	return v, true, nil
}

// parseNumber reads a number; "nan" in the spellings of C libraries too.
// Numbers beyond float64 become infinite.
func parseNumber(text string) (float64, error) {
	switch lower := strings.ToLower(text); {
	case lower == "-nan", strings.Contains(lower, "#ind"), strings.Contains(lower, "#qnan"), strings.HasPrefix(lower, "nan("):
		text = "nan"
	}
	v, err := strconv.ParseFloat(text, 64)
	if numErr, ok := err.(*strconv.NumError); ok && numErr.Err == strconv.ErrRange {
		return v, nil
	}
	return v, err
}

// linear is value = stored*factor + offset. The zero value changes nothing.
type linear struct {
	set            bool
	factor, offset float64
}

func (l *linear) init() {
	if !l.set {
		*l = linear{set: true, factor: 1}
	}
}

// readMetadata takes band names, scales and offsets from GDAL's tag 42112, a
// list of <Item name= sample= role=>. XML that cannot be read is a fault: a
// scale that is missed gives wrong numbers.
func readMetadata(dir *directory, names []string, scale []linear) error {
	text, err := dir.text(tagGDALMetadata, maxTextBytes)
	if err != nil || strings.TrimSpace(text) == "" {
		return err
	}
	var doc struct {
		Items []struct {
			Sample *int   `xml:"sample,attr"`
			Role   string `xml:"role,attr"`
			Value  string `xml:",chardata"`
		} `xml:"Item"`
	}
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		return readFault(err, tagName(tagGDALMetadata))
	}
	for _, item := range doc.Items {
		if item.Sample == nil || *item.Sample < 0 || *item.Sample >= len(names) {
			continue
		}
		if err := applyItem(item.Role, item.Value, &names[*item.Sample], &scale[*item.Sample]); err != nil {
			return err
		}
	}
	return nil
}

func applyItem(role, value string, name *string, l *linear) error {
	if role == "description" {
		*name = value
	}
	if role != "scale" && role != "offset" {
		return nil
	}
	v, err := parseNumber(strings.TrimSpace(value))
	if err != nil || !finite(v) {
		return corrupt(tagName(tagGDALMetadata))
	}
	l.init()
	if role == "scale" {
		l.factor = v
	} else {
		l.offset = v
	}
	return nil
}
