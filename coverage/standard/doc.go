// Package standard reads standards packs: YAML files that hold the promises of
// a plan (who, which service, within how many minutes, moving how, how many of
// them) with the clause that they come from. Packs are data: nothing of them is
// hard-coded in the engine. The shipped packs are in folder packs; a project
// may bring its own by path.
//
//	id: my-county-2030
//	name: {zh: 我县2030, en: My county 2030}
//	document: {zh: 规划全名, en: Full name of the plan}
//	standards:
//	  - id: medical                      # my-county-2030/medical
//	    name: {zh: 医疗圈, en: Medical care circle}
//	    clause: 第四章第四节             # where the plan says it
//	    service: medical
//	    kinds: [hospital, clinic]        # any one of them serves
//	    group: all                       # whom it promises
//	    target: 1                        # share of them, 0..1; 0 or absent: none stated
//	    rules:                           # one for all, or one each for urban and rural
//	      - {setting: urban, within: 15min, mode: line, as: walk, speed_kmh: 5, detour: 1.3}
//	      - {setting: rural, within: 30min, mode: drive, boats: guaranteed}
//
// A mode is line (straight, with speed_kmh and detour), the name of a profile of
// the project's roads (walk, bike, ebike, drive are shipped; speed_kmh may set
// its speed on a residential street), friction (over open ground on foot), or
// mixed (roads by the profile that as names, and open ground). direction: from
// turns the journey round (an ambulance); boats says how ferries are counted
// upon: typical, best, guaranteed, off.
//
// The shipped circles follow the plans listed in their document fields. The
// plans name minutes but no way of moving; mode, speed and detour factor are
// therefore our stated, changeable choice (each pack says so in its note).
package standard
