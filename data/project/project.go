package project

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"
)

// Project is a project.yaml as it stands, defaults filled in.
type Project struct {
	Name, Note, Credit coverage.Text
	CRS                string // of sources that do not say
	Zones              []Zones
	Population         []Population
	ScaleTo            *ScaleTo // nil when absent
	Facilities         []Facilities
	Kinds              string // file of words for kinds; "" when absent
	Land               Land
	LandJoinM          float64
	LandSnapM          float64
	ZoneSnapM          float64
	DegreeOfUrban      bool // settings by the degree of urbanisation, where zones state none
	CellRule           coverage.CellRule
	MaxBadShare        float64
	Networks           []Network
	Ferries            []Ferries
	Profiles           []profile.Profile // all that ship, with the project's changes, and its own
	Boats              network.Boats
	Snap               search.SnapOptions
	Friction           *Friction // nil when absent
	Standards          []Standard
}

// Source is a file and how to read it. Empty fields leave the choice to the
// reader.
type Source struct {
	File     string // cleaned, with slashes, inside the project's folder
	Layer    string
	Sheet    string
	CRS      string // "" when the entry does not say
	Encoding string
	Line     int // of the entry in project.yaml
}

// Zones is a file of zones of one level.
type Zones struct {
	Source
	ID, Name, Parent string // columns
	Level            string
	Setting          Setting
	Mend             bool // redraw polygons that cross themselves
}

// Setting says whether zones are urban or rural. The zero value does not.
type Setting struct {
	Fixed  coverage.Setting // SettingAny: by Column
	Column string
	Map    map[string]coverage.Setting
}

// Population is one entry of the population list: a raster, or points.
type Population struct {
	Source
	Group  string // of a raster
	Band   int    // of a raster, from 1
	Points *Points
}

// Points is a table of places with people.
type Points struct {
	X, Y, XY string // columns; "" found by name
	Groups   []Group
}

// Group says which column counts a group of people.
type Group struct{ Name, Column string }

// Facilities is a file of facilities. Fields but Kind are columns.
type Facilities struct {
	Source
	Kind                         Kind
	ID, Site, Name               string
	X, Y, XY                     string
	Capacity, Zone, Tier, Status string
	Opens, Closes, Mobile, Share string
	Delay                        string   // minutes that pass at the facility; never found by name
	Tags                         []TagRow // of an OpenStreetMap extract; nil: the table that ships
}

// TagRow says that things with all of some tags are of a kind.
type TagRow struct {
	Kind string
	Tags map[string][]string // values by key; an empty list is any value
}

// IsOSM reports whether the file is an OpenStreetMap extract.
func (f Facilities) IsOSM() bool { return isOSM(f.File) }

func isOSM(file string) bool { return strings.HasSuffix(strings.ToLower(file), ".pbf") }

// Others is what becomes of kinds that the map lacks.
type Others string

// The choices.
const (
	Skip  Others = "skip"  // left out, and counted
	Keep  Others = "keep"  // kept as they are written
	Error Others = "error" // a fault of the row
)

// Kind says what kind facilities are: one word for all, or a column.
type Kind struct {
	Word   string // "" : by Column
	Column string
	Map    map[string]string // nil: the words of the column are the kinds
	Others Others
}

// Land says what the landmasses are.
type Land struct {
	None bool
	Source
}

// FromZones reports whether the parts of the zones are the land.
func (l Land) FromZones() bool { return !l.None && l.File == "" }

// ScaleTo is census totals by zone that the people are scaled to.
type ScaleTo struct {
	Source
	Zone      string // column of ids or names of zones
	Groups    []ScaleGroup
	Level     string // of the zones that the totals are for; "" the one that most rows name
	Iterative bool   // iterative proportional fitting, else every group by itself
	Limit     float64
}

// ScaleGroup says which columns add up to the total of a group.
type ScaleGroup struct {
	Name    string
	Columns []string
}

// Standard is a shipped pack by its id, or a pack of the project by its path.
type Standard struct {
	ID   string
	File string
	Line int
}

// Level ranks that the program knows, coarse to fine. Other words may stand
// anywhere.
var levelRank = map[string]int{"country": 1, "province": 2, "city": 3, "prefecture": 3, "county": 4, "district": 4, "town": 5, "township": 5, "subdistrict": 5, "village": 6, "community": 6}

func defaults() *Project {
	return &Project{CRS: "EPSG:4326", LandJoinM: 50, LandSnapM: 1000, CellRule: coverage.CellCentre, MaxBadShare: 0.1, Profiles: profile.Shipped()}
}
