package scaffold

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
)

type zoneFile struct {
	source
	id, name string // columns
	level    string
	rank     int
	count    int
	shifted  bool // looks like a web map's, in GCJ-02
}

// text is an attribute as people would write it.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

// levels from coarse to fine, and the words that files and attributes use.
var levels = []struct {
	level string
	words *regexp.Regexp
}{
	{"country", regexp.MustCompile(`(?i)country|nation|国界`)},
	{"province", regexp.MustCompile(`(?i)province|省`)},
	{"city", regexp.MustCompile(`(?i)prefecture|city|地市|地级|市界`)},
	{"island", regexp.MustCompile(`(?i)island|海岛`)},
	{"county", regexp.MustCompile(`(?i)county|counties|district|区县|县区|县界`)},
	{"town", regexp.MustCompile(`(?i)town|subdistrict|乡镇|街道|镇街`)},
	{"village", regexp.MustCompile(`(?i)village|community|行政村|社区`)},
}

// rankOf is the place of a level from coarse to fine, len(levels) when it is not
// known.
func rankOf(level string) int {
	for i, l := range levels {
		if l.level == level {
			return i
		}
	}
	return len(levels)
}

// zone takes a polygon layer for zones when a column can be the id.
func (l *look) zone(s source, c columns) bool {
	id := idColumn(c)
	if id < 0 {
		return false
	}
	z := zoneFile{source: s, id: c.names[id], name: c.name(nameColumn(c, id)), count: len(c.rows)}
	z.level = levelOf(s, c, id)
	z.rank = rankOf(z.level)
	z.shifted = c.find("adcode") >= 0 && (c.find("subFeatureIndex") >= 0 || c.find("acroutes") >= 0)
	l.zones = append(l.zones, z)
	return true
}

// idColumn prefers what is called a code, then any column that tells all rows
// apart.
func idColumn(c columns) int {
	for _, n := range []string{"adcode", "code", "代码", "区划代码", "行政区划代码", "gbcode", "GID_4", "GID_3", "GID_2", "GID_1", "GID_0", "pcode", "id", "编号", "编码", "osm_id", "fid"} {
		if i := c.find(n); i >= 0 && c.unique(i) {
			return i
		}
	}
	for i := range c.names {
		if c.unique(i) {
			return i
		}
	}
	return -1
}

func nameColumn(c columns, id int) int {
	if m := gadm.FindStringSubmatch(c.names[id]); m != nil {
		if i := c.find("NAME_" + m[1]); i >= 0 {
			return i
		}
	}
	if i, ok := c.roles["name"]; ok && i != id {
		return i
	}
	return -1
}

var gadm = regexp.MustCompile(`(?i)^GID_(\d)$`)

// levelOf reads the level from what the rows say of themselves, else from the
// length of their codes, else from the names of file and layer.
func levelOf(s source, c columns, id int) string {
	for _, n := range []string{"level", "级别", "ENGTYPE_4", "ENGTYPE_3", "ENGTYPE_2", "ENGTYPE_1", "admin_level_name"} {
		i := c.find(n)
		if i < 0 || len(c.rows) == 0 {
			continue
		}
		for _, l := range levels {
			if l.words.MatchString(c.rows[0][i]) {
				return l.level
			}
		}
	}
	if level := levelOfCode(c.rows[0][id]); level != "" {
		return level
	}
	for k := len(levels) - 1; k >= 0; k-- {
		if levels[k].words.MatchString(path.Base(s.file) + " " + s.layer) {
			return levels[k].level
		}
	}
	return "zone"
}

func levelOfCode(code string) string {
	if strings.Trim(code, "0123456789") != "" {
		return ""
	}
	switch {
	case len(code) == 2 || len(code) == 6 && strings.HasSuffix(code, "0000"):
		return "province"
	case len(code) == 4 || len(code) == 6 && strings.HasSuffix(code, "00"):
		return "city"
	case len(code) == 6:
		return "county"
	case len(code) == 9:
		return "town"
	case len(code) == 12:
		return "village"
	}
	return ""
}
