package roads

import (
	"fmt"
	"slices"
	"testing"

	"lifecircle/data/table"
)

func TestClock(t *testing.T) {
	for cell, want := range map[string]int32{
		"7:30": 27000, "07:30": 27000, "０７：３０": 27000, "7点30分": 27000, "7时": 25200, "7:30:15": 27015, "24:30": 88200, "00:00": 0, "0.3125": 27000, "0.5": 43200, "48:00": 172800,
	} {
		if got, ok := clock(cell); !ok || got != want {
			t.Errorf("%q: %d %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"", "7", "730", "7.30", "0.30", "7:60", "7:5:99", "-1:00", "48:01", "1:2:3:4", "noon", "1.5", "007:30"} {
		if got, ok := clock(cell); ok {
			t.Errorf("%q: %d", cell, got)
		}
	}
}

func TestDepartures(t *testing.T) {
	for cell, want := range map[string][]int32{"07:00 08:00": {25200, 28800}, "7:00、8:00；8:00/23:00|24:10": {25200, 28800, 82800, 87000}, "0.3125": {27000}} {
		if got, bad := departures(cell); bad != "" || !slices.Equal(got, want) {
			t.Errorf("%q: %v %q", cell, got, bad)
		}
	}
	for cell, want := range map[string]string{"07:00 x": "x", "22:00 00:30": "00:30", "6班": "6班"} {
		if got, bad := departures(cell); bad != want || got != nil {
			t.Errorf("%q: %v %q", cell, got, bad)
		}
	}
}

func TestMinutes(t *testing.T) {
	for cell, want := range map[string]float64{"25": 25, "25分钟": 25, "25 min": 25, "1:30": 90, "1.5小时": 90, "2 h": 120, "0.0173611111111111": 25, "0": 0} {
		if got, state := minutes(cell); state != table.Good || fmt.Sprintf("%.6f", got) != fmt.Sprintf("%.6f", want) {
			t.Errorf("%q: %v %v", cell, got, state)
		}
	}
	for cell, want := range map[string]table.State{"": table.Missing, "—": table.Missing, "long": table.Bad, "小时": table.Bad, "1:99": table.Bad} {
		if _, state := minutes(cell); state != want {
			t.Errorf("%q: %v", cell, state)
		}
	}
}

// A table of ferries may be headed in two languages.
func TestFerryColumns(t *testing.T) {
	names := []string{"航线名称", "起点码头", "终点码头", "起点经度", "起点纬度", "终点经度", "终点纬度", "航程(分钟)", "发船时间", "返程发船时间", "首班时间", "末班时间", "发船间隔（分钟）", "是否载车", "年停航天数", "年开航天数"}
	want := []string{"name", "from", "to", "from_lon", "from_lat", "to_lon", "to_lat", "minutes", "departures", "return_departures", "first", "last", "headway", "vehicles", "days_lost", "season"}
	got := FerryColumns(names)
	for i, role := range want {
		if at, ok := got[role]; !ok || at != i {
			t.Errorf("%s is %v %v, not %q", role, at, ok, names[i])
		}
	}
	english := FerryColumns([]string{"Route", "From", "To", "from_lon", "from_lat", "to_lon", "to_lat", "Sailing (min)", "Departures", "Return departures", "Headway (min)", "First", "Last", "Vehicles", "Days lost", "Season"})
	if len(english) != 16 {
		t.Error(english)
	}
	if n := len(FerryColumns([]string{"航程", "航程(海里)", "班次"})); n != 0 {
		t.Error("miles for minutes")
	}
}

// FuzzClock: times stay within two days and lists go up.
func FuzzClock(f *testing.F) {
	f.Add("07:30 09:00")
	f.Add("0.3125")
	f.Add("7点30分")
	f.Fuzz(func(t *testing.T, cell string) {
		if v, ok := clock(cell); ok && (v < 0 || v > maxClockS) {
			t.Fatal(v)
		}
		list, _ := departures(cell)
		for i := range list {
			if list[i] < 0 || list[i] > maxClockS || i > 0 && list[i] <= list[i-1] {
				t.Fatal(list)
			}
		}
		minutes(cell)
	})
}
