package coverage

import (
	"strings"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Text is a text in Chinese and English. An empty language falls back to the
// other one.
type Text struct {
	ZH string `json:"zh,omitempty" yaml:"zh"`
	EN string `json:"en,omitempty" yaml:"en"`
}

// In returns the text in lang ("zh" or "en"), or in the other language when
// that one is empty.
func (t Text) In(lang string) string {
	if lang == "zh" && t.ZH != "" || t.EN == "" {
		return t.ZH
	}
	return t.EN
}

// Dataset is everything that an analysis needs, checked and in WGS 84. It is
// immutable once validated; a scenario makes a new one that shares what it does
// not change.
type Dataset struct {
	Name       Text
	Note       Text // shown wherever results are shown, e.g. "illustrative data"
	Credit     Text // attribution that licences ask for
	Facilities []Facility
	Demand     *DemandSet
	Zones      []Zone     // parents before children
	Land       []Land     // landmasses by index; empty: unknown, the landmass rule is off
	Transport  *Transport // nil: straight lines only
	Standards  []Standard
	Sources    []Source // input files, in the order read
	Packs      []Pack   // the text of every standards pack in use
}

// Facility is one service at one place. A house with three services has three
// records and one Site.
type Facility struct {
	ID       string // unique in the dataset
	Site     string // the building; ID when not stated
	Name     string
	Kind     string // a kind word such as "hospital", "township_hospital"
	Tier     string
	At       orb.Point
	Capacity float64 // beds, places, seats; 0 when unknown
	Zone     string  // the zone that the source states, free text; may be empty
	Status   string  // "open" (also ""), "planned", "closed"
	Opens    string  // year or date, may be empty
	Closes   string
	Mobile   bool
	Share    string // who else may use it where a question sets borders (package border); empty: its own zone only
	DelayS   int32  // seconds that pass here besides the journey: parking, getting an ambulance out; >= 0
	Landmass int32  // index into Dataset.Land, -1 unknown or off every landmass
	Source   Ref
}

// Setting says whether people live in town or in the country.
type Setting uint8

// The settings. SettingAny in a rule means that it holds everywhere; in a
// demand row it means that the setting is unknown.
const (
	SettingAny Setting = iota
	Urban
	Rural
)

// String returns "all", "urban" or "rural", the words of the answers.
func (s Setting) String() string { return settingNames[s] }

var settingNames = [...]string{"all", "urban", "rural"}

// MarshalText writes the word of the setting.
func (s Setting) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word of a setting.
func (s *Setting) UnmarshalText(text []byte) error {
	for i, name := range settingNames {
		if string(text) == name {
			*s = Setting(i)
			return nil
		}
	}
	return &Error{Code: Invalid, Key: "setting.invalid", Args: Args{"value": string(text)}}
}

// Zone is an administrative or planning unit.
type Zone struct {
	ID       string // unique in the dataset
	Name     string
	Level    string // "city", "county", "town", "island" ...
	Parent   int32  // index of the enclosing zone of the next coarser level, -1 none
	Setting  Setting
	Geometry orb.MultiPolygon // rings closed, WGS 84
}

// Land is one landmass: an island, or a mainland. Straight lines do not leave it.
type Land struct {
	Geometry orb.MultiPolygon
}

// DemandSet is the people, a row a populated cell (or point), in columns of
// equal length. Under the area-weighted cell rule a cell on a border has one
// row for each zone that it touches, with its people shared out by area.
type DemandSet struct {
	Grid     grid.Spec   // zero when every row comes from a point table
	Cell     []int32     // cell number in Grid (row*Cols+col), -1 for a point; rows of one cell are adjacent
	At       []orb.Point // cell centre or point
	Zone     []int32     // index of the finest zone that holds it, -1 in no zone
	Landmass []int32     // index into Dataset.Land, -1 off every landmass
	Setting  []Setting
	Groups   []string    // names of the columns of Pop, "all" first when present
	Pop      [][]float32 // Pop[g][i] people of group g in row i
}

// Len is the number of rows.
func (d *DemandSet) Len() int { return len(d.At) }

// Group returns the people column of a group, or nil when there is none.
func (d *DemandSet) Group(name string) []float32 {
	for g, n := range d.Groups {
		if n == name {
			return d.Pop[g]
		}
	}
	return nil
}

// Source is an input file as it was read.
type Source struct {
	Role   string `json:"role"` // "project", "zones", "population", "facilities", "land", "standard"
	File   string `json:"file"` // relative to the project folder
	Layer  string `json:"layer,omitempty"`
	CRS    string `json:"crs,omitempty"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
}

// Pack is the text of a standards pack.
type Pack struct {
	ID   string
	YAML string
}

// Ref says where in the sources a value stands. Row counts as the reader's
// program shows it: from 1, header rows included; 0 when it has no rows.
type Ref struct {
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"` // sheet or layer; of an OpenStreetMap extract the element
	Row   int    `json:"row,omitempty"`
}

// Element is the element of an OpenStreetMap extract that r names, as "n12",
// "w34" or "r56"; "" of other sources.
func (r Ref) Element() string {
	if r.Row == 0 && len(r.Sheet) > 1 && strings.HasSuffix(strings.ToLower(r.File), ".pbf") {
		return r.Sheet
	}
	return ""
}
