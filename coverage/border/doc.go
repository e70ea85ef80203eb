// Package border says who may use which facility where borders count: people use
// what lies in their own zone of some level, and what the column share opens to
// them.
//
// The central type is [Map], made of a dataset's zones. It numbers people by
// wards so that the people of a zone and of all zones below it are one span
// ([travel.Span]), whatever the level, and reads the words of the column
// ([Map.Read]). It knows nothing of distances: package mode heeds what it says.
//
// Who lies in no zone of the level is on no side of any border. People there may
// use what is open to everybody, or to a zone that they do live in; a facility
// there serves only those whom its share names. Nothing is guessed: a place off
// all zones is more often a slip of the map than common ground.
package border
