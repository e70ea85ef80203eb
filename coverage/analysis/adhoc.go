// Package analysis runs the main job: dataset and choice in; coverage by zone
// and group, and ranked gaps, out. It calls travel, assess and gap in order and
// is what the command line and the service share.
package analysis

import "strings"

// DefaultSpeedKMH is the speed of an [AdHoc] question in minutes when none is
// chosen: a brisk walk, so that 15 minutes are 1,250 m.
const DefaultSpeedKMH = 5

// DefaultRoadMode is the profile on the road of the mode "mixed" when none is
// chosen: motor vehicles on the road, on foot elsewhere.
const DefaultRoadMode = "drive"

func adHocID(a AdHoc) string { return strings.Join(a.Kinds, "+") + "@" + a.Within.String() }
