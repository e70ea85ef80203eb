package workbook

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// look says how a cell's format shows its number, as far as that changes what
// the number says.
type look uint8

const (
	asNumber look = iota
	asDate
	asTime
	asDateTime
	asCode // and above: leading zeros up to a width, asCode + width
)

// maxCode is the widest code with leading zeros.
const maxCode = 18

// builtin are the formats that every program knows without their being written
// down (18.8.30), those of the Chinese version among them.
func builtin(id int) look {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return asDate
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return asTime
	case id == 22:
		return asDateTime
	}
	return asNumber
}

// custom reads a format code: y, m and d make a date, h and s a time, in its
// first section, outside quotes and brackets; zeros alone make a code.
func custom(code string) look {
	code, _, _ = strings.Cut(code, ";")
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case '\\', '_', '*':
			i++
		case '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 {
				return asNumber
			}
			if in := strings.ToLower(code[i+1 : i+j]); in != "" && strings.Trim(in, "hms") == "" {
				return asNumber // a span of time, not a time of day
			}
			i += j
		default:
			b.WriteByte(c)
		}
	}
	code = strings.ToLower(b.String())
	if n := len(code); n >= 2 && n <= maxCode && strings.Trim(code, "0") == "" {
		return asCode + look(n)
	}
	if strings.Contains(code, "general") || strings.ContainsAny(code, "0#?e@") && !strings.ContainsAny(code, "ydhs") {
		return asNumber
	}
	clock := strings.ContainsAny(code, "hs")
	date := strings.ContainsAny(code, "yd") || strings.Contains(code, "m") && !clock
	switch {
	case date && clock:
		return asDateTime
	case date:
		return asDate
	case clock:
		return asTime
	}
	return asNumber
}

// looks reads xl/styles.xml: the look of every style that cells name.
func looks(in io.Reader) ([]look, error) {
	own := map[string]look{}
	var list []look
	s, inCells := &scanner{in: in}, false
	for {
		t, err := s.next()
		if err != nil || t == eof {
			return list, err
		}
		switch {
		case t == text:
		case string(s.name) == "cellXfs":
			inCells = t == start
		case t != start:
		case string(s.name) == "numFmt":
			own[string(s.attr("numFmtId"))] = custom(s.attrText("formatCode"))
		case inCells && string(s.name) == "xf":
			id := string(s.attr("numFmtId"))
			l, ok := own[id]
			if n, err := strconv.Atoi(id); !ok && err == nil {
				l = builtin(n)
			}
			list = append(list, l)
		}
	}
}

// appendNumber writes a number cell: as it stands when it is short and plain,
// else in plain decimals. Programs store 3.30921001E8 and 12.0 where people see
// 330921001 and 12.
func appendNumber(dst, v []byte, l look, epoch1904 bool) []byte {
	v = bytes.TrimSpace(v)
	if l == asNumber && short(v) {
		return append(dst, v...)
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, v...)
	}
	switch {
	case l == asDate || l == asTime || l == asDateTime:
		if at, ok := moment(f, epoch1904); ok {
			return at.AppendFormat(dst, layoutOf(l, f))
		}
	case l > asCode && f == math.Trunc(f) && f >= 0 && f < 1e15:
		digits := strconv.FormatFloat(f, 'f', 0, 64)
		for range int(l-asCode) - len(digits) {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	if a := math.Abs(f); a != 0 && (a < 1e-9 || a >= 1e21) {
		return strconv.AppendFloat(dst, f, 'g', -1, 64)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// short reports whether v is a plain decimal that needs no other form.
func short(v []byte) bool {
	if len(v) == 0 || len(v) > 15 {
		return false
	}
	for i, c := range v {
		if !(c >= '0' && c <= '9' || c == '.' || c == '-' && i == 0) {
			return false
		}
	}
	return bytes.IndexByte(v, '.') < 0 || v[len(v)-1] != '0' && v[len(v)-1] != '.'
}

// maxDay is 31 December 9999, the last that spreadsheets know.
const maxDay = 2958465

// moment turns the days of a spreadsheet into a time, to the second. 29 February
// 1900, which there never was but spreadsheets count, is no date.
func moment(days float64, epoch1904 bool) (time.Time, bool) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case epoch1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days >= 1 && days < 60:
		epoch = epoch.AddDate(0, 0, 1)
	case days >= 60 && days < 61:
		return time.Time{}, false
	}
	if !(days >= 0 && days <= maxDay+1) {
		return time.Time{}, false
	}
	day := math.Floor(days)
	return epoch.AddDate(0, 0, int(day)).Add(time.Duration(math.Round((days-day)*86400)) * time.Second), true
}

// layoutOf shows a day, an hour or both; seconds only where there are any.
func layoutOf(l look, days float64) string {
	clock := "15:04"
	if int64(math.Round((days-math.Floor(days))*86400))%60 != 0 {
		clock = "15:04:05"
	}
	switch {
	case l == asTime && days < 1:
		return clock
	case l == asDate && days == math.Floor(days):
		return "2006-01-02"
	}
	return "2006-01-02 " + clock
}
