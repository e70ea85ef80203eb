package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lifecircle/coverage/message"
	"lifecircle/coverage/standard"
)

// writer writes the project file.
type writer struct {
	systems map[where]system
	bytes.Buffer
	lang string
}

func (w *writer) say(key string, args message.Args) string {
	return strings.ReplaceAll(message.Render(w.lang, key, args), "\n", " ")
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) comment(indent, key string, args message.Args) {
	w.line("%s# %s", indent, w.say(key, args))
}

var plainWord = regexp.MustCompile(`^[\pL_][\pL\pN_./+-]*$`)

// quote writes a value so that YAML reads it back as this text.
func quote(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
	default:
		if plainWord.MatchString(s) {
			return s
		}
	}
	b, err := json.Marshal(s) // YAML 1.2 holds JSON
	if err != nil {
		return `""`
	}
	return string(b)
}

// pairs writes "key: value" for the values that are not empty.
func pairs(kv ...string) string {
	var out []string
	for i := 0; i+1 < len(kv); i += 2 {
		if kv[i+1] != "" {
			out = append(out, kv[i]+": "+quote(kv[i+1]))
		}
	}
	return strings.Join(out, ", ")
}

func (s source) pairs() string { return pairs("file", s.file, "layer", s.layer, "sheet", s.sheet) }

// system returns the coordinate system that fits a source, and says why in a
// comment.
func (w *writer) system(s source) string {
	found, ok := w.systems[where{s.file, s.layer + s.sheet}]
	if !ok { // a table of one sheet, a layer of its own name
		for at, other := range w.systems {
			if at.file == s.file && s.layer+s.sheet == "" {
				found, ok = other, true
			}
		}
	}
	if ok {
		w.comment("  ", found.key, found.args)
	}
	return found.code
}

func (w *writer) write(l *look, name string) {
	w.comment("", "init.head", nil)
	w.line("name: %s", quote(name))
	w.comment("", "init.crs", nil)
	w.line("crs: EPSG:4326")
	w.zones(l)
	w.population(l)
	w.census(l)
	w.facilities(l)
	w.land(l)
	w.moving(l)
	w.standards(l)
	w.rest(l)
}

func (w *writer) zones(l *look) {
	if len(l.zones) == 0 {
		w.comment("", "init.no_zones", nil)
		return
	}
	w.line("zones:")
	for _, z := range l.zones {
		w.comment("  ", "init.zones", message.Args{"count": z.count, "level": z.level})
		more := ""
		if z.shifted {
			w.comment("  ", "init.gcj02", nil)
			more = ", crs: GCJ-02"
		}
		w.line("  - {%s, %s%s}", z.pairs(), pairs("id", z.id, "name", z.name, "level", z.level), more)
	}
}

func (w *writer) population(l *look) {
	w.line("population:")
	for _, r := range l.rasters {
		if r.guess != "" {
			w.comment("  ", r.guess, message.Args{"groups": strings.Join(r.groups, ", ")})
		}
		for _, g := range r.groups {
			w.line("  - {%s, group: %s}", r.pairs(), quote(g))
		}
	}
	for i, p := range l.places {
		if len(l.rasters)+i > 0 {
			w.comment("  ", "init.people_twice", message.Args{"file": p.file})
			w.line("  # - {points: {%s, groups: {%s}}}", p.pairs(), groupPairs(p.groups))
			continue
		}
		w.comment("  ", "init.points", nil)
		more := ""
		if code := w.system(p.source); code != "" {
			more = "crs: " + code + ", "
		}
		w.line("  - {points: {%s, %sgroups: {%s}}}", p.pairs(), more, groupPairs(p.groups))
	}
}

func groupPairs(groups [][2]string) string {
	var kv []string
	for _, g := range groups {
		kv = append(kv, quote(g[0])+": "+quote(g[1]))
	}
	return strings.Join(kv, ", ")
}

func (w *writer) census(l *look) {
	for _, c := range l.census {
		w.comment("", "init.census", message.Args{"file": c.file})
		w.line("# scale_to: {%s, zone: %s, groups: {%s}}", c.pairs(), quote(c.zone), groupPairs(c.groups))
	}
}

