package sketch

import (
	"fmt"
	"slices"
	"strings"

	"lifecircle/data/sample/sketch/plane"
	"lifecircle/data/sample/sketch/roadnet"

	"github.com/paulmach/orb"
)

// drawRoads draws the roads of every island that people live on, and the
// bridges between them.
func (l *land) drawRoads(cells []cell, facilities []plane.XY) ([]roadnet.Road, error) {
	at := l.placeQuays()
	for _, v := range l.villages {
		at[v.name] = v.at
	}
	var all []roadnet.Road
	list := append(slices.Clone(courses), l.bridgeheads(at)...)
	for i, is := range islands {
		island := roadnet.Island{Coast: l.coasts[i], Spots: l.spotsOf(is.key, cells), Foot: footIslands[is.key], Villages: l.villagesOf(is.key)}
		for _, c := range list {
			if c.island != is.key {
				continue
			}
			laid, err := c.laid(at)
			if err != nil {
				return nil, err
			}
			island.Courses = append(island.Courses, laid)
		}
		for _, q := range quarters {
			if q.island == is.key {
				island.Quarters = append(island.Quarters, q.Quarter)
			}
		}
		for _, p := range facilities {
			if plane.Inside(l.coasts[i], p) {
				island.Facilities = append(island.Facilities, p)
			}
		}
		all = append(all, roadnet.Draw(island)...)
	}
	return append(all, l.span()...), nil
}

// laid is the course by places instead of names.
func (c course) laid(at map[string]plane.XY) (roadnet.Course, error) {
	out := roadnet.Course{Class: c.class, Name: c.name}
	for _, name := range c.by {
		p, ok := at[name]
		if !ok {
			return out, fmt.Errorf("%s: no such place %q", c.name, name)
		}
		out.By = append(out.By, p)
	}
	return out, nil
}

// islandOf is the island of a part.
func islandOf(part string) string {
	key, _, _ := strings.Cut(part, "/")
	return key
}

// spotsOf are the populated cells of an island.
func (l *land) spotsOf(key string, cells []cell) []roadnet.Spot {
	spec, spots := gridSpec(), []roadnet.Spot(nil)
	for _, c := range cells {
		if islandOf(l.villages[c.village].part) == key {
			x, y := spec.Centre(c.number)
			spots = append(spots, roadnet.Spot{At: plane.FromLonLat(orb.Point{x, y}), People: float64(c.people[0])})
		}
	}
	return spots
}

func (l *land) villagesOf(key string) []roadnet.Village {
	var list []roadnet.Village
	for _, v := range l.villages {
		if islandOf(v.part) == key {
			list = append(list, roadnet.Village{Name: v.name, At: v.at, People: v.people})
		}
	}
	return list
}

// bridgeheads adds the ends of bridges to the known places, and returns the
// courses that lead to them.
func (l *land) bridgeheads(at map[string]plane.XY) []course {
	var list []course
	for _, b := range bridges {
		for k, island := range [2]string{b.from, b.to} {
			head := fmt.Sprintf("%s%d", b.name, k)
			at[head] = l.onCoast(island, [2]plane.XY{b.at, b.opposite}[k])
			list = append(list, course{island, b.class, b.name + "连接线", []string{head, b.ends[k]}})
		}
	}
	return list
}

// span draws the bridges.
func (l *land) span() []roadnet.Road {
	var out []roadnet.Road
	for _, b := range bridges {
		p, q := l.onCoast(b.from, b.at), l.onCoast(b.to, b.opposite)
		var line []plane.XY
		const pieces = 12
		for k := range pieces + 1 {
			t := float64(k) / pieces
			aside := 4 * t * (1 - t) * b.sagKM / p.To(q)
			at := p.Add((q[0]-p[0])*t-(q[1]-p[1])*aside, (q[1]-p[1])*t+(q[0]-p[0])*aside)
			line = append(line, at.Written())
		}
		out = append(out, roadnet.Road{Class: b.class, Name: b.name, Line: line})
	}
	return out
}
