package analysis

import (
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/message"
)

// besideBorders counts the people (of the first group) on no side of any border.
func (r *runner) besideBorders() []coverage.LeftOut {
	d, level := r.ds.Demand, r.options.Borders
	if level == "" || len(d.Pop) == 0 {
		return nil
	}
	beside := make([]bool, len(r.ds.Zones))
	for z := range beside {
		beside[z] = r.borders().Home(int32(z), level) < 0
	}
	sum := 0.0
	for i, z := range d.Zone {
		if z < 0 || beside[z] {
			sum += float64(d.Pop[0][i])
		}
	}
	if sum == 0 {
		return nil
	}
	return []coverage.LeftOut{leftOutNote("no_side", "", sum, coverage.Args{"people": whole(sum), "level": level})}
}

// leftByBorders names the facilities of a standard that serve nobody, as they
// stand on no side of any border and are open to nobody, and those whose share
// says something that nobody understands.
func (r *runner) leftByBorders(s coverage.Standard) []coverage.LeftOut {
	if r.options.Borders == "" {
		return nil
	}
	var shut, unread []string
	for _, i := range r.facilities(s.Kinds) {
		f := &r.ds.Facilities[i]
		if len(r.users(r.ds, i, r.options)) == 0 {
			shut = append(shut, facilityName(f))
		}
		if _, faults := r.borders().Read(f.Share); len(faults) > 0 && !r.options.OwnOnly {
			unread = append(unread, facilityName(f)+": "+faults[0].Part)
		}
	}
	var out []coverage.LeftOut
	for _, l := range []struct {
		key   string
		names []string
	}{{"facility_no_side", shut}, {"share_unread", unread}} {
		if n := len(l.names); n > 0 {
			out = append(out, leftOutNote(l.key, s.ID, 0, coverage.Args{
				"count": n, "standard": s.ID, "level": r.options.Borders, "names": someNames(l.names),
			}))
		}
	}
	return out
}

func leftOutNote(key, standard string, people float64, args coverage.Args) coverage.LeftOut {
	text := coverage.Text{ZH: message.Render("zh", "left_out."+key, args), EN: message.Render("en", "left_out."+key, args)}
	return coverage.LeftOut{Key: key, Standard: standard, People: people, Message: text}
}

func facilityName(f *coverage.Facility) string {
	if f.Name == "" {
		return f.ID
	}
	return f.Name
}

// someNames are the first names of a list.
func someNames(names []string) string {
	if len(names) > manyNames {
		names = append(slices.Clone(names[:manyNames]), "…")
	}
	return strings.Join(names, ", ")
}
