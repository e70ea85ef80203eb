package roads

import (
	"slices"
	"strconv"
	"strings"

	"lifecircle/data/source"
	"lifecircle/data/table"
	"lifecircle/data/vector"
	"lifecircle/geo/network/profile"
)

// dialect says what the letters T, F and N mean in a column of one-way words.
type dialect struct {
	fromTo bool   // F along, T against, B both: layers made of OpenStreetMap extracts
	closed bool   // N closed both ways, beside FT and TF: layers of navigation data
	note   string // key of the issue that says so
}

// dialectOf looks at all words of the column: single letters mean different
// things beside different others.
func (l *layerReader) dialectOf() dialect {
	if l.oneway < 0 {
		return dialect{}
	}
	seen := map[string]bool{}
	for i := range l.layer.Features {
		seen[strings.ToLower(source.ValueText(l.layer.Features[i].Values, l.oneway))] = true
	}
	switch {
	case seen["b"] && (seen["f"] || seen["t"]):
		return dialect{fromTo: true, note: "roads.oneway_letters"}
	case seen["n"] && (seen["ft"] || seen["tf"]):
		return dialect{closed: true, note: "roads.oneway_closed"}
	}
	return dialect{}
}

// oneways are the words for one-way roads: 1 along the line, -1 against it, 0
// both ways, 2 closed to vehicles.
var oneways = map[string]int{
	"": 0, "no": 0, "n": 0, "0": 0, "false": 0, "f": 0, "b": 0, "both": 0, "bidirectional": 0, "twoway": 0, "tfft": 0, "fttf": 0, "ft/tf": 0,
	"否": 0, "双向": 0, "双行": 0, "双行道": 0, "双向通行": 0, "不是": 0, "无": 0,
	"yes": 1, "y": 1, "1": 1, "true": 1, "t": 1, "ft": 1, "forward": 1, "along": 1, "oneway": 1,
	"是": 1, "单向": 1, "单行": 1, "单行道": 1, "单向通行": 1, "正向": 1, "顺向": 1, "有": 1,
	"1.0": 1, "0.0": 0, "-1.0": -1,
	"-1": -1, "1reverse": -1, "reverse": -1, "backward": -1, "tf": -1, "against": -1, "反向": -1, "逆向": -1,
}

// sign reads a one-way word; false when it is none.
func (d dialect) sign(word string) (int, bool) {
	w := strings.ToLower(strings.TrimSpace(word))
	switch {
	case d.fromTo && w == "f":
		return 1, true
	case d.fromTo && w == "t":
		return -1, true
	case d.closed && w == "n":
		return 2, true
	}
	if s, ok := oneways[w]; ok {
		return s, true
	}
	s, ok := oneways[strings.NewReplacer(" ", "", "_", "", "-", "").Replace(w)]
	return s, ok
}

// onewayTags say which ways a road may be taken. A layer without a column says
// nothing of one-way roads: classes that are one-way by themselves are lines of
// both ways there.
func (l *layerReader) onewayTags(f *vector.Feature, class string) []profile.Tag {
	if l.oneway < 0 {
		if slices.ContainsFunc(l.Project.Profiles, func(p profile.Profile) bool { return slices.Contains(p.OnewayKinds, class) }) {
			return []profile.Tag{{Key: "oneway", Value: "no"}}
		}
		return nil
	}
	word := source.ValueText(f.Values, l.oneway)
	sign, ok := l.dialect.sign(word)
	if !ok {
		l.issue(f, "roads.oneway", l.entry.Oneway, word, nil, false)
	}
	switch sign {
	case 1:
		return []profile.Tag{{Key: "oneway", Value: "yes"}}
	case -1:
		return []profile.Tag{{Key: "oneway", Value: "-1"}}
	case 2:
		return []profile.Tag{{Key: "vehicle", Value: "no"}}
	}
	return []profile.Tag{{Key: "oneway", Value: "no"}} // also of a class that is one-way by itself
}

// maxLimitKMH is the highest speed limit that is believed.
const maxLimitKMH = 200

var speedUnits = strings.NewReplacer("km/h", "", "kmh", "", "kph", "", "公里/小时", "", "千米/小时", "", "公里/时", "", "公里每小时", "")

func (l *layerReader) speedTags(f *vector.Feature) []profile.Tag {
	if l.speed < 0 {
		return nil
	}
	cell := source.ValueText(f.Values, l.speed)
	v, state := table.Number(speedUnits.Replace(strings.ToLower(cell)))
	switch {
	case state == table.Missing || state == table.Good && v == 0: // 0 is how layers write that they do not know
		l.noSpeed++
		return nil
	case state == table.Bad || !(v >= 1 && v <= maxLimitKMH):
		l.issue(f, "roads.speed", l.entry.Speed, cell, nil, false)
		return nil
	}
	return []profile.Tag{{Key: "maxspeed", Value: strconv.FormatFloat(v, 'f', -1, 64)}}
}
