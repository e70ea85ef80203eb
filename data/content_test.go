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

// A name whose column does not say so is the only text that tells the rows apart;
// two such columns are none, and codes, places and zones are not names.
func TestNameByContent(t *testing.T) {
	for name, c := range map[string]struct{ list, column, second string }{
		"one":         {"c1,类别,c2,c3,c4\n甲卫生室,医院,122.005,30.005,K-1\n乙卫生室,诊所,122.025,30.035,K-2\n丙卫生室,诊所,122.015,30.035,K-3\n", "c1", "乙卫生室"},
		"zones":       {"c1,类别,经度,纬度,c4\nwest,医院,122.005,30.005,甲站\neast,诊所,122.025,30.035,乙站\ntown,诊所,122.015,30.035,丙站\n", "c4", "乙站"},
		"two":         {"c1,类别,经度,纬度,c4\n甲,医院,122.005,30.005,张三\n乙,诊所,122.025,30.035,李四\n丙,诊所,122.015,30.035,王五\n", "", ""},
		"not unique":  {"c1,类别,经度,纬度\n甲,医院,122.005,30.005\n甲,诊所,122.025,30.035\n甲,诊所,122.015,30.035\n", "", ""},
		"codes":       {"c1,类别,经度,纬度\nC-01,医院,122.005,30.005\nC-02,诊所,122.025,30.035\nC-03,诊所,122.015,30.035\n", "", ""},
		"an address":  {"地址,类别,经度,纬度\n甲路,医院,122.005,30.005\n乙路,诊所,122.025,30.035\n丙路,诊所,122.015,30.035\n", "", ""},
		"called name": {"名称,类别,经度,纬度,c4\n,医院,122.005,30.005,甲\n,诊所,122.025,30.035,乙\n,诊所,122.015,30.035,丙\n", "", ""},
	} {
		ds, iss := mustOpen(t, town(t, base, map[string]string{"clinics.csv": c.list}))
		column := ""
		for _, i := range find(iss, "facility.name_guessed") {
			column += i.Column
		}
		if column != c.column || ds.Facilities[1].Name != c.second {
			t.Errorf("%s: column %q, name %q", name, column, ds.Facilities[1].Name)
		}
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
