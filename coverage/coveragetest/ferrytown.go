package coveragetest

import (
	"lifecircle/coverage"
	"lifecircle/geo/network"
)

// FerryTown is two islands, cells of 100 m. A street from A to the quay B, another from the
// quay Q to the clinic E; a boat every 10 minutes that sails for 5. On foot a
// metre takes 0.72 s.
func FerryTown() *coverage.Dataset {
	ds := Town{
		Zones: `
			aaaaaaaaaa~~~bbbbb
			aaaaaaaaaa~~~bbbbb
			aaaaaaaaaa~~~bbbbb
			aaaaaaaaaa~~~bbbbb`,
		People: `
			1........1...1...1
			..................
			....2.............
			..................`,
		Facilities: `
			.................C
			..................
			..................
			..................`,
		Kinds: map[byte]string{'C': "clinic"},
		Rural: "b",
	}.Dataset()
	Roads{
		Places: `
			A........B...Q...E
			..................
			..................
			..................`,
		Streets: []Street{{Along: "AB"}, {Along: "QE"}},
		Ferries: []Ferry{{From: "B", To: "Q", SailS: 300, Ferry: network.Ferry{
			Name: "strait", Out: network.Timetable{HeadwayS: 600, FirstS: 7 * 3600, LastS: 18 * 3600},
		}}},
	}.Add(ds)
	return ds
}

// FerryGround opens the land of [FerryTown] to walkers.
func FerryGround(ds *coverage.Dataset) {
	Ground(ds, ds.Demand.Grid, `
		..........~~~.....
		..........~~~.....
		..........~~~.....
		..........~~~.....`, 4)
}
