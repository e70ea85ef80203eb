package store

import (
	"math"
	"strings"
	"unicode/utf8"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Check reports whether a dataset can be kept without losing anything: columns
// of one length, indices in range, unique ids, finite numbers, closed rings,
// texts in UTF-8 without NUL, and a transport that can be travelled. The error is Unusable and names the first fault.
func Check(ds *coverage.Dataset) error {
	c := checker{ds: ds}
	c.texts("project", ds.Name.ZH, ds.Name.EN, ds.Note.ZH, ds.Note.EN, ds.Credit.ZH, ds.Credit.EN)
	c.land()
	c.zones()
	c.facilities()
	c.demand()
	c.transport()
	c.standards()
	for i, s := range ds.Sources {
		c.row(i, s.Role, s.File, s.Layer, s.CRS, s.SHA256)
	}
	for i, p := range ds.Packs {
		c.row(i, p.ID, p.YAML)
	}
	return c.err
}

// checker keeps the first fault.
type checker struct {
	ds    *coverage.Dataset
	layer string
	err   error
}

func (c *checker) fail(key string, args coverage.Args) {
	if c.err == nil {
		args["layer"] = c.layer
		c.err = &coverage.Error{Code: coverage.Unusable, Key: key, Args: args}
	}
}

func (c *checker) texts(layer string, texts ...string) {
	c.layer = layer
	c.row(0, texts...)
}

// row checks the texts of row i (from 0).
func (c *checker) row(i int, texts ...string) {
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			c.fail("store.text", coverage.Args{"row": i + 1})
		}
	}
}

func (c *checker) numbers(i int, numbers ...float64) {
	for _, x := range numbers {
		if math.IsNaN(x - x) {
			c.fail("store.number", coverage.Args{"row": i + 1})
		}
	}
}

// index checks that v is -1 or less than n.
func (c *checker) index(i int, v int32, n int64, column string) {
	if v < -1 || int64(v) >= n {
		c.fail("store.index", coverage.Args{"row": i + 1, "column": column, "value": v})
	}
}

// ids checks that ids are there and unique.
func (c *checker) ids(n int, id func(int) string) {
	seen := make(map[string]int, n)
	for i := range n {
		s := id(i)
		first, twice := seen[s]
		switch {
		case s == "":
			c.fail("store.no_id", coverage.Args{"row": i + 1})
		case twice:
			c.fail("store.duplicate", coverage.Args{"row": i + 1, "first": first + 1, "id": s})
		}
		seen[s] = i
	}
}

func (c *checker) polygons(i int, mp orb.MultiPolygon) {
	for _, p := range mp {
		if len(p) == 0 {
			c.fail("store.ring", coverage.Args{"row": i + 1})
		}
		for _, ring := range p {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				c.fail("store.ring", coverage.Args{"row": i + 1})
			}
			for _, at := range ring {
				c.numbers(i, at[0], at[1])
			}
		}
	}
}

func (c *checker) land() {
	c.layer = "land"
	for i := range c.ds.Land {
		c.polygons(i, c.ds.Land[i].Geometry)
	}
}

func (c *checker) zones() {
	c.layer = "zones"
	zones := c.ds.Zones
	c.ids(len(zones), func(i int) string { return zones[i].ID })
	for i := range zones {
		z := &zones[i]
		c.row(i, z.ID, z.Name, z.Level)
		c.index(i, z.Parent, int64(i), "parent") // parents stand before children
		c.setting(i, z.Setting)
		c.polygons(i, z.Geometry)
	}
}

func (c *checker) setting(i int, s coverage.Setting) {
	if s > coverage.Rural {
		c.fail("store.index", coverage.Args{"row": i + 1, "column": "setting", "value": uint8(s)})
	}
}

func (c *checker) facilities() {
	c.layer = "facilities"
	list := c.ds.Facilities
	c.ids(len(list), func(i int) string { return list[i].ID })
	for i := range list {
		f := &list[i]
		c.row(i, f.ID, f.Site, f.Name, f.Kind, f.Tier, f.Zone, f.Status, f.Opens, f.Closes, f.Share, f.Source.File, f.Source.Sheet)
		c.numbers(i, f.At[0], f.At[1], f.Capacity)
		c.index(i, f.Landmass, int64(len(c.ds.Land)), "landmass")
		if f.DelayS < 0 {
			c.value(i, "delay_s", f.DelayS)
		}
	}
}

func (c *checker) demand() {
	d := c.ds.Demand
	if d == nil {
		return
	}
	c.layer = "demand"
	c.texts(c.layer, append([]string{d.Grid.CRS}, d.Groups...)...)
	c.numbers(0, d.Grid.X0, d.Grid.Y0, d.Grid.DX, d.Grid.DY)
	c.ids(len(d.Groups), func(g int) string { return d.Groups[g] })
	if !c.demandLengths(d) {
		return
	}
	for i := range d.At {
		c.numbers(i, d.At[i][0], d.At[i][1])
		c.index(i, d.Cell[i], d.Grid.Cells(), "cell")
		c.index(i, d.Zone[i], int64(len(c.ds.Zones)), "zone")
		c.index(i, d.Landmass[i], int64(len(c.ds.Land)), "landmass")
		c.setting(i, d.Setting[i])
	}
	for _, people := range d.Pop {
		for i, v := range people {
			c.numbers(i, float64(v))
		}
	}
}

func (c *checker) demandLengths(d *coverage.DemandSet) bool {
	n := d.Len()
	same := len(d.Cell) == n && len(d.Zone) == n && len(d.Landmass) == n && len(d.Setting) == n && len(d.Pop) == len(d.Groups)
	for _, people := range d.Pop {
		same = same && len(people) == n
	}
	if !same || d.Grid.Cols < 0 || d.Grid.Rows < 0 {
		c.fail("store.columns", coverage.Args{})
		return false
	}
	return true
}

func (c *checker) standards() {
	c.layer = "standards"
	for i := range c.ds.Standards {
		s := &c.ds.Standards[i]
		c.row(i, append([]string{
			s.ID, s.Name.ZH, s.Name.EN, s.Document.ZH, s.Document.EN, s.Clause, s.Service, s.Group, s.Note.ZH, s.Note.EN,
		}, s.Kinds...)...)
		c.numbers(i, s.Target)
		for _, r := range s.Rules {
			c.row(i, r.Travel.Mode, r.Travel.As)
			c.numbers(i, r.Threshold.Metres, r.Travel.SpeedKMH, r.Travel.Detour)
			c.setting(i, r.Setting)
		}
	}
}
