package scaffold

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ageSex finds age and sex in the names of WorldPop files: pop_60_f, chn_f_60.
var ageSex = regexp.MustCompile(`(?i)(?:^|[_.-])(?:([fm])[_-](\d{1,2})|(\d{1,2})[_-]([fm]))(?:[_.-]|$)`)

func ageOf(name string) (age int, sexed bool) {
	m := ageSex.FindStringSubmatch(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	if m == nil {
		return 0, false
	}
	age, _ = strconv.Atoi(m[2] + m[3]) // digits by the pattern
	return age, true
}

// choose settles what only the folder as a whole can tell.
func (l *look) choose() {
	if len(l.rasters) == 0 && len(l.others) == 1 && len(l.places) == 0 {
		l.rasters, l.others = l.others, nil
		l.rasters[0].guess = "init.only_raster"
	}
	for _, r := range l.others {
		l.unused = append(l.unused, r.source)
	}
	l.chooseGrid()
	l.chooseGroups()
	l.chooseGround()
	l.sortZones()
	l.zones = slices.DeleteFunc(l.zones, func(z zoneFile) bool {
		first := slices.IndexFunc(l.zones, func(o zoneFile) bool { return o.level == z.level })
		again := l.zones[first].file == z.file && l.zones[first].layer == z.layer
		if !again && l.zones[first].count >= z.count {
			l.unused = append(l.unused, z.source) // a level twice would count people once for each
			return true
		}
		return false
	})
	if len(l.land) > 1 {
		l.unused = append(l.unused, l.land[1:]...)
		l.land = l.land[:1]
	}
	slices.SortFunc(l.unused, func(a, b source) int { return strings.Compare(a.file+a.layer, b.file+b.layer) })
}

// sortZones puts the zones in order, coarse to fine. Those whose level is not
// known go before the first level of more zones: the border of a whole city is
// coarser than its districts.
func (l *look) sortZones() {
	slices.SortStableFunc(l.zones, func(a, b zoneFile) int { return a.rank - b.rank })
	first := slices.IndexFunc(l.zones, func(z zoneFile) bool { return z.rank == len(levels) })
	if first < 0 {
		return
	}
	unknown := slices.Clone(l.zones[first:])
	l.zones = l.zones[:first]
	for _, z := range unknown {
		at := slices.IndexFunc(l.zones, func(o zoneFile) bool { return o.count > z.count })
		if at < 0 {
			at = len(l.zones)
		}
		l.zones = slices.Insert(l.zones, at, z)
	}
}

// chooseGrid keeps the rasters on the grid that most of them share.
func (l *look) chooseGrid() {
	best, most := 0, 0
	for i, r := range l.rasters {
		n := 0
		for _, o := range l.rasters {
			if r.spec.SameAs(o.spec) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if len(l.rasters) == 0 {
		return
	}
	spec := l.rasters[best].spec
	l.rasters = slices.DeleteFunc(l.rasters, func(r rasterFile) bool {
		if r.spec.SameAs(spec) {
			return false
		}
		l.unused = append(l.unused, r.source)
		return true
	})
}

// chooseGroups makes groups of age and sex: the old of those of 60 and over, all
// of every file, unless a file of all people is there too.
func (l *look) chooseGroups() {
	total, young := false, false
	for _, r := range l.rasters {
		age, sexed := ageOf(r.file)
		total = total || !sexed
		young = young || sexed && age < 60
	}
	kept := false // one raster of all people; a second one may be another year
	l.rasters = slices.DeleteFunc(l.rasters, func(r rasterFile) bool {
		_, sexed := ageOf(r.file)
		drop := !sexed && kept
		kept = kept || !sexed
		if drop {
			l.unused = append(l.unused, r.source)
		}
		return drop
	})
	for i := range l.rasters {
		r := &l.rasters[i]
		age, sexed := ageOf(r.file)
		switch {
		case !sexed && oldName.MatchString(path.Base(r.file)) && !young:
			r.groups, r.guess = []string{"60+"}, "init.group_by_name"
		case !sexed:
			r.groups = []string{"all"}
		default:
			r.guess = "init.group_by_name"
			if young && !total {
				r.groups = append(r.groups, "all")
			}
			if age >= 60 {
				r.groups = append(r.groups, "60+")
			}
		}
	}
}
