package sketch

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"

	"lifecircle/data/sample/sketch/plane"

	"github.com/paulmach/orb"
)

// quay is a place on the coast where boats land.
type quay struct {
	name, island string
	near         plane.XY // the place is the nearest one on the coast
}

var quays = []quay{
	{"高亭客运码头", "daishan", plane.XY{-0.6, -6.2}},
	{"高亭浪激渚码头", "daishan", plane.XY{3.2, -3.1}},
	{"高亭大岙码头", "daishan", plane.XY{-3.6, -7.0}},
	{"岱西双合码头", "daishan", plane.XY{-13.2, -3.2}},
	{"小长涂码头", "xiaochangtu", plane.XY{5.2, -5.3}},
	{"衢山码头", "qushan", plane.XY{12.8, 12.3}},
	{"衢山东码头", "qushan", plane.XY{22.1, 16.5}},
	{"衢山西码头", "qushan", plane.XY{9.3, 14.9}},
	{"衢山北码头", "qushan", plane.XY{13.8, 19.0}},
	{"秀山码头", "xiushan", plane.XY{-2.9, -11.9}},
	{"鱼山码头", "yushan", plane.XY{-21.0, -0.6}},
	{"大峧山码头", "dajiao", plane.XY{-1.6, -9.2}},
	{"官山码头", "guanshan", plane.XY{1.3, -9.4}},
	{"江南山码头", "jiangnan", plane.XY{3.9, -7.9}},
	{"鼠浪湖码头", "shulang", plane.XY{23.4, 14.2}},
	{"黄泽山码头", "huangze", plane.XY{11.8, 21.9}},
	{"小衢山码头", "xiaoqu", plane.XY{6.4, 14.3}},
	{"樟木山埠头", "zhangmu", plane.XY{7.8, 18.2}}, // no boat comes here any more
}

// boat is a row of ferries.csv: a service and its numbers, all invented.
type boat struct {
	name, from, to string
	minutes        int
	out, back      string // departures
	headway        int    // minutes, instead of departures
	first, last    string
	vehicles       string // places, 否 for none
	lost           int    // days a year
}

var boats = []boat{
	{name: "高亭—小长涂车客渡", from: "高亭浪激渚码头", to: "小长涂码头", minutes: 16, headway: 40, first: "06:00", last: "18:00", vehicles: "24", lost: 9},
	{name: "高亭—秀山车客渡", from: "高亭大岙码头", to: "秀山码头", minutes: 14, headway: 25, first: "06:10", last: "18:30", vehicles: "20", lost: 8},
	{name: "高亭—衢山车客渡", from: "高亭浪激渚码头", to: "衢山码头", minutes: 75, out: "06:30 08:30 10:30 12:40 14:40 16:40", back: "06:20 08:20 10:30 12:30 14:40 16:30", vehicles: "36", lost: 18},
	{name: "高亭—衢山高速客船", from: "高亭浪激渚码头", to: "衢山码头", minutes: 38, out: "07:40 11:20 15:50", back: "06:40 10:10 14:30", vehicles: "否", lost: 35},
	{name: "岱西—鱼山客船", from: "岱西双合码头", to: "鱼山码头", minutes: 24, headway: 60, first: "06:30", last: "20:30", vehicles: "否", lost: 22},
	{name: "高亭—大峧山渡船", from: "高亭客运码头", to: "大峧山码头", minutes: 15, out: "07:00 10:30 13:30 16:30", back: "07:30 11:00 14:00 17:00", vehicles: "6", lost: 14},
	{name: "高亭—官山渡船", from: "高亭客运码头", to: "官山码头", minutes: 20, out: "07:20 15:40", back: "07:50 16:10", vehicles: "否", lost: 26},
	{name: "高亭—江南山渡船", from: "高亭浪激渚码头", to: "江南山码头", minutes: 22, out: "08:00 16:00", back: "06:50 15:20", vehicles: "否", lost: 24},
	{name: "衢山—鼠浪湖客船", from: "衢山东码头", to: "鼠浪湖码头", minutes: 18, out: "07:00 11:30 16:20", back: "07:40 12:10 17:00", vehicles: "否", lost: 30},
	{name: "衢山—黄泽山渡船", from: "衢山北码头", to: "黄泽山码头", minutes: 25, out: "13:00", back: "07:10", vehicles: "否", lost: 48},
	{name: "衢山—小衢山渡船", from: "衢山西码头", to: "小衢山码头", minutes: 15, out: "09:30 15:30", back: "07:30 14:00", vehicles: "否", lost: 40},
}

// besideSeaKM is how far inland of the coast the end of a quay's road is.
const besideSeaKM = 0.015

// placeQuays finds where quays are.
func (l *land) placeQuays() map[string]plane.XY {
	places := map[string]plane.XY{}
	for _, q := range quays {
		places[q.name] = l.onCoast(q.island, q.near)
	}
	return places
}

// onCoast is the place on the coast of an island that is nearest to p, a little
// inland: of some directions the one that leads farthest from the sea.
func (l *land) onCoast(key string, p plane.XY) plane.XY {
	ring := l.coastOf(key)
	edge, nearest := p, math.Inf(1)
	for i, a := range ring {
		if q, d := plane.NearestOn(a, ring[(i+1)%len(ring)], p); d < nearest {
			edge, nearest = q, d
		}
	}
	best, at := 0.0, edge
	for k := range 32 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / 32)
		q := edge.Add(besideSeaKM*cos, besideSeaKM*sin).Written()
		if d := plane.ToRing(ring, q); d > best && plane.Inside(ring, q) {
			best, at = d, q
		}
	}
	return at
}

func (l *land) coastOf(key string) []plane.XY {
	for i, is := range islands {
		if is.key == key {
			return l.coasts[i]
		}
	}
	return nil
}

// ferryTable writes the boats as a shipping office would. The mark at the head
// makes spreadsheets read it as UTF-8.
func (l *land) ferryTable() ([]byte, error) {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	rows := [][]string{{
		"航线", "起点码头", "起点经度", "起点纬度", "终点码头", "终点经度", "终点纬度", "航行时间（分钟）", "发船时间", "返程发船时间",
		"间隔（分钟）", "首班", "末班", "返程间隔（分钟）", "返程首班", "返程末班", "载客", "载车", "年停航天数",
	}}
	places := l.placeQuays()
	for _, b := range boats {
		from, to := places[b.from].LonLat(), places[b.to].LonLat()
		headway := ""
		if b.headway > 0 {
			headway = strconv.Itoa(b.headway)
		}
		rows = append(rows, []string{
			b.name + mark, b.from, degrees(from, 0), degrees(from, 1), b.to, degrees(to, 0), degrees(to, 1), strconv.Itoa(b.minutes), b.out, b.back,
			headway, b.first, b.last, headway, b.first, b.last, "是", b.vehicles, strconv.Itoa(b.lost),
		})
	}
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

func degrees(p orb.Point, axis int) string { return strconv.FormatFloat(p[axis], 'f', -1, 64) }
