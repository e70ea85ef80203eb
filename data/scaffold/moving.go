package scaffold

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"lifecircle/coverage/message"
	"lifecircle/data/project"
	"lifecircle/data/roads"
	"lifecircle/data/terrain/hgt"
	"lifecircle/geo/network/profile"
)

// roadFile is a layer of lines that looks like roads.
type roadFile struct {
	source
	class, speed, oneway string // columns
	tags                 [][2]string
}

// ferryFile is a table of boat services, or a layer of their lines.
type ferryFile struct {
	source
	placed bool // it says where its quays are
}

var (
	roadName   = regexp.MustCompile(`(?i)road|street|highway|osm_line|道路|路网|公路|街道`)
	waterName  = regexp.MustCompile(`(?i)water|river|stream|lake|canal|barrier|fence|水系|河流|河道|湖泊|水域|沟渠|障碍`)
	heightName = regexp.MustCompile(`(?i)(^|[^a-z])(dem|dtm|srtm|elev(ation)?|heights?|alos|aster|copdem|gdem)([^a-z]|$)|高程`)
	coverName  = regexp.MustCompile(`(?i)land[ _-]?(cover|use)|worldcover|globeland|clcd|lulc|esri_lc|(^|[^a-z])lc([^a-z]|$)|地表覆盖|土地覆盖|土地利用|地类`)
)

// classColumn is the column with most values that are classes of road, when that
// is at least half of those filled in.
func classColumn(c columns) int {
	known := map[string]bool{}
	for _, k := range project.Classes(profile.Shipped()) {
		known[k] = true
	}
	best, most := -1, 0
	for i := range c.names {
		hits, filled := 0, 0
		for _, r := range c.rows {
			w := strings.ToLower(strings.TrimSpace(r[i]))
			if w == "" {
				continue
			}
			filled++
			if known[w] || roads.ClassOf(w) != "" || strings.HasPrefix(w, "track_grade") {
				hits++
			}
		}
		if hits*2 >= filled && hits > most {
			best, most = i, hits
		}
	}
	return best
}

// lines takes a layer of lines for roads, ferries or barriers; false when it
// looks like none of them.
func (l *look) lines(s source, c columns) bool {
	name := path.Base(s.file) + " " + s.layer
	class := classColumn(c)
	switch {
	case isFerry(name):
		l.ferries = append(l.ferries, ferryFile{s, true})
	case waterName.MatchString(name):
		l.barriers = append(l.barriers, s)
	case class >= 0 || roadName.MatchString(name):
		r := roadFile{source: s, class: c.name(class)}
		r.speed = c.name(c.find("maxspeed", "speed", "speed_kmh", "speed_limit", "限速", "车速", "速度"))
		r.oneway = c.name(c.find("oneway", "one_way", "单行", "单行线", "通行方向"))
		for _, key := range []string{"surface", "tracktype", "smoothness", "access"} {
			if i := c.find(key); i >= 0 {
				r.tags = append(r.tags, [2]string{key, c.name(i)})
			}
		}
		l.roads = append(l.roads, r)
	default:
		return false
	}
	return true
}

// ferryTable takes a table for boat services by its columns, or by its name.
func (l *look) ferryTable(s source, c columns) bool {
	roles := roads.FerryColumns(c.names)
	has := func(keys ...string) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { _, ok := roles[k]; return !ok })
	}
	placed := has("from_lon", "from_lat", "to_lon", "to_lat")
	if !placed && !(isFerry(s.file) && has("from", "to")) {
		return false
	}
	l.ferries = append(l.ferries, ferryFile{s, placed})
	return true
}

// ground takes a raster for heights or land cover by its name.
func (l *look) ground(r rasterFile) bool {
	base := path.Base(r.file)
	switch {
	case heightName.MatchString(base):
		l.heights = append(l.heights, r.file)
	case shareOf(base) != nil:
		l.shares = append(l.shares, r.file)
	case coverName.MatchString(base):
		l.covers = append(l.covers, r.file)
	default:
		return false
	}
	return true
}

// tile takes a tile of heights.
func (l *look) tile(name string) bool {
	if !hgt.Named(name) {
		return false
	}
	l.heights = append(l.heights, name)
	return true
}

// share is a class of ground by the words in the names of files, and a speed on
// foot off the roads, as AccessMod's tables have them.
type share struct {
	word *regexp.Regexp
	kmh  string
}

func shareWord(words, kmh string) share {
	return share{regexp.MustCompile(`(?i)(cover|lc|fraction|share|比例).*(` + words + `)|(` + words + `).*(cover|fraction|share|比例)`), kmh}
}

var shareWords = []share{
	shareWord("built|urban|建设", "5"), shareWord("bare|裸", "4"), shareWord("crop|耕", "4"), shareWord("grass|草", "4"), shareWord("moss|lichen", "4"), shareWord("shrub|灌", "3"),
	shareWord("tree|forest|林", "2"), shareWord("wetland|湿", "1"), shareWord("snow|ice|雪", "1"), shareWord("seasonal", "1"), shareWord("permanent|water|水", "0"),
}