func (w *writer) facilities(l *look) {
	switch {
	case len(l.lists) == 0 && len(l.networks) == 0:
		w.comment("", "init.no_facilities", nil)
		return
	case len(l.lists) == 0:
		w.line("facilities:")
		w.comment("  ", "init.osm", nil)
		w.line("  - {file: %s}", quote(l.networks[0]))
		return
	}
	w.line("facilities:")
	for _, f := range l.lists {
		if f.kind == "" {
			w.comment("  ", "init.kind_by_file", message.Args{"kind": f.word})
			system := w.system(f.source)
			w.line("  - {%s, %s}", f.pairs(), pairs("crs", system, "id", f.id, "name", f.name, "kind", f.word))
			continue
		}
		w.comment("  ", "init.kinds", message.Args{"column": f.kind})
		system := w.system(f.source)
		w.line("  - file: %s", quote(f.file))
		for _, kv := range [][2]string{{"layer", f.layer}, {"sheet", f.sheet}, {"crs", system}, {"id", f.id}, {"name", f.name}} {
			if kv[1] != "" {
				w.line("    %s: %s", kv[0], quote(kv[1]))
			}
		}
		w.kinds(f)
	}
}

// maxWords bounds the words that are listed for a column.
const maxWords = 60

func (w *writer) kinds(f listFile) {
	w.line("    kind:")
	w.line("      column: %s", quote(f.kind))
	w.line("      map:")
	for i, k := range f.words {
		rows := w.say("init.rows", message.Args{"rows": k.rows})
		switch {
		case k.word == "" || i >= maxWords && k.kind == "":
		case k.kind != "":
			w.line("        %s: %s # %s", quoteKey(k.word), quote(k.kind), rows)
		case k.guess != "":
			w.line("        # %s: %s # %s", quoteKey(k.word), quote(k.guess), rows+w.say("init.guess", nil))
		default:
			w.line("        # %s: # %s", quoteKey(k.word), rows)
		}
	}
	w.comment("      ", "init.others", nil)
	w.line("      others: skip")
}

// quoteKey quotes keys always: 60 and 1 would be numbers.
func quoteKey(s string) string {
	if q := quote(s); q != s {
		return q
	}
	return s
}

func (w *writer) land(l *look) {
	if len(l.land) > 0 {
		w.comment("", "init.land_file", nil)
		w.line("land: {%s}", l.land[0].pairs())
		return
	}
	if len(l.zones) > 0 {
		w.comment("", "init.land_zones", nil)
		w.line("land: zones")
	}
}

// standards names the shipped packs that the groups and kinds of the folder can
// answer.
func (w *writer) standards(l *look) {
	groups := map[string]bool{}
	for _, r := range l.rasters {
		for _, g := range r.groups {
			groups[g] = true
		}
	}
	if len(l.rasters) == 0 && len(l.places) > 0 {
		for _, g := range l.places[0].groups {
			groups[g[0]] = true
		}
	}
	have := map[string]bool{}
	for _, f := range l.lists {
		have[f.word] = true
		for _, k := range f.words {
			have[k.kind] = true
		}
	}
	var fit, rest []string
	for _, id := range standard.Shipped() {
		if answers(id, groups, have) {
			fit = append(fit, id)
		} else {
			rest = append(rest, id)
		}
	}
	if len(fit) > 0 {
		w.comment("", "init.standards", nil)
		w.line("standards: [%s]", strings.Join(fit, ", "))
	}
	if len(rest) > 0 {
		w.comment("", "init.more_standards", message.Args{"packs": strings.Join(rest, ", ")})
	}
}

// answers reports whether every standard of a pack that has a kind here is for a
// group that is here and needs no setting, and there is one.
func answers(id string, groups, have map[string]bool) bool {
	_, list, err := standard.Load(id)
	any := false
	for _, s := range list {
		if !slices.ContainsFunc(s.Kinds, func(k string) bool { return have[k] }) || !groups[s.Group] {
			return false
		}
		any = true
	}
	return err == nil && any
}

func (w *writer) rest(l *look) {
	if len(l.unused) == 0 {
		return
	}
	w.comment("", "init.unused", nil)
	for _, s := range l.unused {
		w.line("#   %s", strings.TrimSpace(strings.NewReplacer("\n", " ", "\r", " ").Replace(s.file+" "+s.layer+" "+s.sheet)))
	}
}
