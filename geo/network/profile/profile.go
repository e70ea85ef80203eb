package profile

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Profile is a way of moving as a table: nothing about it is in the code that
// reads it. Streets are named by the value of "highway", or by "key=value" for
// what is no highway (man_made=pier). Its fields have the names that a project
// file gives them.
type Profile struct {
	Name string `yaml:"name"`

	// KMH is the speed by kind of street. What is not listed, or 0, is closed
	// unless a tag opens it; then OpenKMH holds, 0 to keep it closed.
	KMH     map[string]float64 `yaml:"kmh"`
	OpenKMH float64            `yaml:"open_kmh,omitempty"`
	// LinkKMH is the speed on the way that joins a quay to the road.
	LinkKMH float64 `yaml:"link_kmh"`

	// Access lists the keys of access from general to special. The last one
	// with a value listed below decides; a value that is not listed says nothing.
	Access []string `yaml:"access"`
	Closed []string `yaml:"closed"` // values that close a street
	Open   []string `yaml:"open"`   // values that open it
	// Slow are values that open a street at a speed of their own at most
	// (dismount: 4).
	Slow map[string]float64 `yaml:"slow,omitempty"`

	// Oneway lists the keys of one-way rules from special to general: the first
	// with a value decides. Empty: rules of one-way traffic do not hold.
	Oneway []string `yaml:"oneway,omitempty"`
	// OnewayKinds are kinds of street, and values of "junction", that are one-way
	// unless said otherwise. They need Oneway.
	OnewayKinds []string `yaml:"oneway_kinds,omitempty"`

	// MaxSpeed says what a speed limit does to the speed by kind: "" nothing,
	// "cap" lowers it to the limit times MaxSpeedShare, "use" puts that in its
	// place. A limit that is not a number says nothing.
	MaxSpeed      string  `yaml:"maxspeed,omitempty"`
	MaxSpeedShare float64 `yaml:"maxspeed_share,omitempty"` // 0: 1

	// Surface lowers the speed to a value by "key=value" (surface=gravel,
	// tracktype=grade5, smoothness=bad); 0 closes.
	Surface map[string]float64 `yaml:"surface,omitempty"`

	// Barriers are values of "barrier" that nobody passes, unless an access key
	// of the barrier opens it.
	Barriers []string `yaml:"barriers,omitempty"`

	// Turns are keys of turn restrictions that hold, besides "restriction";
	// empty: none hold. A value of "except" that is in Access lifts one.
	Turns []string `yaml:"turns,omitempty"`

	// FerryNeedsTag: a boat carries only what an access key says that it does.
	// Otherwise it carries whom no key refuses.
	FerryNeedsTag bool `yaml:"ferry_needs_tag,omitempty"`
}

// Fault is what is wrong with a field of a profile.
type Fault struct {
	Field  string // "kmh.residential"
	Value  string
	Reason string // "speed", "empty", "choice", "share"
}

// Error says it.
func (f Fault) Error() string {
	return fmt.Sprintf("%s: %q: %s", f.Field, f.Value, reasons[f.Reason])
}

var reasons = map[string]string{
	"speed":  "a speed is a number of km/h from 0 to 300",
	"empty":  "at least one kind of street needs a speed",
	"choice": "one of nothing, cap, use",
	"share":  "a share is a number over 0, to 2",
}

// maxKMH is the fastest speed that a profile may have.
const maxKMH = 300

// Validate returns everything that is wrong with the profile, in a fixed order.
func (p *Profile) Validate() []Fault {
	var faults []Fault
	check := func(field string, v float64) {
		if !(v >= 0 && v <= maxKMH) {
			faults = append(faults, Fault{field, fmt.Sprint(v), "speed"})
		}
	}
	for _, table := range []struct {
		name   string
		speeds map[string]float64
	}{{"kmh", p.KMH}, {"slow", p.Slow}, {"surface", p.Surface}} {
		for _, k := range sortedKeys(table.speeds) {
			check(table.name+"."+k, table.speeds[k])
		}
	}
	check("open_kmh", p.OpenKMH)
	check("link_kmh", p.LinkKMH)
	if !slices.ContainsFunc(sortedKeys(p.KMH), func(k string) bool { return p.KMH[k] > 0 }) {
		faults = append(faults, Fault{"kmh", "", "empty"})
	}
	if !slices.Contains([]string{"", "cap", "use"}, p.MaxSpeed) {
		faults = append(faults, Fault{"maxspeed", p.MaxSpeed, "choice"})
	}
	if math.IsNaN(p.MaxSpeedShare) || p.MaxSpeedShare < 0 || p.MaxSpeedShare > 2 {
		faults = append(faults, Fault{"maxspeed_share", fmt.Sprint(p.MaxSpeedShare), "share"})
	}
	return faults
}

