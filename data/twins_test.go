package data

import (
	"strings"
	"testing"
)

// Names that are only the word of a kind are one place within 20 m, names of
// one's own within 500 m; 0.0001 degrees of latitude are 11 m here.
func TestNearDuplicates(t *testing.T) {
	list := "名称,类别,经度,纬度\n" +
		"école primaire,小学,122.005,30.005\nécole primaire,小学,122.006,30.005\n小学,小学,122.012,30.02\n小学,小学,122.012,30.0201\n" +
		"MAG Market,菜市场,122.005,30.01\nMAG Market,菜市场,122.0095,30.01\n"
	_, iss := mustOpen(t, town(t, strings.Replace(base, "map: {医院: hospital, 诊所: clinic}", "map: {小学: primary_school, 菜市场: market}", 1), map[string]string{"clinics.csv": list}))
	var rows []int
	var limits []any
	for _, i := range find(iss, "facility.near_duplicate") {
		rows, limits = append(rows, i.Row), append(limits, i.Args["limit"])
	}
	same(t, rows, []int{5, 7})
	same(t, limits, []any{20.0, 500.0})
}
