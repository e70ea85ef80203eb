package sketch

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"lifecircle/data/sample/sketch/plane"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// gridSpec is the population grid: cells of 3 arc seconds, about 80 m x 93 m.
func gridSpec() grid.Spec {
	const step = 1.0 / 1200
	return grid.Spec{CRS: "EPSG:4326", X0: 121.92, Y0: 30.52, DX: step, DY: step, Cols: 660, Rows: 480}
}

// cell is a populated cell: its place in the grid, its village, its people by
// group in the order of groups.
type cell struct {
	number  int32
	village int
	people  []int
}

// hamlet is a cluster of houses: people thin out around it.
type hamlet struct {
	at            plane.XY
	weight, sigma float64 // sigma in km
}

// minPerCell is the fewest people that a cell is given before rounding; thinner
// ones stay empty.
const minPerCell = 2.5

// populate shares the census out to cells.
func (l *land) populate() []cell {
	l.scaleVillages()
	byVillage := l.cellsByVillage()
	var cells []cell
	var all []float64
	for i, numbers := range byVillage {
		weights := l.weights(i, numbers)
		for k, w := range weights {
			if w > 0 {
				cells = append(cells, cell{number: numbers[k], village: i})
				all = append(all, w)
			}
		}
	}
	l.roundAll(cells, all)
	l.shareAges(cells)
	sort.Slice(cells, func(i, j int) bool { return cells[i].number < cells[j].number })
	return cells
}

// scaleVillages makes town and country add up to the census.
func (l *land) scaleVillages() {
	for _, s := range []struct {
		urban bool
		total float64
	}{{true, censusUrban}, {false, censusRural}} {
		sum := 0.0
		for _, v := range l.villages {
			if v.urban == s.urban {
				sum += v.people
			}
		}
		for i := range l.villages {
			if v := &l.villages[i]; v.urban == s.urban {
				v.people *= s.total / sum
			}
		}
	}
}

// cellsByVillage lists the cells whose centre lies in each village.
func (l *land) cellsByVillage() [][]int32 {
	spec, lists := gridSpec(), make([][]int32, len(l.villages))
	for i, shape := range l.shapes {
		b := shape.Bound()
		for row := int32((spec.Y0 - b.Max[1]) / spec.DY); row <= int32((spec.Y0-b.Min[1])/spec.DY); row++ {
			for col := int32((b.Min[0] - spec.X0) / spec.DX); col <= int32((b.Max[0]-spec.X0)/spec.DX); col++ {
				number := row*spec.Cols + col
				x, y := spec.Centre(number)
				if planar.MultiPolygonContains(shape, orb.Point{x, y}) {
					lists[i] = append(lists[i], number)
				}
			}
		}
	}
	return lists
}

// weights returns the people of village i cell by cell, not yet rounded.
func (l *land) weights(i int, numbers []int32) []float64 {
	v, r, spec := l.villages[i], plane.Random(4000+uint64(i)), gridSpec()
	places := hamlets(v, r)
	w := make([]float64, len(numbers))
	for k, number := range numbers {
		x, y := spec.Centre(number)
		p := plane.FromLonLat(orb.Point{x, y})
		for _, h := range places {
			if d := h.at.To(p) / h.sigma; d < 2.6 {
				w[k] += h.weight * math.Exp(-d*d/2)
			}
		}
		w[k] *= math.Exp(0.9 * (r.Float64() + r.Float64() - 1)) // houses are uneven
	}
	scaleTo(w, v.people)
	for k := range w {
		if w[k] < minPerCell {
			w[k] = 0
		}
	}
	scaleTo(w, v.people)
	return w
}

// hamlets lays out a village: a centre and a few clusters, small in the
// country, wide in town.
func hamlets(v village, r *rand.Rand) []hamlet {
	count, spread, sigma := 2+int(v.people/450), 0.75, 0.12
	if v.urban {
		count, spread, sigma = 5, 0.55, 0.2
	}
	list := []hamlet{{v.at, 1.6, sigma * 1.2}}
	for range min(count, 5) {
		angle, d := 2*math.Pi*r.Float64(), spread*(0.35+0.65*r.Float64())
		at := v.at.Add(d*math.Cos(angle), d*math.Sin(angle))
		list = append(list, hamlet{at, 0.4 + 0.6*r.Float64(), sigma * (0.6 + 0.6*r.Float64())})
	}
	return list
}

