package data

import (
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
)

// Words of a share that open a facility to nobody are told with their place; the
// text is kept as it stands.
func TestShareThatNobodyUnderstands(t *testing.T) {
	project := strings.Replace(base, "{file: clinics.csv,", "{file: clinics.csv, share: 共享,", 1)
	dir := town(t, project, map[string]string{
		"clinics.csv": "编号,名称,经度,纬度,类别,共享\n1,甲,122.005,30.005,医院,全部\n2,乙,122.025,30.035,诊所,西县；west\n" +
			"3,丙,122.005,30.035,诊所,330922\n4,丁,122.006,30.035,诊所,也许\n5,戊,122.007,30.035,诊所,\n6,己,122.008,30.035,诊所,twin\n",
		"towns.geojson": strings.Replace(strings.Replace(towns, `"name":"town"`, `"name":"twin"`, 1), "]}}]}",
			`]}},{"type":"Feature","properties":{"code":"330922100","name":"twin"},"geometry":{"type":"Polygon","coordinates":[[[122.02,30],[122.03,30],[122.03,30.02],[122.02,30.02],[122.02,30]]]}}]}`, 1),
	})
	ds, iss := mustOpen(t, dir)
	var got []string
	for _, line := range brief(iss) {
		if strings.HasPrefix(line, "facility.share") {
			got = append(got, line)
		}
	}
	same(t, got, []string{
		"facility.share clinics.csv 3 共享 西县；west",
		"facility.share clinics.csv 5 共享 也许",
		"facility.share_ambiguous clinics.csv 7 共享 twin",
	})
	if i := slices.IndexFunc(ds.Facilities, func(f coverage.Facility) bool { return f.Name == "乙" }); ds.Facilities[i].Share != "西县；west" {
		t.Errorf("share %q", ds.Facilities[i].Share)
	}
	for _, i := range iss.List() {
		if i.Key == "facility.share" && i.Row == 3 && !strings.Contains(i.Message().EN, `"西县" in the share "西县；west" is no zone`) {
			t.Errorf("%s", i.Message().EN)
		}
	}
}
