package data

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// A town of 6 km2 with 1,000 people in each, and a hamlet far from it, on cells
// of 250 m and of 1 km in Gauss-Kruger metres, and as points.
func TestDegreeOfUrbanisation(t *testing.T) {
	c, _ := crs.Parse("EPSG:4550")
	for _, size := range []float64{250, 500, 1000} {
		per := int(1000 / size)
		var asc strings.Builder
		fmt.Fprintf(&asc, "ncols %d\nnrows %d\nxllcorner 404000\nyllcorner 3320000\ncellsize %g\n", 10*per, 10*per, size)
		var points strings.Builder
		points.WriteString("x,y,n\n")
		for row := range 10 * per {
			for col := range 10 * per {
				n, kmRow, kmCol := 0.0, row/per, col/per
				switch {
				case kmRow < 2 && kmCol < 3:
					n = 1000 / float64(per*per)
				case kmRow == 8 && kmCol == 8:
					n = 400 / float64(per*per)
				}
				fmt.Fprintf(&asc, "%g ", n)
				p := c.ToWGS84(orb.Point{404000 + (float64(col)+0.5)*size, 3330000 - (float64(row)+0.5)*size})
				if n > 0 {
					fmt.Fprintf(&points, "%.9f,%.9f,%g\n", p[0], p[1], n)
				}
			}
			asc.WriteByte('\n')
		}
		files := map[string]string{"all.asc": asc.String(), "p.csv": points.String()}
		grid := "setting: {degree_of_urbanisation: true}\n" + strings.Replace(base, "{file: all.asc}", "{file: all.asc, crs: EPSG:4550}", 1)
		for name, project := range map[string]string{"grid": grid, "points": strings.Replace(grid, "{file: all.asc, crs: EPSG:4550}", "{points: {file: p.csv, groups: {all: n}}}", 1)} {
			ds, iss := mustOpen(t, town(t, project, files))
			urban, rural := 0.0, 0.0
			for i, s := range ds.Demand.Setting {
				switch s {
				case coverage.Urban:
					urban += float64(ds.Demand.Pop[0][i])
				case coverage.Rural:
					rural += float64(ds.Demand.Pop[0][i])
				}
			}
			// Blocks over points do not keep to the kilometres that they were made in,
			// so that one km2 may be cut in four; 5,000 at 300 remain.
			if math.Abs(urban+rural-6400) > 0.1 || name == "grid" && math.Abs(urban-6000) > 0.1 || urban < 5000 || urban > 6000.1 {
				t.Errorf("%s of %g m: %v urban, %v rural", name, size, urban, rural)
			}
			same(t, iss.Count("setting.degree"), int64(1))
		}
	}
}

// What zones state goes before the rule.
func TestStatedSettingFirst(t *testing.T) {
	p := "setting: {degree_of_urbanisation: true}\n" + strings.Replace(base, "level: town", "level: town, setting: urban", 1)
	ds, _ := mustOpen(t, town(t, p, nil))
	for i, z := range ds.Demand.Zone {
		want := coverage.Rural
		if z == 2 || z == 0 { // the west takes the setting of its only town
			want = coverage.Urban
		}
		same(t, ds.Demand.Setting[i], want)
	}
}
