package roadnet

import (
	"math"

	"lifecircle/data/sample/sketch/plane"
)

// Quarter is a town whose streets form a lattice.
type Quarter struct {
	Name     string
	At       plane.XY
	RadiusKM float64
	Turn     float64 // of the lattice, radians
	AlongKM  float64 // between streets
	AcrossKM float64
	Density  float64 // people per km2 from which there are streets
}

// knot is a crossing of a lattice.
type knot struct {
	at     plane.XY
	there  bool
	onRoad bool // moved onto a road that was there before
}

// layStreets draws the lattice of a quarter.
func (n *net) layStreets(q Quarter) {
	size := int(q.RadiusKM/min(q.AlongKM, q.AcrossKM)) + 1
	wide := 2*size + 1
	knots := make([]knot, wide*wide)
	for k := range knots {
		knots[k] = n.knot(q, k%wide-size, k/wide-size)
	}
	for along := range 2 {
		for row := range wide {
			list := make([]knot, wide)
			for k := range wide {
				if list[k] = knots[row*wide+k]; along == 1 {
					list[k] = knots[k*wide+row]
				}
			}
			n.streetsOf(list, q.Name+streetName(along, row-size))
		}
	}
}

// knot is a crossing, moved a little as streets are never quite straight.
func (n *net) knot(q Quarter, i, j int) knot {
	x, y := float64(i)*q.AlongKM, float64(j)*q.AcrossKM
	sin, cos := math.Sincos(q.Turn + 0.25*math.Sin(0.9*x+0.4*y))
	p := q.At.Add(x*cos-y*sin, x*sin+y*cos)
	r := plane.Random(plane.Hash(p))
	p = p.Add((r.Float64()-0.5)*0.03, (r.Float64()-0.5)*0.03)
	c := n.cellAt(p)
	if p.To(q.At) > q.RadiusKM || n.built[c] < q.Density || n.shore[c] < 0.06 {
		return knot{}
	}
	if at, d := n.nearestOld(p); d < 0.05 {
		return knot{at, true, true}
	}
	return knot{p, true, false}
}

// nearestOld is the nearest place on a road that is no street.
func (n *net) nearestOld(p plane.XY) (plane.XY, float64) {
	best, at := math.Inf(1), plane.XY{}
	if n.farness[n.cellAt(p)] > 0.12 {
		return at, best
	}
	for _, r := range n.roads {
		for i := 1; i < len(r.Line) && r.Class != Street; i++ {
			if q, d := plane.NearestOn(r.Line[i-1], r.Line[i], p); d < best {
				best, at = d, q
			}
		}
	}
	return at, best
}

// streetsOf makes streets of a row of crossings; now and then a block has none.
func (n *net) streetsOf(row []knot, name string) {
	var line []plane.XY
	end := func() {
		if len(line) > 1 {
			n.add(Road{Class: Street, Name: name, Line: line})
		}
		line = nil
	}
	for k := 1; k < len(row); k++ {
		a, b := row[k-1], row[k]
		open := a.there && b.there && !(a.onRoad && b.onRoad) && a.at.To(b.at) > 0.03
		if !open || plane.Random(plane.Hash(a.at)*7+plane.Hash(b.at)).IntN(11) == 0 || !n.dry([]plane.XY{a.at, b.at}) {
			end()
			continue
		}
		if line == nil {
			line = []plane.XY{a.at}
		}
		line = append(line, b.at)
	}
	end()
}

// streetName numbers the streets of a town from its middle.
func streetName(along, row int) string {
	sides, kind := [2]string{"南", "北"}, "街"
	if along == 1 {
		sides, kind = [2]string{"西", "东"}, "路"
	}
	digits := []rune("零一二三四五六七八九十")
	number := func(v int) string {
		switch {
		case v <= 10:
			return string(digits[v])
		case v < 20:
			return "十" + string(digits[v-10])
		}
		s := string(digits[v/10]) + "十"
		if v%10 > 0 {
			s += string(digits[v%10])
		}
		return s
	}
	switch {
	case row < 0:
		return sides[0] + number(-row) + kind
	case row > 0:
		return sides[1] + number(row) + kind
	}
	return "中" + kind
}
