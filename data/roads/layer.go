package roads

import (
	"cmp"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/roads/linework"
	"lifecircle/data/source"
	"lifecircle/data/vector"
	"lifecircle/geo/crs"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// layerLine is a road of a layer of lines.
type layerLine = linework.Line

// readLayers reads the layers of lines and lays all of them together, so that
// they join.
func (r *Roads) readLayers() error {
	for _, e := range r.Project.Networks {
		if e.IsOSM() {
			continue
		}
		if err := r.layer(e); err != nil {
			if err := r.Fail(e.File, err); err != nil {
				return err
			}
		}
	}
	if len(r.lines) == 0 {
		return nil
	}
	r.Progress.Report("progress.roads", 0, 0)
	laid, err := linework.Lay(r.Context, &r.builder, r.lines)
	if err != nil {
		return err
	}
	if laid.Lost > 0 {
		r.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: r.Name}, Key: "roads.no_length", Args: coverage.Args{"count": laid.Lost}})
	}
	if slices.ContainsFunc(r.Project.Networks, project.Network.IsOSM) {
		r.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: r.Name}, Key: "roads.mixed"})
	}
	return nil
}

// layerReader reads one layer of lines.
type layerReader struct {
	*Roads
	entry         project.Network
	layer         *vector.Layer
	crs           crs.CRS
	class         int // columns
	speed, oneway int
	tags          []tagColumn
	known         map[string]bool // classes that some profile has a speed for
	words         *classCounts
	dialect       dialect
	kept, skipped int64
	noSpeed       int // roads without a speed
}

// tagColumn is a column that fills a tag.
type tagColumn struct {
	key    string
	column int
}

func (r *Roads) layer(e project.Network) error {
	layer, c, err := r.ReadLayer(e.Source)
	if err != nil {
		return err
	}
	l := &layerReader{Roads: r, entry: e, layer: layer, crs: c, known: map[string]bool{}, words: newClassCounts()}
	for _, k := range project.Classes(r.Project.Profiles) {
		l.known[k] = true
	}
	if err := l.findColumns(); err != nil {
		return err
	}
	l.dialect = l.dialectOf()
	first := len(r.lines)
	for i := range layer.Features {
		l.read(&layer.Features[i])
	}
	r.Source(coverage.Source{Role: "network", File: e.File, Layer: layer.Name, CRS: c.Code(), Rows: layer.Rows})
	l.report(r.lines[first:])
	return r.JudgeShare(e.File, layer.Rows, layer.Rows-l.kept-l.skipped, l.kept)
}

func (l *layerReader) findColumns() error {
	read := profileKeys(l.Project.Profiles)
	type want struct {
		dst  *int
		name string
	}
	wants := []want{{&l.class, l.entry.Class}, {&l.speed, l.entry.Speed}, {&l.oneway, l.entry.Oneway}}
	var keys []string
	for key := range l.entry.Tags {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	l.tags = make([]tagColumn, 0, len(keys))
	for _, key := range keys {
		if !read[key] {
			l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.entry.File, Sheet: l.layer.Name}, Key: "roads.tag_unused", Column: l.entry.Tags[key], Value: key})
			continue
		}
		l.tags = append(l.tags, tagColumn{key: key})
		wants = append(wants, want{&l.tags[len(l.tags)-1].column, l.entry.Tags[key]})
	}
	for _, w := range wants {
		*w.dst = -1
		if w.name == "" {
			continue
		}
		if *w.dst = l.layer.Column(w.name); *w.dst < 0 {
			return source.Refuse("data.no_column", l.entry.File, coverage.Args{"sheet": l.layer.Name, "column": w.name, "columns": source.Join(l.layer.Columns)})
		}
	}
	return nil
}