func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// access says what the tags of access decide.
type access uint8

const (
	unsaid access = iota
	opened
	closed
)

// access reads the access keys. slow is the speed of a value in Slow, else 0.
func (p *Profile) access(t Tags) (a access, slow float64) {
	for _, key := range p.Access {
		v := t.Get(key)
		switch {
		case v == "":
		case slices.Contains(p.Closed, v):
			a, slow = closed, 0
		case slices.Contains(p.Open, v):
			a, slow = opened, 0
		default:
			if kmh, ok := p.Slow[v]; ok {
				a, slow = opened, kmh
			}
		}
	}
	return a, slow
}

// FerryLink is the value of "highway" of the street that joins a quay to the
// road. Everybody takes it at [Profile.LinkKMH].
const FerryLink = "ferry_link"

// Speeds returns the speeds in km/h along a street and against it; 0 is closed.
func (p *Profile) Speeds(t Tags) (forward, backward float64) {
	kind := t.Kind()
	if kind == FerryLink {
		return p.LinkKMH, p.LinkKMH
	}
	a, slow := p.access(t)
	if a == closed {
		return 0, 0
	}
	kmh := p.KMH[kind]
	if kmh == 0 && a == opened {
		kmh = p.OpenKMH
	}
	if slow > 0 && kmh > slow {
		kmh = slow
	}
	for _, tag := range t {
		if cap, ok := p.Surface[tag.Key+"="+tag.Value]; ok {
			kmh = min(kmh, cap)
		}
	}
	forward = p.limited(kmh, t, "maxspeed:forward")
	backward = p.limited(kmh, t, "maxspeed:backward")
	switch p.onewayOf(t, kind) {
	case 1:
		backward = 0
	case -1:
		forward = 0
	}
	return forward, backward
}

// limited applies the speed limit of one direction.
func (p *Profile) limited(kmh float64, t Tags, key string) float64 {
	if p.MaxSpeed == "" || kmh == 0 {
		return kmh
	}
	limit, ok := parseKMH(t.Get(key))
	if !ok {
		limit, ok = parseKMH(t.Get("maxspeed"))
	}
	if !ok {
		return kmh
	}
	if p.MaxSpeedShare > 0 {
		limit *= p.MaxSpeedShare
	}
	if p.MaxSpeed == "use" {
		return min(limit, maxKMH)
	}
	return min(kmh, limit)
}

// onewayOf is 1 when the street may only be taken along, -1 against, else 0.
func (p *Profile) onewayOf(t Tags, kind string) int {
	for _, key := range p.Oneway {
		if v := t.Get(key); v != "" {
			return onewaySign(v)
		}
	}
	if len(p.Oneway) > 0 && (slices.Contains(p.OnewayKinds, kind) || slices.Contains(p.OnewayKinds, t.Get("junction"))) {
		return 1
	}
	return 0
}

// Passes reports whether a barrier lets one through.
func (p *Profile) Passes(t Tags) bool {
	switch a, _ := p.access(t); a {
	case opened:
		return true
	case closed:
		return false
	}
	return !slices.Contains(p.Barriers, t.Get("barrier"))
}

// Carried reports whether a boat takes one on.
func (p *Profile) Carried(t Tags) bool {
	a, _ := p.access(t)
	return a == opened || a == unsaid && !p.FerryNeedsTag
}

// Holds reports whether a turn restriction is for this profile.
func (p *Profile) Holds(t Tags) bool {
	if len(p.Turns) == 0 {
		return false
	}
	for v := range strings.SplitSeq(t.Get("except"), ";") {
		if slices.Contains(p.Access, strings.TrimSpace(v)) {
			return false
		}
	}
	return t.Get("restriction") != "" || slices.ContainsFunc(p.Turns, func(key string) bool { return t.Get(key) != "" })
}
