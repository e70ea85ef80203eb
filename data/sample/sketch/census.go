package sketch

// Census is the 2020 census of Daishan county (330921), from the county tables
// of the Seventh National Population Census: public facts.
const (
	censusAll   = 207982
	censusUrban = 142851
	censusRural = 65131
)

// censusBands are people by age band, both sexes; the last one is open.
var censusBands = []struct{ from, to, people int }{
	{0, 0, 611},
	{1, 4, 3305},
	{5, 9, 4516},
	{10, 14, 4479},
	{15, 19, 4223},
	{20, 24, 7224},
	{25, 29, 11087},
	{30, 34, 18589},
	{35, 39, 14963},
	{40, 44, 15201},
	{45, 49, 21231},
	{50, 54, 24153},
	{55, 59, 20948},
	{60, 64, 17635},
	{65, 69, 15135},
	{70, 74, 11036},
	{75, 79, 6218},
	{80, 84, 3870},
	{85, 120, 3558},
}

// aged returns the people of from to to years, ends included. Within a band
// every year of age is taken to have as many; the result is rounded.
func aged(from, to int) int {
	people := 0.0
	for _, b := range censusBands {
		years := min(to, b.to) - max(from, b.from) + 1
		if years > 0 {
			people += float64(b.people) * float64(years) / float64(b.to-b.from+1)
		}
	}
	return int(people + 0.5)
}

// groups are the population files, in the order of the project.
var groups = []struct {
	name, file string
	people     int
}{
	{"all", "population-all.tif", censusAll},
	{"0-2", "population-0-2.tif", aged(0, 2)},
	{"3-6", "population-3-6.tif", aged(3, 6)},
	{"60+", "population-60plus.tif", aged(60, 120)},
	{"80+", "population-80plus.tif", aged(80, 120)},
}
