package roads_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"
)

// Two roads with water between: quay B of the one, quay E of the other.
//
//	A --- B ~ ~ ~ ~ E --- F      122.00  122.01  122.05  122.06
var (
	f      = orb.Point{122.06, 30}
	shores = collection(lineAB(""), feature("", 122.05, 30, 122.06, 30))
)

const shoresKey = "networks: [{file: r.geojson}]\n"

// onFoot is the walk along both roads.
func onFoot() float64 { return 2 * along * 3.6 / 5 }

func TestFerryWaits(t *testing.T) {
	const head = "航线,起点,终点,起点经度,起点纬度,终点经度,终点纬度,航行时间（分钟）,发船时间,返程发船时间,间隔,首班,末班,载车,停航天数,开航天数,登船时间\n"
	const ends = "渡,甲,乙,122.01,30,122.05,30,"
	for _, c := range []struct {
		name, row, scenario, mode string
		there, back               float64 // minutes from quay to quay, boarding of 5 included; -1 none
	}{
		{"half the headway", "20,,,30,,,否,,,", "typical", "walk", 5 + 15 + 20, 5 + 15 + 20},
		{"mean wait of a timetable", "20,07:00 07:30 08:30,,,,,,,,", "typical", "walk", 5 + (30*30+60*60)/(2*90.0) + 20, 5 + (30*30+60*60)/(2*90.0) + 20},
		{"return by another timetable", "20,7:00 8:00,7：00、7：20、7点40分,,,,,,,", "typical", "walk", 5 + 30 + 20, 5 + 10 + 20},
		{"no timetable", "20,,,,,,,,,", "typical", "walk", 5 + 30 + 20, 5 + 30 + 20},
		{"own boarding", "20,,,30,,,,,,10分钟", "typical", "walk", 10 + 15 + 20, 10 + 15 + 20},
		{"hours", "1小时,,,30,,,,,,", "typical", "walk", 5 + 15 + 60, 5 + 15 + 60},
		{"best", "20,,,30,,,,,,", "best", "walk", 5 + 20, 5 + 20},
		{"guaranteed", "20,06:30 08:30 17:30,06:00 18:00,,,,,0,366,", "guaranteed", "walk", 5 + 540 + 20, 5 + 720 + 20},
		{"weather", "20,06:30 08:30 17:30,06:00 18:00,,,,,20,,", "guaranteed", "walk", -1, -1},
		{"season", "20,06:30 08:30 17:30,06:00 18:00,,,,,,200天,", "guaranteed", "walk", -1, -1},
		{"first and last", "20,,,30,06:00,24:30,,,,", "guaranteed", "walk", 5 + 30 + 20, 5 + 30 + 20},
		{"no cars", "20,,,30,,,否,,,", "typical", "drive", -1, -1},
		{"cars", "20,,,30,,,12,,,", "typical", "drive", 5 + 15 + 20, 5 + 15 + 20},
		{"off", "20,,,30,,,是,,,", "off", "drive", -1, -1},
	} {
		ds, iss := must(t, shoresKey+"ferries: [{file: f.csv}]\nboats: {scenario: "+c.scenario+"}\n", map[string]string{"r.geojson": shores, "f.csv": head + ends + c.row + "\n"})
		land := onFoot()
		if c.mode == "drive" {
			land = 2 * along * 3.6 / 32
		}
		for i, want := range []float64{c.there, c.back} {
			from, to := a, f
			if i == 1 {
				from, to = f, a
			}
			if want >= 0 {
				want = want*60 + land
			}
			near(t, c.name, seconds(t, ds, c.mode, from, to), want)
		}
		if got := brief(iss); len(got) > 0 && (c.name != "no timetable" || got[0] != "ferry.no_headway 0") {
			t.Errorf("%s: %v", c.name, got)
		}
		if got := ds.Transport.Roads.Ferries()[0].Name; got != "渡" {
			t.Errorf("it is called %q", got)
		}
	}
}