func shareOf(base string) *share {
	for i := range shareWords {
		if shareWords[i].word.MatchString(base) {
			return &shareWords[i]
		}
	}
	return nil
}

// fewestShares is how many rasters of shares make a land cover.
const fewestShares = 3

// legends are the classes of widely used land covers, by their names, with
// speeds on foot off the roads.
var legends = []struct {
	name    *regexp.Regexp
	classes string
}{
	{regexp.MustCompile(`(?i)worldcover|esa_|esa-`), "10: 2, 20: 3, 30: 4, 40: 4, 50: 5, 60: 4, 70: 1, 80: 0, 90: 1, 95: 1, 100: 3"},
	{regexp.MustCompile(`(?i)globeland`), "10: 4, 20: 2, 30: 4, 40: 3, 50: 1, 60: 0, 70: 3, 80: 5, 90: 4, 100: 1"},
	{regexp.MustCompile(`(?i)clcd`), "1: 4, 2: 2, 3: 3, 4: 4, 5: 0, 6: 1, 7: 4, 8: 5, 9: 1"},
}

func legendOf(file string) string {
	for _, l := range legends {
		if l.name.MatchString(path.Base(file)) {
			return l.classes
		}
	}
	return ""
}

// chooseGround leaves what is no land cover to the list of unused files.
func (l *look) chooseGround() {
	if len(l.shares) < fewestShares {
		for _, f := range l.shares {
			l.unused = append(l.unused, source{file: f})
		}
		l.shares = nil
	}
}

// moving writes how people move: roads, ferries and ground.
func (w *writer) moving(l *look) {
	w.networks(l)
	w.ferries(l)
	w.friction(l)
}

func (w *writer) networks(l *look) {
	if len(l.networks) > 0 {
		w.comment("", "init.network", nil)
		w.line("networks:")
		for _, n := range l.networks {
			w.line("  - {file: %s}", quote(n))
		}
	} else if len(l.roads) > 0 {
		w.comment("", "init.roads", nil)
		w.line("networks:")
	}
	for _, r := range l.roads {
		off := ""
		if len(l.networks) > 0 {
			w.comment("  ", "init.roads_twice", message.Args{"file": r.file})
			off = "# "
		} else if r.class == "" {
			w.comment("  ", "init.no_class", nil)
		} else {
			w.comment("  ", "init.class", message.Args{"column": r.class})
		}
		tags := ""
		for i, t := range r.tags {
			if i > 0 {
				tags += ", "
			}
			tags += quote(t[0]) + ": " + quote(t[1])
		}
		if tags != "" {
			tags = ", tags: {" + tags + "}"
		}
		more := pairs("class", r.class, "speed", r.speed, "oneway", r.oneway)
		if more != "" {
			more = ", " + more
		}
		w.line("  %s- {%s%s%s}", off, r.pairs(), more, tags)
	}
}

func (w *writer) ferries(l *look) {
	var use, off []ferryFile
	for _, f := range l.ferries {
		if f.placed {
			use = append(use, f)
		} else {
			off = append(off, f)
		}
	}
	if len(use) > 0 {
		w.comment("", "init.ferries", nil)
		if len(l.networks) > 0 {
			w.comment("", "init.ferries_twice", nil)
		}
		w.line("ferries:")
		for _, f := range use {
			w.line("  - {%s}", f.pairs())
		}
	}
	for _, f := range off {
		w.comment("", "init.ferry_no_quays", message.Args{"file": f.file})
		w.line("# ferries: [{%s, quays: {file: quays.csv}}]", f.pairs())
	}
}

func (w *writer) friction(l *look) {
	legend := ""
	if len(l.covers) > 0 {
		legend = legendOf(l.covers[0])
	}
	if len(l.shares)+len(l.heights) > 0 || legend != "" {
		w.comment("", "init.friction", nil)
		w.line("friction:")
		switch {
		case len(l.shares) > 0:
			w.comment("  ", "init.shares", nil)
			w.line("  shares:")
			for _, f := range l.shares {
				w.line("    - {file: %s, kmh: %s}", quote(f), shareOf(path.Base(f)).kmh)
			}
		case legend != "":
			w.comment("  ", "init.landcover", nil)
			w.line("  landcover: {file: %s, classes: {%s}}", quote(l.covers[0]), legend)
		}
		if len(l.heights) > 0 {
			w.comment("  ", "init.heights", nil)
			w.line("  heights:")
			for _, f := range l.heights {
				w.line("    - {file: %s}", quote(f))
			}
		}
	}
	for i, f := range l.covers {
		if i > 0 || legend == "" || len(l.shares) > 0 {
			w.comment("", "init.landcover_unknown", message.Args{"file": f})
			w.line("# friction: {landcover: {file: %s, classes: {1: 4, 2: 2}}}", quote(f))
		}
	}
	if len(l.barriers) > 0 {
		var list []string
		for _, b := range l.barriers {
			list = append(list, fmt.Sprintf("{%s}", b.pairs()))
		}
		w.comment("", "init.barriers", nil)
		w.line("# friction: {barriers: [%s]}", strings.Join(list, ", "))
	}
}