// read takes a road. Its faults but those of its place leave it usable.
func (l *layerReader) read(f *vector.Feature) {
	lines, ok := linesOf(nil, f.Geometry)
	if !ok {
		l.issue(f, "roads.not_line", "", f.Geometry.GeoJSONType(), nil, true)
		return
	}
	tags, use := l.classTags(f)
	if !use {
		l.skipped++
		return
	}
	if !l.toWGS84(f, lines) {
		return
	}
	tags = append(tags, l.speedTags(f)...)
	tags = append(tags, l.onewayTags(f, profile.NewTags(tags...).Kind())...)
	for _, t := range l.tags {
		if v := source.ValueText(f.Values, t.column); v != "" {
			tags = append(tags, profile.Tag{Key: t.key, Value: v})
		}
	}
	l.kept++
	for _, line := range lines {
		l.lines = append(l.lines, layerLine{At: line, Tags: profile.NewTags(tags...), JoinM: l.entry.JoinM})
	}
}

func linesOf(list []orb.LineString, g orb.Geometry) ([]orb.LineString, bool) {
	switch g := g.(type) {
	case orb.LineString:
		return append(list, g), true
	case orb.MultiLineString:
		return append(list, g...), true
	case orb.Collection:
		ok := len(g) > 0
		for _, part := range g {
			if list, ok = linesOf(list, part); !ok {
				return nil, false
			}
		}
		return list, ok
	}
	return nil, false
}

// toWGS84 turns lines into WGS 84 in place.
func (l *layerReader) toWGS84(f *vector.Feature, lines []orb.LineString) bool {
	for _, line := range lines {
		for i, at := range line {
			if fault := l.crs.Check(at); fault != crs.None {
				l.issue(f, source.FaultKey(fault), "", source.PointText(at), coverage.Args{"crs": l.crs.Code()}, true)
				return false
			}
			line[i] = l.crs.ToWGS84(at)
		}
	}
	return true
}

func (l *layerReader) issue(f *vector.Feature, key, column, value string, args coverage.Args, fatal bool) {
	all := coverage.Args{}
	for k, v := range args {
		all[k] = v
	}
	if at := f.Geometry.Bound().Center(); l.crs.Check(at) == crs.None {
		p := l.crs.ToWGS84(at)
		all["lon"], all["lat"] = p[0], p[1]
	}
	l.Issues.Add(coverage.Issue{Ref: f.Ref, Key: key, Column: column, Value: value, Args: all, Fatal: fatal})
}

// report tells what words were read as, and what speeds do.
func (l *layerReader) report(lines []layerLine) {
	ref := coverage.Ref{File: l.entry.File, Sheet: l.layer.Name}
	l.words.report(l.Issues, ref, l.entry)
	if l.noSpeed > 0 {
		l.Issues.Add(coverage.Issue{Ref: ref, Key: "roads.no_speed", Column: l.entry.Speed, Args: coverage.Args{"count": l.noSpeed, "of": l.kept}})
	}
	if l.dialect.note != "" {
		l.Issues.Add(coverage.Issue{Ref: ref, Key: l.dialect.note, Column: l.entry.Oneway})
	}
	for _, p := range l.Project.Profiles {
		if p.MaxSpeed != "cap" || !slices.Contains(p.Access, "motor_vehicle") && !slices.Contains(p.Access, "motorcar") {
			continue
		}
		if n := capped(p, lines); n > 0 {
			l.Issues.Add(coverage.Issue{Ref: ref, Key: "roads.speed_capped", Column: l.entry.Speed, Value: p.Name, Args: coverage.Args{"count": n, "of": len(lines)}})
		}
	}
}

// capped counts the roads that a profile takes more slowly than their limit
// would let it: at the speed of their class.
func capped(p profile.Profile, lines []layerLine) int {
	use := p
	use.MaxSpeed = "use"
	n := 0
	for _, l := range lines {
		if l.Tags.Get("maxspeed") == "" {
			continue
		}
		bare := profile.NewTags(profile.Tag{Key: "highway", Value: l.Tags.Get("highway")}, profile.Tag{Key: "maxspeed", Value: l.Tags.Get("maxspeed")})
		a, b := p.Speeds(bare)
		c, d := use.Speeds(bare)
		if cmp.Compare(max(c, d), max(a, b)) > 0 {
			n++
		}
	}
	return n
}

// plain makes words comparable.
func plain(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}
