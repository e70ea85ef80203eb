package ground

import (
	"strings"

	"lifecircle/coverage"
)

// findParents sets every zone's parent in the next coarser level: by the id or
// name that its source states, else by adcode prefix where all ids of both
// levels are codes, else by where a point inside it lies.
func (l *Ground) findParents(stated []string) {
	for i := 1; i < len(l.Levels); i++ {
		upper, lower := l.Levels[i-1], l.Levels[i]
		byName := l.names(upper)
		prefix := l.codes(upper) && l.codes(lower)
		for z := lower.First; z < lower.First+lower.Count; z++ {
			parent, ok := byName[stated[z]]
			if !ok && stated[z] != "" {
				l.zoneIssue("zone.unknown_parent", z, stated[z])
			}
			if !ok && prefix {
				parent, ok = l.byCode(upper, l.Dataset.Zones[z].ID)
			}
			if !ok {
				at := Interior(l.Dataset.Zones[z].Geometry)
				found := upper.Index.Find(at)
				parent, ok = int32(upper.First)+found, found >= 0
			}
			if !ok {
				l.zoneIssue("zone.no_parent", z, upper.Name)
				continue
			}
			l.Dataset.Zones[z].Parent = parent
		}
	}
}

func (l *Ground) zoneIssue(key string, zone int, value string) {
	z := l.Dataset.Zones[zone]
	l.Issues.Add(coverage.Issue{Ref: l.ZoneRefs[zone], Key: key, Value: value, Args: coverage.Args{"id": z.ID, "name": z.Name}})
}

// names maps the ids of a level, and its names that occur once, to zones.
func (l *Ground) names(lv Level) map[string]int32 {
	byName, count := map[string]int32{}, map[string]int{}
	zones := l.Dataset.Zones[lv.First : lv.First+lv.Count]
	for _, z := range zones {
		count[z.Name]++
	}
	for i, z := range zones {
		if count[z.Name] == 1 && z.Name != "" {
			byName[z.Name] = int32(lv.First + i)
		}
	}
	for i, z := range zones {
		byName[z.ID] = int32(lv.First + i)
	}
	return byName
}

// codes reports whether every id of a level is an administrative code: digits
// only, of a length that codes have.
func (l *Ground) codes(lv Level) bool {
	for _, z := range l.Dataset.Zones[lv.First : lv.First+lv.Count] {
		if !IsCode(z.ID) {
			return false
		}
	}
	return true
}

// IsCode reports whether an id is digits only, of a length that administrative
// codes have.
func IsCode(id string) bool {
	switch len(id) {
	case 2, 4, 6, 9, 12:
		return strings.Trim(id, "0123456789") == ""
	}
	return false
}

// Significant cuts the zeros that fill a code up: 420000 is province 42, 420100
// city 4201. Places end at 2, 4, 6, 9 and 12 digits.
func Significant(code string) string {
	for _, cut := range []int{9, 6, 4, 2} {
		if len(code) > cut && strings.Trim(code[cut:], "0") == "" {
			code = code[:cut]
		}
	}
	return code
}

func (l *Ground) byCode(upper Level, id string) (int32, bool) {
	code := Significant(id)
	for z := upper.First; z < upper.First+upper.Count; z++ {
		if p := Significant(l.Dataset.Zones[z].ID); len(p) < len(code) && strings.HasPrefix(code, p) {
			return int32(z), true
		}
	}
	return -1, false
}

// inheritSettings gives zones of unknown setting that of their parent, and then
// parents of unknown setting the one that all of their children share.
func inheritSettings(zones []coverage.Zone) {
	for i := range zones { // parents come first
		if p := zones[i].Parent; zones[i].Setting == coverage.SettingAny && p >= 0 {
			zones[i].Setting = zones[p].Setting
		}
	}
	const mixed = coverage.Setting(255)
	shared := make([]coverage.Setting, len(zones))
	children := make([]bool, len(zones))
	for i := len(zones) - 1; i >= 0; i-- {
		if zones[i].Setting == coverage.SettingAny && children[i] && shared[i] != mixed {
			zones[i].Setting = shared[i]
		}
		p := zones[i].Parent
		switch {
		case p < 0:
		case !children[p]:
			children[p], shared[p] = true, zones[i].Setting
		case shared[p] != zones[i].Setting:
			shared[p] = mixed
		}
	}
}
