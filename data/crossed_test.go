package data

import (
	"fmt"
	"testing"
)

// A zone like a figure of eight whose halves are of one size has no area by its
// ring. It is land all the same, and who stands on land is the same as once it is
// mended. No side runs through the centre of a cell.
func TestCrossedZoneIsLand(t *testing.T) {
	zones := func(eight, inside string) map[string]string {
		return map[string]string{
			"counties.geojson": `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"330921","name":"west"},"geometry":{"type":"Polygon","coordinates":[` + eight + `]}}]}`,
			"towns.geojson": `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"330921100","name":"town"},"geometry":{"type":"Polygon","coordinates":[` + inside + `]}}]}`,
			"clinics.csv": "编号,名称,经度,纬度,类别\n1,甲,122.002,30.02,医院\n2,乙,122.038,30.02,诊所\n",
		}
	}
	const bow, half = "[[122,30.002],[122.04,30.042],[122.04,30.002],[122,30.042],[122,30.002]]", "[[122,30.002],[122.02,30.022],[122,30.042],[122,30.002]]"
	for name, c := range map[string]struct {
		eight, towns string
		twoLevels    bool
	}{
		"alone":     {bow, half, false},
		"one child": {bow, half, true},
		"waist":     {"[[122,30.002],[122.02,30.022],[122.04,30.042],[122.04,30.002],[122.02,30.022],[122,30.042],[122,30.002]]", half, true},
		// By its ring it has a third of what it covers, less than the child.
		"unequal": {"[[122,30.002],[122.04,30.042],[122.04,30.012],[122,30.032],[122,30.002]]", half, true},
	} {
		var landmass [2][]int32
		for k, mend := range []string{"", ", mend: true"} {
			project := "land_snap_m: 0\nzones:\n  - {file: counties.geojson, id: code, name: name, level: county" + mend + "}\n"
			if c.twoLevels {
				project += "  - {file: towns.geojson, id: code, name: name, level: town}\n"
			}
			project += "population: [{file: all.asc}]\nfacilities: [{file: clinics.csv, kind: {column: 类别, map: {医院: hospital, 诊所: clinic}}}]\n"
			ds, _ := mustOpen(t, town(t, project, zones(c.eight, c.towns)))
			landmass[k] = append(landmass[k], ds.Demand.Landmass...)
			for _, f := range ds.Facilities {
				landmass[k] = append(landmass[k], f.Landmass)
				if f.Landmass < 0 {
					t.Errorf("%s%s: %s is off any land", name, mend, f.Name)
				}
			}
		}
		if fmt.Sprint(landmass[0]) != fmt.Sprint(landmass[1]) {
			t.Errorf("%s: landmasses %v, once mended %v", name, landmass[0], landmass[1])
		}
	}
}
