package sketch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"

	"lifecircle/data/raster"
	"lifecircle/data/sample/sketch/plane"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"
)

// fileNote stands in every GeoJSON file.
const fileNote = "示意数据：海岸线、村界、设施、道路均为虚构，仅名称与普查总数为公开事实。" +
	" Illustrative data: coasts, village borders, facilities and roads are invented; only names and census totals are public facts."

// Files draws the example and returns its files by name, all but project.yaml
// and the standards pack, which are written by hand.
func Files() (map[string][]byte, error) {
	l, err := drawLand()
	if err != nil {
		return nil, err
	}
	cells := l.populate()
	files := map[string][]byte{}
	if err := l.addZones(files); err != nil {
		return nil, err
	}
	if err := addPopulation(files, cells); err != nil {
		return nil, err
	}
	places, err := l.addFacilities(files, cells)
	if err != nil {
		return nil, err
	}
	return files, l.addRoads(files, cells, places)
}

// feature is one line of a GeoJSON file.
type feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   any            `json:"geometry"`
}

type shape struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// collection writes features a line each, so that a difference can be read.
func collection(name string, features []feature) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\"type\":\"FeatureCollection\",\"name\":%q,\"note\":%q,\"features\":[\n", name, fileNote)
	for i, f := range features {
		line, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteString(",\n")
		}
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Bytes(), nil
}

func zone(properties map[string]any, m orb.MultiPolygon) feature {
	return feature{"Feature", properties, shape{"MultiPolygon", m}}
}

// addZones writes county, towns and villages.
func (l *land) addZones(files map[string][]byte) error {
	var whole, townList, villageList []feature
	whole = append(whole, zone(map[string]any{"code": county, "name": "岱山县"}, polygons(l.coasts)))
	for _, t := range towns {
		var rings [][]plane.XY
		for _, p := range l.parts {
			if p.town == t.code {
				rings = append(rings, p.rings...)
			}
		}
		rings = append(rings, l.islets[t.code]...)
		townList = append(townList, zone(map[string]any{"code": t.code, "name": t.name, "county": county}, polygons(rings)))
	}
	for i, v := range l.villages {
		setting := "rural"
		if v.urban {
			setting = "urban"
		}
		villageList = append(villageList, zone(map[string]any{
			"code": v.code, "name": v.name, "town": v.town(), "setting": setting,
		}, l.shapes[i]))
	}
	for name, list := range map[string][]feature{"county": whole, "towns": townList, "villages": villageList} {
		b, err := collection(name, list)
		if err != nil {
			return err
		}
		files[name+".geojson"] = b
	}
	return nil
}

// addPopulation writes a grid a group. Cells where nobody lives are no data.
func addPopulation(files map[string][]byte, cells []cell) error {
	spec := gridSpec()
	for g, group := range groups {
		data := make([]float32, spec.Cells())
		for i := range data {
			data[i] = float32(math.NaN())
		}
		for _, c := range cells {
			data[c.number] = float32(c.people[g])
		}
		var out bytes.Buffer
		if err := raster.WriteGeoTIFF(&out, spec, data, -99999); err != nil {
			return err
		}
		files[group.file] = out.Bytes()
	}
	return nil
}

// addFacilities writes the lists of facilities and returns their places.
func (l *land) addFacilities(files map[string][]byte, cells []cell) ([]plane.XY, error) {
	rows, err := l.site(append(care(), daily()...), cells, 0)
	if err != nil {
		return nil, err
	}
	if files["facilities.xlsx"], err = workbook(rows); err != nil {
		return nil, err
	}
	var places []plane.XY
	for _, f := range rows {
		places = append(places, plane.FromLonLat(f.at))
	}
	if rows, err = l.site(schools(), cells, 1); err != nil {
		return nil, err
	}
	var features []feature
	for _, f := range rows {
		places = append(places, plane.FromLonLat(f.at))
		features = append(features, feature{"Feature", map[string]any{
			"名称": f.name, "类别": f.kind, "学位数": f.capacity, "所属乡镇": townName(f.town),
		}, shape{"Point", f.at}})
	}
	files["schools.geojson"], err = collection("schools", features)
	return places, err
}

func townName(code string) string {
	for _, t := range towns {
		if t.code == code {
			return t.name
		}
	}
	return ""
}

// workbook writes the list as a bureau would keep it.
func workbook(rows []facility) (_ []byte, err error) {
	book := excelize.NewFile()
	defer func() {
		if closeErr := book.Close(); err == nil {
			err = closeErr
		}
	}()
	const sheet = "设施"
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	lines := [][]any{{"名称", "类别", "经度", "纬度", "床位数", "所属乡镇"}}
	for _, f := range rows {
		var beds any
		if f.capacity > 0 {
			beds = f.capacity
		}
		lines = append(lines, []any{f.name, f.kind, f.at[0], f.at[1], beds, townName(f.town)})
	}
	for i, line := range lines {
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &line); err != nil {
			return nil, err
		}
	}
	if err := decorate(book, sheet); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

// decorate makes the sheet pleasant to open.
func decorate(book *excelize.File, sheet string) error {
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := book.SetCellStyle(sheet, "A1", "F1", bold); err != nil {
		return err
	}
	for column, width := range map[string]float64{"A": 36, "B": 20, "C": 12, "D": 12, "E": 9, "F": 12} {
		if err := book.SetColWidth(sheet, column, column, width); err != nil {
			return err
		}
	}
	return book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