func scaleTo(w []float64, total float64) {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	for k := range w {
		w[k] *= total / sum
	}
}

// roundAll gives cells whole people, town and country exactly as counted.
func (l *land) roundAll(cells []cell, all []float64) {
	for _, s := range []struct {
		urban bool
		total int
	}{{true, censusUrban}, {false, censusRural}} {
		var at []int
		var want []float64
		for k := range cells {
			if l.villages[cells[k].village].urban == s.urban {
				at, want = append(at, k), append(want, all[k])
			}
		}
		for n, people := range wholes(want, nil, s.total) {
			cells[at[n]].people = append(make([]int, 0, len(groups)), people)
		}
	}
}

// shareAges fills in the age groups: older people where the village is old, as
// many in all as counted, never more than live in the cell.
func (l *land) shareAges(cells []cell) {
	r := plane.Random(5000)
	all, old := make([]float64, len(cells)), make([]float64, len(cells))
	for k, c := range cells {
		all[k] = float64(c.people[0])
		old[k] = all[k] * l.villages[c.village].old * (0.75 + 0.5*r.Float64())
	}
	sixty := byVillage(cells, old, all, groups[3].people)
	young, rest, eighty := make([]float64, len(cells)), make([]float64, len(cells)), make([]float64, len(cells))
	for k, c := range cells {
		rest[k] = all[k] - float64(sixty[k])
		share := max(0.1, 0.42-l.villages[c.village].old) // few children where people are old
		if l.villages[c.village].old < 0.1 {
			share = 0.01 // workers' quarters
		}
		young[k] = rest[k] * share * (0.6 + 0.8*r.Float64())
		eighty[k] = float64(sixty[k]) * (0.6 + 0.8*r.Float64())
	}
	under3 := byVillage(cells, young, rest, groups[1].people)
	for k := range rest {
		rest[k] -= float64(under3[k])
	}
	under7 := byVillage(cells, young, rest, groups[2].people)
	over80 := byVillage(cells, eighty, toFloats(sixty), groups[4].people)
	for k := range cells {
		cells[k].people = append(cells[k].people, under3[k], under7[k], sixty[k], over80[k])
	}
}

// byVillage is [wholes] first for the villages, then for the cells of each one:
// else the few that a thin cell has would always be rounded away. No village is
// left with none.
func byVillage(cells []cell, want, limit []float64, total int) []int {
	lists := map[int][]int{}
	for k, c := range cells {
		lists[c.village] = append(lists[c.village], k)
	}
	sums, limits := make([]float64, len(lists)), make([]float64, len(lists))
	for v, list := range lists {
		for _, k := range list {
			sums[v] += want[k]
			limits[v] += limit[k]
		}
	}
	out := make([]int, len(cells))
	for v, people := range atLeastOne(wholes(sums, limits, total)) {
		part, most := make([]float64, len(lists[v])), make([]float64, len(lists[v]))
		for n, k := range lists[v] {
			part[n], most[n] = want[k], limit[k]
		}
		for n, people := range wholes(part, most, people) {
			out[lists[v][n]] = people
		}
	}
	return out
}

// atLeastOne takes one from the largest for each that has none.
func atLeastOne(counts []int) []int {
	for v := range counts {
		if counts[v] == 0 {
			largest := slices.Index(counts, slices.Max(counts))
			counts[largest]--
			counts[v]++
		}
	}
	return counts
}

func toFloats(values []int) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

// wholes scales want to total and rounds it to whole numbers that add up to
// total exactly, by largest remainder. A limit, when given, is not passed: what
// is too much there goes to the others.
func wholes(want, limit []float64, total int) []int {
	scaled := append([]float64(nil), want...)
	for range 50 {
		scaleTo(scaled, float64(total))
		for k := range scaled {
			if limit != nil {
				scaled[k] = min(scaled[k], limit[k])
			}
		}
	}
	out, order, left := make([]int, len(want)), make([]int, 0, len(want)), total
	for k, v := range scaled {
		out[k] = int(v)
		left -= out[k]
		if limit == nil || float64(out[k]+1) <= limit[k] {
			order = append(order, k)
		}
	}
	sort.SliceStable(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return scaled[a]-float64(out[a]) > scaled[b]-float64(out[b])
	})
	for n := range left {
		out[order[n%len(order)]]++
	}
	return out
}
