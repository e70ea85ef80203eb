package data

import (
	"context"
	"strings"
	"testing"
)

// Columns whose names say nothing are found by what is in them, when that is
// clear.
func TestColumnsByContent(t *testing.T) {
	for name, c := range map[string]struct {
		list string
		want string // x, y as told; "" refused
	}{
		"numbers":  {"名称,类别,a,b,层数\n甲,医院,122.005,30.005,3\n乙,诊所,122.025,30.035,12\n", "a, b"},
		"exchange": {"名称,类别,a,b,层数\n甲,医院,30.005,122.005,3\n乙,诊所,30.035,122.025,12\n", "b, a"},
		"pair":     {"名称,类别,点\n甲,医院,\"122.005,30.005\"\n乙,诊所,\"122.025,30.035\"\n", "点, 点"},
		"two ways": {"名称,类别,a,b,c\n甲,医院,122.005,30.005,30.006\n乙,诊所,122.025,30.035,30.034\n", ""},
		"none":     {"名称,类别,a,b\n甲,医院,1,2\n乙,诊所,3,4\n", ""},
	} {
		dir := town(t, base, map[string]string{"clinics.csv": c.list})
		ds, iss, err := Open(context.Background(), dir, Options{}, nil)
		if (err != nil) != (c.want == "") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		told := find(iss, "data.column_guessed")
		if c.want == "" {
			same(t, []int64{int64(len(told)), iss.Count("data.no_coordinates")}, []int64{0, 1})
			continue
		}
		same(t, told[0].Args["x"].(string)+", "+told[0].Args["y"].(string), c.want)
		same(t, ds.Facilities[1].At[0], 122.025)
	}
}

// Two inland counties drawn 300 m apart are one mainland split in two: 299.1 m at
// 30 degrees north, told rounded up.
func TestLandGap(t *testing.T) {
	gap := strings.ReplaceAll(counties, "[[122.02,30],[122.03,30],[122.03,30.04],[122.02,30.04],[122.02,30]]", "[[122.0231,30],[122.033,30],[122.033,30.04],[122.0231,30.04],[122.0231,30]]")
	for join, want := range map[string]string{"50": "300", "400": ""} {
		ds, iss := mustOpen(t, town(t, "land_join_m: "+join+"\n"+base, map[string]string{"counties.geojson": gap}))
		told := find(iss, "land.gap")
		if want == "" {
			same(t, []int{len(told), len(ds.Land)}, []int{0, 1})
			continue
		}
		same(t, []int{len(told), len(ds.Land)}, []int{1, 2})
		same(t, told[0].Value, want)
	}
}

// A place in a zone but off the land by 222 m stands in the water; 50 m off may
// be a coarse coast.
func TestInTheWater(t *testing.T) {
	list := "名称,类别,经度,纬度\n甲,医院,122.01,30.022\n乙,诊所,122.01,30.0204\n丙,诊所,122.01,30.01\n"
	land := strings.Replace(towns, `"code"`, `"c"`, 1)
	_, iss := mustOpen(t, town(t, base+"land: {file: land.geojson}\n", map[string]string{"clinics.csv": list, "land.geojson": land}))
	wet := find(iss, "place.in_water")
	if len(wet) != 1 || wet[0].Row != 2 || wet[0].Args["metres"] != 222 {
		t.Errorf("%+v", wet)
	}
}
