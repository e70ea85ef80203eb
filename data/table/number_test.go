package table

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for cell, want := range map[string]float64{
		"120": 120, " 120张 ": 120, "１２０": 120, "1,234": 1234, "1，234，567.5人": 1234567.5, "1 234": 1234, "-3.5": -3.5, "－3": -3,
		"1.2万": 12000, "1.1万人": 11000, "3亿": 3e8, "1e3": 1000, "1.5E-3": 0.0015, "'42": 42, ".5": 0.5, "300 beds": 300, "\u00A07\u3000": 7, "85㎡": 85, "+5": 5,
	} {
		if got, st := Number(cell); st != Good || got != want {
			t.Errorf("%q: %v %v, want %v", cell, got, st, want)
		}
	}
	for _, cell := range []string{"", "NA", "n/a", "#N/A", "-", "—", "无", " ／ ", "null"} {
		if _, st := Number(cell); st != Missing {
			t.Errorf("%q: %v, want missing", cell, st)
		}
	}
	for _, cell := range []string{"12,5", "1,23,456", "约120", "100-200", "5%", "3km", "12a", "1.2.3", "inf", "0x10", "1_000", "一百", "#REF!", "1,234,56", "1e999", "五千", "120张左右", ",123", "1,234 567"} {
		if v, st := Number(cell); st != Bad {
			t.Errorf("%q: %v %v, want bad", cell, v, st)
		}
	}
}

func TestNumberReadsEveryPlainFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64().Filter(func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }).Draw(t, "v")
		format := rapid.SampledFrom([]byte("gfe")).Draw(t, "format")
		if got, st := Number(strconv.FormatFloat(want, format, -1, 64)); st != Good || got != want {
			t.Fatalf("%v %v, want %v", got, st, want)
		}
	})
}

func TestCoordinate(t *testing.T) {
	const dms = 122 + 12.0/60 + 30.0/3600
	for cell, want := range map[string]struct {
		v    float64
		axis Axis
	}{
		"122.2": {122.2, Unsaid}, "122.2°": {122.2, Unsaid}, "122.2°E": {122.2, East}, "E122.2": {122.2, East}, "30.3N": {30.3, North}, "12.3 S": {-12.3, North}, "-12.3": {-12.3, Unsaid},
		"122°12′30″E": {dms, East}, "122°12'30\"": {dms, Unsaid}, "东经122度12分30秒": {dms, East}, "122:12:30": {dms, Unsaid}, "１２２°１２′３０″": {dms, Unsaid}, "122° 12' 30''": {dms, Unsaid},
		"122度12.5分": {dms, Unsaid}, "东经：122.2": {122.2, East}, "北纬30°15′": {30.25, North}, "西经5°30′": {-5.5, East}, "-5°30′": {-5.5, Unsaid}, "-0°30′": {-0.5, Unsaid}, "122 12 30": {dms, Unsaid}, "122-12-30.0E": {dms, East}, "-5 30 00": {-5.5, Unsaid}, "经度:122.2": {122.2, East}, "Lat: 30.3": {30.3, North}, "3,347,306.0768": {3347306.0768, Unsaid},
	} {
		v, axis, st := Coordinate(cell)
		if st != Good || math.Abs(v-want.v) > 1e-12*math.Abs(want.v) || axis != want.axis {
			t.Errorf("%q: %v %v %v, want %v", cell, v, axis, st, want)
		}
	}
	for _, cell := range []string{"122°60′00″", "122°12′60″", "E122E", "-122W", "122,2", "经度", "122°12′30″30", "122.5°12′", "122 60 00", "2026-03-05", "122 12", "122 12 30 1", "30.0.5"} {
		if v, _, st := Coordinate(cell); st != Bad {
			t.Errorf("%q: %v %v, want bad", cell, v, st)
		}
	}
}

func TestPair(t *testing.T) {
	for _, c := range []struct {
		cell     string
		latFirst bool
	}{
		{"122.2,30.3", false},
		{"122.2，30.3", false},
		{"(122.2 30.3)", false},
		{"POINT (122.2 30.3)", true},
		{"30.3N, 122.2E", false},
		{"122.2E 30.3N", true},
		{"30.3;122.2", true},
		{"[122.2、30.3]", false},
		{"北纬30.3,东经122.2", false},
		{"经度:122.2，纬度：30.3", false},
		{"纬度30.3 经度122.2", false},
		{"122.2/30.3", false},
		{"lat=30.3, lng=122.2", false},
	} {
		if x, y, st := Pair(c.cell, c.latFirst); st != Good || x != 122.2 || y != 30.3 {
			t.Errorf("%q: %v %v %v", c.cell, x, y, st)
		}
	}
	for _, cell := range []string{"122.2", "1,2,3", "122.2E,30.3E", "a,b"} {
		if x, y, st := Pair(cell, false); st != Bad {
			t.Errorf("%q: %v %v %v", cell, x, y, st)
		}
	}
}

func TestWords(t *testing.T) {
	w := DefaultWords()
	for _, c := range []struct {
		names []string
		want  map[string]int
	}{
		{[]string{"序号", "机构名称", "东经", "北纬", "核定床位（张）"}, map[string]int{"number": 0, "name": 1, "x": 2, "y": 3, "capacity": 4}},
		{[]string{"Longitude", "LATITUDE ", "Facility_Name"}, map[string]int{"x": 0, "y": 1, "name": 2}},
		{[]string{"经度(WGS84)", "纬度(WGS84)", "所属乡镇"}, map[string]int{"x": 0, "y": 1, "zone": 2}},
		{[]string{"经纬度", "单位名称"}, map[string]int{"xy": 0, "name": 1}},
		{[]string{"说明", ""}, map[string]int{}},
	} {
		same(t, w.Assign(c.names), c.want)
	}
}

func TestRemark(t *testing.T) {
	for cells, want := range map[string]bool{"合 计": true, "Total": true, "注：仅统计公立": true, "注册名": false, "甲": false} {
		same(t, Row{Cells: []string{"", cells}}.IsRemark(), want)
	}
}
