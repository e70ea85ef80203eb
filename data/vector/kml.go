package vector

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/vector/charset"

	"github.com/paulmach/orb"
)

func readKML(r *reader) error {
	f, err := r.fsys.Open(r.name)
	if err != nil {
		return unreadable(r.name, err)
	}
	defer f.Close()
	return parseKML(r, &ctxReader{r.ctx, f}, fileSize(f))
}

// parseKML reads every Placemark, in whatever folder. Attributes are its name,
// its description and its extended data, all of them text; KML is WGS 84.
func parseKML(r *reader, in io.Reader, size int64) error {
	if _, err := r.chooseLayer([]string{r.layer.Name}); err != nil {
		return err
	}
	k := &kml{reader: r, columns: map[string]int{}, dec: xml.NewDecoder(bufio.NewReaderSize(in, 1<<16))}
	k.dec.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		c, ok := charset.Named(name)
		if !ok {
			return nil, fmt.Errorf("unknown encoding %q", name)
		}
		return c.Reader(in), nil
	}
	r.layer.CRS = "EPSG:4326"
	if err := k.read(size); err != nil {
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		line, _ := k.dec.InputPos()
		return r.corrupt("KML", fmt.Sprintf("line %d", line), err)
	}
	return nil
}

// kml is a KML document on its way.
type kml struct {
	*reader
	dec     *xml.Decoder
	columns map[string]int
}

type placemark struct {
	Name        string `xml:"name"`
	Description string `xml:"description"`
	Data        []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value"`
	} `xml:"ExtendedData>Data"`
	Simple []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:",chardata"`
	} `xml:"ExtendedData>SchemaData>SimpleData"`
	kmlShapes
}

type kmlShapes struct {
	Points   []kmlCoordinates `xml:"Point"`
	Lines    []kmlCoordinates `xml:"LineString"`
	Polygons []kmlPolygon     `xml:"Polygon"`
	Multi    []kmlShapes      `xml:"MultiGeometry"`
}

type kmlCoordinates struct {
	Text string `xml:"coordinates"`
}

type kmlPolygon struct {
	Outer string   `xml:"outerBoundaryIs>LinearRing>coordinates"`
	Inner []string `xml:"innerBoundaryIs>LinearRing>coordinates"`
}

func (k *kml) read(size int64) error {
	for row, root := 1, true; ; {
		t, err := k.dec.Token()
		if errors.Is(err, io.EOF) && !root {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root && start.Name.Local != "kml" {
			return fmt.Errorf("its outer element is <%s>, not <kml>", start.Name.Local)
		}
		root = false
		if start.Name.Local != "Placemark" {
			continue
		}
		var p placemark
		if err := k.dec.DecodeElement(&p, &start); err != nil {
			return err
		}
		k.placemark(row, &p)
		row++
		if err := k.tick(k.dec.InputOffset(), size); err != nil {
			return err
		}
	}
}

func (k *kml) placemark(row int, p *placemark) {
	c := &kmlReader{}
	parts := c.shapes(&p.kmlShapes, 0)
	switch {
	case c.fault != nil:
		k.skip(row, c.fault)
		return
	case len(parts) == 0:
		k.skip(row, bad("vector.geometry.none", nil))
		return
	}
	if c.z {
		k.z++
	}
	var g orb.Geometry = parts
	if mp, ok := gather(nil, parts); ok && len(parts) > 1 {
		g = mp
	} else if len(parts) == 1 {
		g = parts[0]
	}
	k.add(row, g, k.values(p))
}

func (k *kml) values(p *placemark) []any {
	values := make([]any, len(k.layer.Columns))
	set := func(name, v string) {
		if v = strings.TrimSpace(v); v == "" {
			return
		}
		c, ok := k.columns[name]
		if !ok {
			c = len(k.layer.Columns)
			k.columns[name] = c
			k.layer.Columns = append(k.layer.Columns, name)
		}
		for len(values) <= c {
			values = append(values, nil)
		}
		values[c] = v
	}
	set("name", p.Name)
	set("description", p.Description)
	for _, d := range p.Data {
		set(d.Name, d.Value)
	}
	for _, d := range p.Simple {
		set(d.Name, d.Value)
	}
	return values
}

// kmlReader turns coordinate texts into geometries and keeps the first fault.
type kmlReader struct {
	z     bool
	fault *coverage.Error
}

func (c *kmlReader) shapes(s *kmlShapes, depth int) orb.Collection {
	var out orb.Collection
	for _, p := range s.Points {
		for _, at := range c.positions(p.Text) {
			out = append(out, at)
		}
	}
	for _, l := range s.Lines {
		out = append(out, orb.LineString(c.positions(l.Text)))
	}
	for _, p := range s.Polygons {
		poly := orb.Polygon{c.positions(p.Outer)}
		for _, hole := range p.Inner {
			poly = append(poly, c.positions(hole))
		}
		out = append(out, poly)
	}
	for i := range s.Multi {
		if depth < maxNesting {
			out = append(out, c.shapes(&s.Multi[i], depth+1)...)
		}
	}
	return out
}

// positions reads "lon,lat[,height]" tuples parted by white space.
func (c *kmlReader) positions(s string) []orb.Point {
	var ps []orb.Point
	for _, tuple := range strings.Fields(s) {
		numbers := strings.Split(tuple, ",")
		if len(numbers) < 2 || len(numbers) > 3 {
			c.fail(tuple)
			return nil
		}
		x, errX := strconv.ParseFloat(numbers[0], 64)
		y, errY := strconv.ParseFloat(numbers[1], 64)
		if errX != nil || errY != nil {
			c.fail(tuple)
			return nil
		}
		// Most writers put a height of 0 where there is none.
		c.z = c.z || len(numbers) == 3 && strings.Trim(numbers[2], "0.") != ""
		ps = append(ps, orb.Point{x, y})
	}
	return ps
}

func (c *kmlReader) fail(tuple string) {
	if c.fault == nil {
		c.fault = bad("vector.kml.coordinates", coverage.Args{"value": tuple})
	}
}
