package ground

import (
	"math"
	"strings"
	"unicode/utf8"

	"lifecircle/data/audit"
	"lifecircle/data/source"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Off is how far a point lies off the nearest land within the snapping
// distance, 0 on land.
func (k *Lookup) Off(p orb.Point) float64 {
	if k.Index.Find(p) >= 0 {
		return 0
	}
	_, d := k.Index.Nearest(p, k.SnapM)
	return d
}

// Metres rounds a distance for a message.
func Metres(d float64) int { return int(math.Round(d)) }

// FarFromZones says how far off the nearest zone is, for messages.
func (l *Ground) FarFromZones(p orb.Point) string {
	best := math.Inf(1)
	for _, lv := range l.Levels {
		_, d := lv.Index.Nearest(p, FarM)
		best = min(best, d)
	}
	if math.IsInf(best, 1) {
		return "> 50 km"
	}
	return source.People(best) + " m"
}

// Stated finds the zones that a list may mean by a word: by id or name, else by
// a name that the word ends with ("咸宁市咸安区"). Nil: none is so called.
func (l *Ground) Stated(word string) []int32 {
	zones, known := l.words[word]
	if !known {
		zones = l.meant(word)
		if l.words == nil || len(l.words) >= manyWords {
			l.words = map[string][]int32{}
		}
		l.words[strings.Clone(word)] = zones
	}
	return zones
}

// manyWords bounds what is remembered of words: lists name few zones in many rows.
const manyWords = 100_000

func (l *Ground) meant(word string) []int32 {
	if l.ByName == nil {
		l.ByName = map[string][]int32{}
		for i, z := range l.Dataset.Zones {
			for _, name := range []string{audit.PlainName(z.ID), audit.PlainName(z.Name)} {
				if list := l.ByName[name]; name != "" && (len(list) == 0 || list[len(list)-1] != int32(i)) {
					l.ByName[name] = append(list, int32(i))
				}
			}
		}
	}
	w := audit.PlainName(word)
	if found := l.ByName[w]; found != nil {
		return found
	}
	for i := range w {
		if tail := w[i:]; i > 0 && utf8.RuneCountInString(tail) >= 2 && l.ByName[tail] != nil && !isDigits(tail) {
			return l.ByName[tail]
		}
	}
	return nil
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// FarM is how far off the nearest zone may be for its distance to be told.
const FarM = 50e3

// OffZone is how far a point lies off a zone in metres, 0 inside, infinite over
// mostM. A small mostM makes it quick.
func (l *Ground) OffZone(z int32, p orb.Point, mostM float64) float64 {
	if l.single == nil {
		l.single = map[int32]*zonal.Index{}
	}
	x := l.single[z]
	if x == nil {
		x = zonal.New([]orb.MultiPolygon{l.Dataset.Zones[z].Geometry})
		l.single[z] = x
	}
	_, d := x.Nearest(p, mostM)
	return d
}
