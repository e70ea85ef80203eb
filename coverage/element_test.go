package coverage

import (
	"errors"
	"testing"
)

// A facility of an OpenStreetMap extract has no row: its element is named.
func TestElements(t *testing.T) {
	osm := Ref{File: "a.osm.pbf", Sheet: "n4984954775"}
	if osm.Element() != "n4984954775" || (Ref{File: "a.gpkg", Sheet: "n4984954775"}).Element() != "" || (Ref{File: "a.osm.pbf"}).Element() != "" {
		t.Error("not told apart")
	}
	m := Issue{Ref: osm, Key: "facility.near_duplicate", Column: "name", Value: "b", Args: Args{
		"id": "n2", "first": "a", "first_id": "w1", "first_file": "a.osm.pbf", "first_row": 0, "first_element": "w1", "metres": 3, "limit": 100,
	}}.Message()
	if want := `a.osm.pbf node 4984954775, "name": "b" (n2) and "a" (w1) in a.osm.pbf way 1 are of one kind and 3 m apart (limit: 100 m), so they may be one; both count: delete one row if they are`; m.EN != want {
		t.Error(m.EN)
	}
	if want := "a.osm.pbf 节点 4984954775“name”：“b”（n2）与 a.osm.pbf 路径 1的“a”（w1）同类，相距 3 米（限 100 米），疑为重复；两者都计入，如确为同一处请删去一行"; m.ZH != want {
		t.Error(m.ZH)
	}
}

func TestCauseInChinese(t *testing.T) {
	cause := &Error{Key: "data.empty", Args: Args{"file": "a.csv"}}
	e := &Error{Key: "data.refused", Args: Args{"count": 1}, Err: errors.Join(cause)}
	if zh, en := e.In("zh"), e.In("en"); zh != "数据不可用，共 1 项：a.csv：没有数据行" || en != "the data cannot be used; faults: 1: a.csv: there are no rows" {
		t.Errorf("%s\n%s", zh, en)
	}
}
