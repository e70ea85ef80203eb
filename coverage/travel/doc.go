// Package travel says how far people are from facilities. Its impedance is the
// straight line: the geodesic on the WGS 84 ellipsoid, which [Cost] turns into
// the unit of a rule by its detour factor and speed. Networks and friction
// surfaces will stand beside it.
//
// The central type is [Line], an index over facilities that answers for a whole
// demand set at a time: [Line.Nearest], [Line.WithinCount], [Line.WithinShare].
// It decides nothing about standards or settings; packages assess and gap do.
//
// # The landmass rule
//
// When both facilities and demand have a Land column, a row reaches only the
// facilities on its own landmass: a straight line crosses no water. A row or a
// facility with Land < 0 takes no part.
//
// # Borders
//
// Where points say who may use which facility ([Points].Users), [Circles] splits
// rows and facilities into parts without borders; [Straight] heeds them for
// straight lines, and package mode for every other way to travel.
//
// # How it works
//
// Neighbouring rows are brought together in blocks (a counting sort by place).
// For a block the packed index gives the few facilities that can be nearest to
// any of its rows: a facility falls out when another one is nearer all over the
// block, which a plane between the two decides. A straight loop over the rest
// compares chords through the Earth. Chords order facilities as geodesics do
// but for a margin that depends on the azimuth ([geodesy.Rival]); what lies
// within the margin is settled by the geodesic itself. So is every decision at a
// radius. Nothing depends on the blocks or on the number of processors.
//
// Distances are those of [geodesy.Metres]. Two distances closer than
// 10 nm are a tie, and a tie goes to the lower facility index.
package travel
