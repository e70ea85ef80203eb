package body

import (
	"strings"

	"lifecircle/api/query"
	"lifecircle/coverage"
)

// ChoiceMembers are the members of a choice: the parameters of the same names, but
// for the rule of cells and the group shown, which are of no use here.
var ChoiceMembers = append([]string{"standard", "kind", "within", "borders"}, query.TravelParams...)

// maxKinds is how many kinds one question may name.
const maxKinds = 100

// Choice reads the members of a choice. kind is a list of kinds, or a text with
// commas as in an address; speed and detour are numbers.
func (o *Object) Choice() query.Choice {
	set := map[string]string{}
	for _, name := range ChoiceMembers {
		switch {
		case !o.Has(name):
		case name == "kind" && o.IsList(name):
			set[name] = strings.Join(o.Texts(name, maxKinds), ",")
		case name == "speed" || name == "detour":
			n := 0.0
			o.value(name, "number", &n)
			set[name] = strings.TrimSpace(string(o.members[name]))
		default:
			set[name] = o.Text(name)
		}
	}
	if o.Err() != nil {
		return query.Choice{}
	}
	c, err := query.Given(set).Choice()
	if err != nil {
		*o.fault = err
	} else if c.AdHoc != nil && len(c.AdHoc.Kinds) > maxKinds { // a text with commas
		o.Blame("kind", "api.too_many", coverage.Args{"name": "kind", "count": len(c.AdHoc.Kinds), "limit": maxKinds})
	}
	return c
}
