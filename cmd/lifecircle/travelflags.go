package main

import (
	"strconv"
	"strings"

	"lifecircle/cmd/lifecircle/questions"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

// travelFlags are the flags that say how people move.
type travelFlags struct {
	landmass string
}

func (f *travelFlags) register(a *app, c *cobra.Command, choice *analysis.Choice) {
	s := c.Flags()
	s.StringVar(&choice.Mode, "mode", "", a.say("cmd.flag.mode", nil))
	s.StringVar(&choice.As, "as", "", a.say("cmd.flag.as", nil))
	s.Float64Var(&choice.SpeedKMH, "speed", 0, a.say("cmd.flag.speed", nil))
	s.Float64Var(&choice.Detour, "detour", 0, a.say("cmd.flag.detour", nil))
	s.StringVar(&choice.Direction, "direction", "", a.say("cmd.flag.direction", nil))
	s.StringVar(&choice.Boats, "boats", "", a.say("cmd.flag.boats", nil))
	s.StringVar(&f.landmass, "landmass", "", a.say("cmd.flag.landmass", nil))
}

// resolve puts the landmass rule into the choice.
func (f *travelFlags) resolve(choice *analysis.Choice) error {
	switch f.landmass {
	case "":
	case "on", "off":
		on := f.landmass == "on"
		choice.Landmass = &on
	default:
		return &coverage.Error{Code: coverage.Invalid, Key: "cmd.landmass", Args: coverage.Args{"value": f.landmass}}
	}
	return nil
}

// parsePlace reads "LON,LAT".
func parsePlace(s string) (orb.Point, error) {
	lon, lat, ok := strings.Cut(s, ",")
	x, err1 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	y, err2 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	if !ok || err1 != nil || err2 != nil || !(x >= -180 && x <= 180 && y >= -90 && y <= 90) {
		return orb.Point{}, &coverage.Error{Code: coverage.Invalid, Key: "cmd.place", Args: coverage.Args{"value": s}}
	}
	return orb.Point{x, y}, nil
}

// splitKinds reads kinds separated by commas.
func splitKinds(s string) []string { return questions.SplitKinds(s) }
