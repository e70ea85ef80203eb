// Package roads reads what people move over besides open ground: OpenStreetMap
// extracts and layers of lines into one [network.Graph], and tables of ferries
// into its services. The result is the folder's Dataset.Transport, without the
// ground, which package terrain adds. The central type is [Roads].
//
// It tells what was left out: roads of no class, faulty rows, ferries without a
// timetable, quays that no road comes near. It computes no travel times.
//
// Package linework brings sloppy ends of lines together; classes.yaml holds the
// words for classes of road, and columns.yaml those for columns of ferries.
package roads

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/osm"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
)

// Roads reads the networks and ferries of a project. The zones of Ground have to
// be read before: places are held against them. The zero value but for Ground is
// ready.
type Roads struct {
	*ground.Ground

	builder network.Builder
	lines   []layerLine
	own     []ownQuay // of tables of ferries
}

// Read makes the transport of a project that says anything of it.
func (r *Roads) Read() error {
	p := r.Project
	if !p.Moves() {
		return nil
	}
	t := &coverage.Transport{Profiles: p.Profiles, Boats: p.Boats, Snap: p.Snap}
	r.Dataset.Transport = t
	if len(p.Networks)+len(p.Ferries) == 0 {
		return nil
	}
	before := len(r.Failures)
	for _, part := range []func() error{r.readExtracts, r.readLayers, r.readFerries} {
		if err := part(); err != nil {
			return err // cancelled
		}
	}
	if len(r.Failures) > before {
		return nil
	}
	r.Progress.Report("progress.roads", 0, 0)
	g, built, err := r.builder.Build()
	if err != nil {
		return r.Fail(r.Name, err)
	}
	if g.Edges() == 0 {
		return r.Fail(r.Name, source.Refuse("roads.empty", r.Name, nil))
	}
	t.Roads = g
	r.reportBuilt(g, built)
	return r.Context.Err()
}

// readExtracts reads the OpenStreetMap extracts together, so that neighbours
// join.
func (r *Roads) readExtracts() error {
	files := r.extracts()
	if len(files) == 0 {
		return nil
	}
	o := osm.Options{Keys: slices.Sorted(maps.Keys(profileKeys(r.Project.Profiles))), Progress: r.Progress}
	report, err := osm.Fill(r.Context, files, &r.builder, o)
	if err != nil {
		return r.Fail(files[0].Name, err) // its message names the file at fault
	}
	r.reportExtracts(files, report)
	return nil
}

// extracts lists the extracts that can be opened.
func (r *Roads) extracts() []osm.File {
	var files []osm.File
	for _, e := range r.Project.Networks {
		if !e.IsOSM() {
			continue
		}
		probe, err := r.FS.Open(e.File)
		if err != nil {
			_ = r.Fail(e.File, source.NotReadable(e.File, err)) // a cancelled context is seen by the next part
			continue
		}
		probe.Close()
		files = append(files, osm.File{Name: e.File, Open: func() (io.ReadCloser, error) { return r.FS.Open(e.File) }, NoFerries: e.NoFerries})
	}
	return files
}

// reportExtracts records the files as sources and tells what could not be used.
func (r *Roads) reportExtracts(files []osm.File, report osm.Report) {
	var names []string
	for i, f := range files {
		rows := int64(0)
		if i == 0 { // of all: they are read as one
			rows = int64(report.Streets + report.Ferries)
		}
		r.Source(coverage.Source{Role: "network", File: f.Name, CRS: "EPSG:4326", Rows: rows})
		names = append(names, f.Name)
	}
	tell := func(key string, count int, args coverage.Args) {
		if count == 0 {
			return
		}
		all := coverage.Args{"count": count}
		maps.Copy(all, args)
		r.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: strings.Join(names, ", ")}, Key: key, Args: all})
	}
	var ways []string
	for _, id := range report.Examples {
		ways = append(ways, strconv.FormatInt(id, 10))
	}
	tell("roads.missing_nodes", report.MissingNodes, coverage.Args{"ways": strings.Join(ways, ", ")})
	tell("roads.turns_left_out", report.TurnsLeftOut, coverage.Args{"of": report.Turns + report.TurnsLeftOut})
	kmh, headway := r.assumed()
	tell("ferry.no_time", report.FerriesNoTime, coverage.Args{"of": report.Ferries, "kmh": kmh})
	tell("ferry.no_headway", report.FerriesNoHeadway, coverage.Args{"minutes": headway})
	if len(r.Project.Ferries) > 0 {
		tell("ferry.both", report.Ferries, nil)
	}
}

// assumed are the speed and the minutes between boats that are taken where none
// are known.
func (r *Roads) assumed() (kmh, headwayMin string) {
	b := r.Project.Boats
	speed, headway := b.KMH, b.HeadwayS
	if speed == 0 {
		speed = 15
	}
	if headway == 0 {
		headway = 3600
	}
	return short(speed), short(headway / 60)
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

// reportBuilt tells what the graph could not use.
func (r *Roads) reportBuilt(g *network.Graph, built network.BuildReport) {
	if built.BansUnused > 0 {
		r.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: r.Name}, Key: "roads.bans_unused", Args: coverage.Args{"count": built.BansUnused}})
	}
	for _, at := range built.QuaysAlone {
		ref, name := r.quayAt(at)
		r.Issues.Add(coverage.Issue{Ref: ref, Key: "ferry.quay_alone", Column: name, Value: source.PointText(at), Args: coverage.Args{"lon": at[0], "lat": at[1], "metres": quayReachM}})
	}
	r.reportClasses(g)
}

// quayReachM is how far off a road a quay may lie: the default of
// [network.Builder].
const quayReachM = 250

// reportClasses tells of speeds for classes that are neither usual nor among the
// roads: a slip of the pen.
func (r *Roads) reportClasses(g *network.Graph) {
	usual := project.Classes(profile.Shipped())
	there := map[string]bool{}
	for e := range g.Edges() {
		there[g.Tags(uint32(e)).Kind()] = true
	}
	for _, p := range r.Project.Profiles {
		for _, class := range slices.Sorted(maps.Keys(p.KMH)) {
			if !there[class] && !slices.Contains(usual, class) {
				r.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: r.Name}, Key: "roads.class_unused", Column: p.Name, Value: class})
			}
		}
	}
}

// profileKeys are the keys of tags that some profile looks at.
func profileKeys(profiles []profile.Profile) map[string]bool {
	keys := map[string]bool{"junction": true, "maxspeed:forward": true, "maxspeed:backward": true}
	for _, p := range profiles {
		for _, k := range slices.Concat(p.Access, p.Oneway) {
			keys[k] = true
		}
		for k := range p.Surface {
			key, _, _ := strings.Cut(k, "=")
			keys[key] = true
		}
	}
	return keys
}
