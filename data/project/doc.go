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
//	  file          PATH                  a raster of people per cell, in integers of 8 to 64 bits or floats
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
//	  opens, closes, mobile                           COLUMN
//	  share         COLUMN                who else may use it, where a question sets borders (--borders LEVEL): all,
//	                yes, 全部, 共享 ... everybody; ids or names of zones of any level, separated by , ; or |, the
//	                people of these zones too; empty, no, 否 ... the people of its own zone only. Without
//	                borders everybody uses what is nearest, whatever the column says
//	  delay         COLUMN                minutes that pass at the facility besides the journey
//	kinds           PATH                  words for kinds that go before the built-in ones
//	land            zones | none | {file: PATH, layer: STRING, crs: CODE}    default zones
//	land_join_m     metres                parts of land nearer than this are one landmass; default 50
//	land_snap_m     metres                people and facilities up to this far off land belong to the nearest; default 1000
//	zone_snap_m     metres                people in no zone but this near to one belong to the nearest; default 0, off
//	setting         {degree_of_urbanisation: true}    town and country by the rule of package settle where zones do not say
//	cell_rule       centre | area         default centre
//	max_bad_share   0..1                  share of unusable rows of a source that refuses the run; default 0.1
//	standards       list of ids of shipped packs, or paths ending in .yaml
//	networks        list: roads. Several extracts join without a seam, and layers of lines with one another
//	  file          PATH        required  an OpenStreetMap extract (.pbf), or a layer of lines
//	  ferries       true | false          of an extract: whether its ferries are taken; default true
//	  layer, crs, encoding
//	  class         COLUMN                words that are classes of OpenStreetMap (primary, residential ...), or in map
//	  map           {WORD: CLASS | skip}  CLASS is one that a profile has a speed for; skip leaves the road out
//	  default       CLASS                 of roads without a class, or of a word that is none (reported); default unclassified
//	  speed         COLUMN                speed limit in km/h, which profiles obey as their maxspeed says
//	  oneway        COLUMN                yes no 1 0 -1 true false 是 否 FT TF ...; T and F mean true and false, but
//	                from and to where B is in the column; N is no, but closed both ways where FT or TF is
//	  tags          {KEY: COLUMN}         further tags of OpenStreetMap from columns: surface, access, bridge ...
//	  join_m        metres                an end of a line this near to another line meets it; default 0.5, 0 only shared vertices
//	profiles        {NAME: {...}}         ways of moving over roads: changes of a shipped profile (walk bike ebike drive), or new ones
//	  like          NAME                  the profile that it starts from; default the shipped one of its name
//	  kmh, slow, surface                  {WORD: km/h}, each on top of what is there
//	  open_kmh, link_kmh, maxspeed_share  numbers
//	  maxspeed      none | cap | use
//	  access, closed, open, oneway, oneway_kinds, barriers, turns    lists of words, instead of what is there
//	  ferry_needs_tag                     true | false     (what they mean: package profile)
//	boats           the numbers of ferries
//	  scenario      typical | best | guaranteed | off     default typical
//	  wait_cap_min  minutes               longest mean wait; default 30
//	  headway_min   minutes               where no timetable is known; default 60
//	  boarding_min  minutes               where the ferry does not say; default 5
//	  stay_min      minutes               guaranteed: needed on the other side; default 120
//	  speed_kmh     km/h                  of boats whose sailing time is not known; default 15
//	  max_days_lost days                  guaranteed: a boat may lose so many a year; default 0
//	ferries         list of tables of boat services, or layers of their lines
//	  file          PATH        required
//	  sheet, layer, crs, encoding
//	  name, from, to                      COLUMN of the service and its quays
//	  from_lon, from_lat, to_lon, to_lat  COLUMN where the quays are; a layer has lines instead
//	  quays         {file: PATH, sheet, layer, crs, encoding, name, x, y, xy}    where quays are, by name, for rows that do not say
//	  minutes, boarding                   COLUMN of minutes: sailing, and at the quay without waiting
//	  departures, return_departures       COLUMN of times: 07:30 09:00 ...; after midnight 24:30. Without the return
//	                columns boats go both ways alike
//	  headway, first, last, return_headway, return_first, return_last    COLUMN of minutes, and of times
//	  passengers, vehicles                COLUMN: yes no 是 否, or a number; default passengers and no vehicles
//	  days_lost, season                   COLUMN of days a year: lost to weather, and on which it runs (default all)
//	                all found by name when absent
//	snap            how places are brought to roads
//	  limit_m       metres                farthest road; default 500
//	  near_m        metres                every road this near may be taken; default 50, 0 the nearest only. As great as
//	                limit_m a new road makes nobody's way longer, but all walk straight across to far roads
//	  walk_kmh      km/h                  on the way to the road; default 5
//	friction        open ground. With networks or ferries and without this key it is made of the defaults
//	  cell_m        metres                side of a cell, in the system of the population's raster; default the grid of the
//	  grid          population            population where that is a raster, else 100 m; coarser where that is over 20 million cells
//	  kmh           km/h                  on foot on land, where no land cover says otherwise; default 4
//	  landcover     {file: PATH, crs, band, classes: {NUMBER: km/h}}    0 is a barrier; the class at the centre of a cell counts
//	  shares        list of {file: PATH, crs, band, kmh: km/h}    rasters of the share of a class; the greatest decides, of ties the first
//	  heights       list of {file: PATH, crs}    GeoTIFF, ASCII grid, or SRTM tiles (.hgt, or that in a .zip); the first that knows counts
//	  slope         tobler | naismith | langmuir | none    default tobler with heights
//	  barriers      list of {file: PATH, layer, crs, encoding, touch: true | false}    lines and areas that only roads cross;
//	                areas close the cells whose centre they hold, with touch every cell that they touch
//	  roads         NAME | none           profile whose speeds roads have in the friction mode; default walk with networks
//	  neighbours    8 | 16                default 16, which is nearer to the straight way
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
