// Package project reads project.yaml, the file that says what the files in a
// folder mean. The central function is [Parse]; every fault of the file becomes
// an issue with its line, all at once.
//
// It opens no other file: what the sources hold is the work of package data.
//
// The file is YAML 1.2. Keys that are not listed here are refused. A path is
// relative to the folder of project.yaml and stays inside it. TEXT is a plain
// string or {zh: STRING, en: STRING}; COLUMN is the name of a column.
//
//	name            TEXT
//	note            TEXT                  shown beside every result, e.g. "illustrative data"
//	credit          TEXT                  attribution that licences ask for
//	crs             CODE                  of sources that do not say; default EPSG:4326
//	zones           list, coarse to fine
//	  file          PATH        required
//	  layer         STRING                of a file of several layers
//	  crs           CODE                  instead of what the file says
//	  encoding      STRING                of attributes or CSV; found out when absent
//	  id            COLUMN      required
//	  name          COLUMN                default: the id
//	  level         WORD        required  province city county town village island ...
//	  parent        COLUMN                id of the enclosing zone; else by adcode prefix, else by place
//	  setting       urban | rural | {column: COLUMN, map: {VALUE: urban | rural}}
//	  mend          true | false          redraw polygons that cross themselves, by the even-odd rule; default false
//	population      list        required
//	  file          PATH                  a raster of people per cell
//	  group         WORD                  default all; rasters of one group are added up
//	  band          1, 2 ...              default 1
//	  crs           CODE
//	  points        instead of file: a table or layer of places
//	    file        PATH        required
//	    sheet, layer, crs, encoding
//	    x, y        COLUMN                found by name when absent
//	    xy          COLUMN                one column that holds both
//	    groups      {WORD: COLUMN} required
//	facilities      list
//	  file          PATH        required
//	  sheet, layer, crs, encoding
//	  kind          WORD | {column: COLUMN, map: {VALUE: WORD}, others: skip | keep | error}   required
//	                A WORD that is no kind but a column of the list is that column. Without a map the
//	                table of kinds (package kinds) says what the words mean, and words that it lacks
//	                are kept and reported. others: values that the map lacks; default keep without a
//	                map, error with one
//	  tags          of a file ending in .pbf, an OpenStreetMap extract, instead of kind and columns:
//	                list of {kind: WORD, KEY: VALUE | [VALUE, ...] | "*"}; the first row whose keys all match
//	                decides. Default: the table of package kinds
//	  id            COLUMN                default: file and row
//	  site          COLUMN                the house, for several services in one
//	  name, x, y, xy, capacity, zone, tier, status    COLUMN; of tables found by name when absent
//	  opens, closes, mobile, share                    COLUMN
//	kinds           PATH                  words for kinds that go before the built-in ones
//	land            zones | none | {file: PATH, layer: STRING, crs: CODE}    default zones
//	land_join_m     metres                parts of land nearer than this are one landmass; default 50
//	land_snap_m     metres                people and facilities up to this far off land belong to the nearest; default 1000
//	zone_snap_m     metres                people in no zone but this near to one belong to the nearest; default 0, off
//	setting         {degree_of_urbanisation: true}    town and country by the rule of package settle where zones do not say
//	cell_rule       centre | area         default centre
//	max_bad_share   0..1                  share of unusable rows of a source that refuses the run; default 0.1
//	standards       list of ids of shipped packs, or paths ending in .yaml
//	networks        list of {file: PATH}  kept; not used by straight-line analysis (a warning)
//	ferries         list of {file: PATH}  kept; not used by straight-line analysis (a warning)
//	scale_to        census totals that people are scaled to, zone by zone
//	  file          PATH        required
//	  sheet, encoding
//	  zone          COLUMN      required  id or name of the zone
//	  groups        {WORD: COLUMN or list of COLUMNs that are added up} required
//	                a group that the population lacks is derived from all by its share in the zone
//	  level         WORD                  of the zones that the totals are for; default the one that most rows name
//	  method        simple | iterative    default simple: every group by itself. iterative: the groups but all are parts of
//	                                      all that do not overlap; in every cell they and a rest add up to it
//	  limit         number                a factor over it or under 1/it is flagged; default 1.25
package project
