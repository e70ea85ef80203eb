package sketch

import (
	"lifecircle/data/sample/sketch/plane"
	"lifecircle/data/sample/sketch/roadnet"

	"github.com/paulmach/orb"
)

// addRoads writes roads.geojson, paths.geojson and ferries.csv.
func (l *land) addRoads(files map[string][]byte, cells []cell, facilities []plane.XY) error {
	roads, err := l.drawRoads(cells, facilities)
	if err != nil {
		return err
	}
	var driven, walked []feature
	for _, r := range roads {
		line := make(orb.LineString, len(r.Line))
		for i, p := range r.Line {
			line[i] = p.LonLat()
		}
		if r.Class == roadnet.Path {
			walked = append(walked, feature{"Feature", map[string]any{"道路等级": r.Class}, shape{"LineString", line}})
			continue
		}
		oneway := "否"
		if r.Oneway {
			oneway = "是"
		}
		driven = append(driven, feature{"Feature", map[string]any{
			"道路等级": r.Class, "名称": r.Name, "限速": r.Class.LimitKMH(), "单向": oneway,
		}, shape{"LineString", line}})
	}
	if files["roads.geojson"], err = collection("roads", driven); err != nil {
		return err
	}
	if files["paths.geojson"], err = collection("paths", walked); err != nil {
		return err
	}
	files["ferries.csv"], err = l.ferryTable()
	return err
}