// Every fault is told at its row, and good rows are kept.
func TestFerryFaults(t *testing.T) {
	csv := "name,from,to,from_lon,from_lat,to_lon,to_lat,minutes,departures,headway,first,last,vehicles,days lost,season\n" +
		"1,B,E,122.01,30,122.05,30,20,,30,,,yes,,\n" +
		"2,B,E,122.01,30,122.05,30,zwanzig,,30,,,,,\n" +
		"3,B,E,122.01,30,122.05,30,20,07:00 25:61,,,,,,\n" +
		"4,B,E,122.01,30,122.05,30,20,22:00 00:30,,,,,,\n" +
		"5,B,E,122.01,30,122.05,30,20,,30,06:00,,,,\n" +
		"6,B,E,122.01,30,122.05,30,20,,30,18:00,06:00,,,\n" +
		"7,B,E,122.01,30,122.05,30,20,,30,,,perhaps,,\n" +
		"8,B,E,122.01,30,122.05,30,20,,30,,,,400,\n" +
		"9,B,E,122.01,30,122.05,30,20,,30,,,,,0\n" +
		"10,B,E,30,122.01,122.05,30,20,,30,,,,,\n" +
		"11,B,E,122.01,30,,,20,,30,,,,,\n" +
		"12,B,B,122.01,30,122.01,30,20,,30,,,,,\n" +
		"13,B,E,122.01,30,122.05,30,1,,30,,,,,\n" +
		"14,B,E,122.01,30,122.05,30,,,0.5,,,,,\n" +
		"15,B,sea,122.01,30,122.5,30,120,,30,,,,,\n" +
		"Total,,,,,,,20,,,,,,,\n"
	ds, iss := must(t, shoresKey+"ferries: [{file: f.csv}]\nmax_bad_share: 0.9\n", map[string]string{"r.geojson": shores, "f.csv": csv})
	same(t, brief(iss), []string{
		"ferry.number 3 minutes zwanzig", "ferry.departures 4 departures 25:61", "ferry.departures 5 departures 00:30", "ferry.first_last 6 last 06:00",
		"ferry.last_before_first 7 last 06:00", "ferry.truth 8 vehicles perhaps", "ferry.number 9 days lost 400", "ferry.number 10 season 0",
		"lonlat.swapped 11 from_lon, from_lat 30, 122.01", "ferry.no_place 12 to E", "ferry.same_quay 13 from B", "ferry.speed 14 minutes 1",
		"ferry.number 15 headway 0.5", "data.remark_row 17 name Total", "ferry.quay_alone 16 sea 122.5, 30",
	})
	same(t, len(ds.Transport.Roads.Ferries()), 4) // 1, 7, 13 and 15
	_, iss, err := open(t, shoresKey+"ferries: [{file: f.csv}]\n", map[string]string{"r.geojson": shores, "f.csv": csv})
	if err == nil || iss.Count("data.bad_share") != 1 {
		t.Error("too many bad rows are taken", err)
	}
}

// Quays by name from a file of their own, a workbook with times as workbooks
// keep them, and columns named by the project.
func TestFerryQuaysAndWorkbook(t *testing.T) {
	dir := t.TempDir()
	book := excelize.NewFile()
	for i, row := range [][]any{{"轮渡时刻表"}, {"线路", "甲端", "乙端", "分", "开船"}, {"渡", "甲码头", "乙码头", 25, 0.3125}, {"二", "甲码头", "丙码头", 25, "07:00"}} {
		for k, v := range row {
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			_ = book.SetCellValue("Sheet1", cell, v)
		}
	}
	if err := book.SaveAs(dir + "/f.xlsx"); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "r.geojson", shores)
	put(t, dir, "quays.csv", "名称,经度,纬度\n甲码头,122.01,30\n乙码头,122.05,30\n乙码头,122.07,30\n")
	ds, iss := must(t, shoresKey+"ferries: [{file: f.xlsx, from: 甲端, to: 乙端, minutes: 分, departures: 开船, quays: {file: quays.csv}}]\nmax_bad_share: 0.5\n", readAll(t, dir, "f.xlsx", "r.geojson", "quays.csv"))
	same(t, brief(iss), []string{"ferry.quay_twice 4 名称 乙码头", "ferry.no_place 4 乙端 丙码头"})
	near(t, "one boat a day: people come for it, at most half an hour", seconds(t, ds, "walk", a, f), (5+30+25)*60+onFoot())
	boat := ds.Transport.Roads.Ferries()[0]
	same(t, boat.Out.DeparturesS, []int32{7*3600 + 1800})
	var roles []string
	for _, s := range ds.Sources {
		roles = append(roles, s.Role+" "+s.File)
	}
	same(t, strings.Join(roles[2:], ", "), "network r.geojson, quays quays.csv, ferries f.xlsx")
}

// Without a sailing time a boat takes its length at the usual speed, along the
// line of its layer.
func TestFerryLayer(t *testing.T) {
	ds, iss := must(t, shoresKey+"ferries: [{file: f.geojson}]\nboats: {speed_kmh: 30, headway_min: 20}\n", map[string]string{
		"r.geojson": shores, "f.geojson": collection(feature(`"name":"渡"`, 122.01, 30, 122.02, 30, 122.05, 30)),
	})
	same(t, brief(iss), []string{"ferry.no_time 0", "ferry.no_headway 0"})
	near(t, "by length", seconds(t, ds, "walk", a, f), (5+10)*60+4*along*3.6/30+onFoot())
	_, iss = must(t, "networks: [{file: west.osm.pbf}]\nferries: [{file: f.geojson, minutes: m}]\n", map[string]string{
		"west.osm.pbf": boatsExtract(), "f.geojson": collection(feature(`"m":"20"`, 122.01, 30, 122.05, 30)),
	})
	if iss.Count("ferry.both") != 1 || iss.Count("roads.mixed") != 0 {
		t.Error(brief(iss))
	}
	_, iss = must(t, "networks: [{file: west.osm.pbf, ferries: false}, {file: r.geojson}]\n", map[string]string{"west.osm.pbf": boatsExtract(), "r.geojson": shores})
	if iss.Count("ferry.both") != 0 || iss.Count("roads.mixed") != 1 {
		t.Error(brief(iss))
	}
}
