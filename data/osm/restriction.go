package osm

import (
	"strings"

	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/osm"
)

// isRestriction reports whether a relation restricts turns at all times.
func isRestriction(t osm.Tags) bool {
	typ := t.Find("type")
	return (typ == "restriction" || strings.HasPrefix(typ, "restriction:")) && len(restrictionTags(t)) > 0
}

// restrictionTags are the tags that say which turn and for whom. A relation of
// type restriction:x holds for x.
func restrictionTags(t osm.Tags) profile.Tags {
	var list []profile.Tag
	rule := false
	for _, tag := range t {
		key := tag.Key
		if key == "except" {
			list = append(list, profile.Tag{Key: key, Value: tag.Value})
			continue
		}
		if key != "restriction" && !strings.HasPrefix(key, "restriction:") || strings.HasSuffix(key, ":conditional") {
			continue
		}
		if typ := t.Find("type"); key == "restriction" && typ != "restriction" {
			key = typ
		}
		if strings.HasPrefix(tag.Value, "no_") || strings.HasPrefix(tag.Value, "only_") {
			list = append(list, profile.Tag{Key: key, Value: tag.Value})
			rule = true
		}
	}
	if !rule {
		return nil
	}
	return profile.NewTags(list...)
}

// restriction adds the turns that a relation restricts: from a way over one node
// into a way. Restrictions over ways are left out, and counted.
func (f *filler) restriction(r *osm.Relation) {
	var from, to []uint32
	via, vias := uint32(0), 0
	for _, m := range r.Members {
		switch {
		case m.Role == "from" && m.Type == osm.TypeWay:
			from = append(from, f.ways[m.Ref]...)
		case m.Role == "to" && m.Type == osm.TypeWay:
			to = append(to, f.ways[m.Ref]...)
		case m.Role == "via" && m.Type == osm.TypeNode:
			if rank, ok := f.nodes.rank(m.Ref); ok && f.nodes.known(rank) {
				via, vias = f.point[rank], vias+1
			}
		case m.Role == "via":
			vias = 2 // over a way
		}
	}
	if len(from) == 0 || len(to) == 0 || vias != 1 {
		f.report.TurnsLeftOut++
		return
	}
	tags := restrictionTags(r.Tags)
	only := false
	for _, t := range tags {
		only = only || strings.HasPrefix(t.Value, "only_")
	}
	f.report.Turns++
	for _, a := range from {
		for _, b := range to {
			f.b.Ban(network.Ban{FromWay: a, ToWay: b, Via: via, Only: only, Tags: tags})
		}
	}
}
