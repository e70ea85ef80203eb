package crs

import (
	"math"
	"strings"
)

// FromWKT reads the text of a .prj file or of a layer definition: WKT 1 in the
// OGC and the ESRI spelling, and WKT 2 when it ends with an EPSG code. A system
// is recognised by the EPSG code at its end or else by projection and
// parameters, and only when datum, units and parameters all agree with it: a
// file on the Beijing 1954 or Xi'an 1980 datum, in feet, with a meridian of its
// own, or that contradicts its own code gives false. So does any text that is
// not WKT. Where a 3-degree and a 6-degree code name the same projection, the
// name of the file decides, and 3-degree is taken when it does not say.
func FromWKT(prj string) (CRS, bool) {
	root, err := parseWKT(prj)
	if err != nil {
		return CRS{}, false
	}
	if root.word == "COMPD_CS" || root.word == "COMPOUNDCRS" {
		if root = root.child("PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "GEODCRS"); root == nil {
			return CRS{}, false
		}
	}
	if !sameDatum(root) {
		return CRS{}, false
	}
	switch root.word {
	case "GEOGCS":
		return fromGeogCS(root)
	case "PROJCS":
		return fromProjCS(root)
	case "PROJCRS", "GEOGCRS", "GEODCRS":
		return codeOf(root)
	}
	return CRS{}, false
}

// datums are WGS 84 and CGCS2000 as the programs spell them, squeezed, without
// the leading D_ of ESRI.
var datums = map[string]int32{
	"wgs1984": 4326, "wgs84": 4326, "worldgeodeticsystem1984": 4326, "worldgeodeticsystem1984ensemble": 4326,
	"china2000": 4490, "cgcs2000": 4490, "chinageodeticcoordinatesystem2000": 4490,
	"chinesegeodeticcoordinatesystem2000": 4490,
}

// datumCode returns 4326, 4490, or 0 for another datum.
func datumCode(root *node) int32 {
	d := root.find("DATUM", "ENSEMBLE")
	name := squeeze(strings.TrimPrefix(d.name(), "D_"))
	return datums[name]
}

// sameDatum reports whether root is on WGS 84 or CGCS2000, with their ellipsoid,
// Greenwich and no shift.
func sameDatum(root *node) bool {
	if datumCode(root) == 0 {
		return false
	}
	s := root.find("SPHEROID", "ELLIPSOID")
	if s == nil || len(s.numbers) < 2 || !near(s.numbers[0], 6378137, 1e-3) || !near(s.numbers[1], 298.2572, 1e-4) {
		return false
	}
	if p := root.find("PRIMEM"); p != nil && (len(p.numbers) == 0 || p.numbers[0] != 0) {
		return false
	}
	if t := root.find("TOWGS84"); t != nil {
		for _, v := range t.numbers {
			if v != 0 {
				return false
			}
		}
	}
	return true
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// codeOf reads the AUTHORITY or ID of n itself.
func codeOf(n *node) (CRS, bool) {
	id := n.child("AUTHORITY", "ID")
	if !strings.EqualFold(id.name(), "EPSG") {
		return CRS{}, false
	}
	var code string
	if len(id.texts) > 1 {
		code = id.texts[1]
	} else if len(id.numbers) > 0 && id.numbers[0] == math.Trunc(id.numbers[0]) && near(id.numbers[0], 0, 1e6) {
		c, ok := fromEPSG(int32(id.numbers[0]))
		return c, ok
	}
	c, err := Parse("EPSG:" + code)
	return c, err == nil
}

func fromGeogCS(n *node) (CRS, bool) {
	if u := n.child("UNIT"); u == nil || len(u.numbers) == 0 || !near(u.numbers[0], degree, 1e-12) {
		return CRS{}, false
	}
	c, ok := fromEPSG(datumCode(n))
	if stated, known := codeOf(n); known && stated != c {
		return CRS{}, false
	}
	return c, ok
}

func fromProjCS(n *node) (CRS, bool) {
	if u := n.child("UNIT"); u == nil || len(u.numbers) == 0 || u.numbers[0] != 1 {
		return CRS{}, false
	}
	if g := n.child("GEOGCS"); g == nil {
		return CRS{}, false
	} else if _, ok := fromGeogCS(g); !ok {
		return CRS{}, false
	}
	stated, known := codeOf(n)
	switch squeeze(n.child("PROJECTION").name()) {
	case "transversemercator", "gausskruger":
		return matchTransverse(n, stated, known)
	case "mercatorauxiliarysphere", "popularvisualisationpseudomercator":
		return webMercator(n, known && stated.kind != kindWebMercator)
	case "mercator1sp":
		// Only with its code: Mercator on the ellipsoid looks the same otherwise.
		return webMercator(n, !known || stated.kind != kindWebMercator)
	}
	return CRS{}, false
}

func webMercator(n *node, refused bool) (CRS, bool) {
	p := parameters(n)
	for _, name := range []string{"falseeasting", "falsenorthing", "centralmeridian", "standardparallel1", "latitudeoforigin", "auxiliaryspheretype"} {
		if p[name] != 0 {
			return CRS{}, false
		}
	}
	if s, ok := p["scalefactor"]; refused || ok && s != 1 {
		return CRS{}, false
	}
	return fromEPSG(3857)
}

// parameters returns the parameters by squeezed name. One without a number
// counts as NaN, which agrees with nothing.
func parameters(n *node) map[string]float64 {
	all := map[string]float64{}
	for _, c := range n.children {
		if c.word != "PARAMETER" {
			continue
		}
		v := math.NaN()
		if len(c.numbers) > 0 {
			v = c.numbers[0]
		}
		all[squeeze(c.name())] = v
	}
	return all
}

// matchTransverse finds the code whose parameters are those of n: the stated
// one, or else the best of all.
func matchTransverse(n *node, stated CRS, known bool) (CRS, bool) {
	p := parameters(n)
	if !near(p["latitudeoforigin"], 0, 1e-9) {
		return CRS{}, false
	}
	if _, ok := p["centralmeridian"]; !ok {
		return CRS{}, false
	}
	scale, ok := p["scalefactor"]
	if !ok {
		scale = 1
	}
	fits := func(c CRS) bool {
		return c.kind == kindTransverse && near(c.tm.lon0, p["centralmeridian"], 1e-9) && near(c.tm.scale, scale, 1e-12) &&
			near(c.tm.falseEast, p["falseeasting"], 1e-3) && near(c.tm.falseNorth, p["falsenorthing"], 1e-3)
	}
	if known {
		if !fits(stated) {
			return CRS{}, false
		}
		return stated, true
	}
	return bestTransverse(n.name(), fits)
}

// bestTransverse looks through every code; of a 3-degree and a 6-degree one the
// name decides.
func bestTransverse(name string, fits func(CRS) bool) (CRS, bool) {
	if c, err := Parse(name); err == nil && fits(c) {
		return c, true
	}
	var found CRS
	for _, r := range [][2]int32{{4491, 4554}, {32601, 32660}, {32701, 32760}} {
		for code := r[0]; code <= r[1]; code++ {
			if c, _ := fromEPSG(code); fits(c) {
				found = c // the 3-degree codes come last
			}
		}
	}
	return found, !found.IsZero()
}
