package project

// Network is an entry of networks: an OpenStreetMap extract, or a layer of lines
// whose columns are named here.
type Network struct {
	Source
	Class   string            // column; "" all roads are of class Default
	Map     map[string]string // words of Class to classes; [SkipRoad] leaves a road out
	Default string            // class of roads whose word says none
	Speed   string            // column of km/h
	Oneway  string            // column
	Tags    map[string]string // keys of OpenStreetMap that columns fill: surface, access ...
	JoinM   float64           // ends of lines this near to another line meet it

	NoFerries bool // of an extract: its ferries are left out
}

// SkipRoad is the word of a map of classes for roads that are left out.
const SkipRoad = "skip"

// IsOSM reports whether the file is an OpenStreetMap extract.
func (n Network) IsOSM() bool { return isOSM(n.File) }

// Ferries is a table of boat services, or a layer of their lines. Fields are
// columns; "" found by name.
type Ferries struct {
	Source
	Name, From, To         string // of the service, and of its quays
	FromX, FromY, ToX, ToY string
	Quays                  *Quays // nil: every row says where its quays are
	Minutes                string // of sailing
	Boarding               string // minutes
	Out, Back              Times
	Passengers, Vehicles   string
	DaysLost, SeasonDays   string
}

// Times are the columns of a timetable in one direction.
type Times struct{ Departures, Headway, First, Last string }

// Quays is a file that says where quays are, by name.
type Quays struct {
	Source
	Name, X, Y, XY string // columns; "" found by name
}

// Friction says what the open ground is like.
type Friction struct {
	Line      int
	CellM     float64 // side of a cell; 0: the grid of the population, where that is a raster
	KMH       float64 // on land of which no land cover says otherwise
	LandCover *LandCover
	Shares    []Share
	Heights   []Source
	Slope     string // "tobler" ...; "" heights do not count
	Barriers  []Barrier
	Roads     string // profile whose speeds roads have in the friction mode; "" none
	Knights   bool   // 16 neighbours
}

// LandCover is a raster of classes of ground.
type LandCover struct {
	Source
	Band    int               // from 1
	Classes map[int32]float64 // km/h; 0 a barrier
}

// Share is a raster of the share of one class in every cell.
type Share struct {
	Source
	Band int // from 1
	KMH  float64
}

// Barrier is a layer of lines and areas that only roads cross.
type Barrier struct {
	Source
	Touch bool // areas close every cell that they touch, not only those whose centre they hold
}

// Moves reports whether the project says anything of moving other than straight.
func (p *Project) Moves() bool {
	return len(p.Networks)+len(p.Ferries) > 0 || p.Friction != nil
}
