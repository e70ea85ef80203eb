package sketch

import "lifecircle/data/sample/sketch/plane"

// village is a village or urban community: its public name and code, and an
// invented place and number of people.
type village struct {
	code, name string
	part       string // where it lies: an island, or "daishan/" and a town code
	urban      bool
	people     float64  // before scaling to the census
	at         plane.XY // zero: put where there is room
	old        float64  // share of people aged 60 and over, before scaling
}

func (v village) town() string { return v.code[:9] }

// mainPart is the part of the main island that belongs to a town.
func mainPart(town string) string { return "daishan/" + town }

// villages lists every village-level unit, town by town.
func villages() []village {
	var all []village
	for _, list := range [][]village{gaotingTown(), gaotingVillages(), westAndNorth(), qushanTown(), qushanVillages(), smallTowns()} {
		all = append(all, list...)
	}
	return all
}

func urban(code, name, part string, people float64, x, y float64) village {
	return village{code: county + code, name: name, part: part, urban: true, people: people, at: plane.XY{x, y}, old: 0.24}
}

func rural(code, name, part string, people float64) village {
	return village{code: county + code, name: name, part: part, people: people, old: 0.44}
}

func (v village) near(x, y float64) village {
	v.at = plane.XY{x, y}
	return v
}

func (v village) aged(share float64) village {
	v.old = share
	return v
}

// gaotingTown is the county seat on the south-east coast.
func gaotingTown() []village {
	in := mainPart(gaoting)
	return []village{
		urban("100001", "沙涂社区", in, 7600, -1.9, -5.3), urban("100003", "安澜社区", in, 8200, 0.2, -5.1),
		urban("100006", "闸口社区", in, 8900, -0.7, -5.3), urban("100007", "育才社区", in, 9300, -0.3, -4.4),
		urban("100008", "蓬莱社区", in, 8100, 0.8, -4.3), urban("100010", "兰亭社区", in, 8800, -1.3, -4.5),
		urban("100011", "嘉和社区", in, 7700, -0.8, -3.6), urban("100012", "竹屿社区", in, 5200, 1.5, -3.5),
		urban("100013", "山外社区", in, 4600, -2.9, -5.4), urban("100014", "浪激渚社区", in, 3100, 2.1, -2.8),
		urban("100235", "高亭一村", in, 4300, -1.4, -6.0), urban("100236", "高亭二村", in, 3900, 0.4, -3.3),
		urban("100208", "闸口一村", in, 3700, -2.2, -4.3), urban("100202", "闸口二村", in, 3200, -2.2, -3.3),
		urban("100207", "大岙一村", in, 2600, -3.7, -6.1), urban("100201", "大岙二村", in, 2400, -4.6, -6.3),
		urban("100400", "舟山绿色石化基地社区", "yushan", 21500, -22.5, 0.6).aged(0.015),
	}
}

func gaotingVillages() []village {
	in := mainPart(gaoting)
	return []village{
		rural("100206", "东海村", in, 1300), rural("100210", "小蒲门村", in, 900), rural("100211", "大蒲门村", in, 1250),
		rural("100214", "南峰村", in, 1500), rural("100215", "黄官泥岙村", in, 950), rural("100216", "板井潭村", in, 1700),
		rural("100217", "枫树村", in, 1450), rural("100222", "石马岙村", in, 800), rural("100237", "塘墩村", in, 1350),
		rural("100239", "南浦村", in, 1650),
		rural("100204", "大峧山村", "dajiao", 380).aged(0.62), rural("100238", "大峧村", "dajiao", 310).aged(0.6),
		rural("100212", "江南村", "jiangnan", 420).aged(0.5), rural("100234", "官山村", "guanshan", 260).aged(0.66),
		rural("100233", "渔山村", "yushan", 360).aged(0.55).near(-24.5, 1.0),
	}
}

func westAndNorth() []village {
	n, e, w := mainPart(dongsha), mainPart(daidong), mainPart(daixi)
	return []village{
		urban("101008", "东沙社区", n, 4600, -6.9, 1.9), urban("101009", "桥头社区", n, 3700, -5.8, 0.1),
		rural("101205", "泥峙村", n, 1700), rural("101211", "司基村", n, 1900), rural("101212", "桥头村", n, 1600).near(-6.6, -0.6),
		rural("102206", "涂口村", e, 1500), rural("102214", "沙洋村", e, 1900), rural("102218", "龙头村", e, 1650),
		rural("102219", "虎斗村", e, 2300).near(0.9, -0.5), rural("102220", "北峰村", e, 1700),
		rural("103203", "青黑村", w, 900), rural("103205", "后岸村", w, 1250), rural("103206", "前岸村", w, 1150),
		rural("103207", "摇星浦村", w, 1700).near(-10.4, -2.4), rural("103211", "火箭村", w, 850), rural("103215", "茶前山村", w, 1000),
		rural("103216", "双合村", w, 950).near(-12.2, -2.9), rural("103217", "海丰村", w, 1100),
	}
}

// qushanTown is the second town of the county, on its northern island.
func qushanTown() []village {
	return []village{
		urban("106002", "瀛洲社区", "qushan", 6900, 13.7, 14.2), urban("106200", "岛斗村", "qushan", 3300, 13.0, 13.5),
		urban("106222", "桂花村", "qushan", 2900, 14.6, 14.6), urban("106221", "高涂村", "qushan", 2500, 13.2, 15.1),
		urban("106237", "四平村", "qushan", 2200, 14.3, 13.5), urban("106231", "沙塘村", "qushan", 2100, 12.4, 14.4),
	}
}

func qushanVillages() []village {
	in := "qushan"
	return []village{
		rural("106201", "幸福村", in, 950), rural("106203", "岛扎村", in, 1250), rural("106214", "枕头山村", in, 800),
		rural("106215", "三弄村", in, 1050), rural("106216", "太平村", in, 1350), rural("106218", "塘岙村", in, 700),
		rural("106219", "打水村", in, 650), rural("106220", "黄沙村", in, 900), rural("106232", "沼潭村", in, 1000),
		rural("106239", "渔耕碗村", in, 600), rural("106242", "石子门村", in, 750), rural("106243", "涨网套村", in, 850),
		rural("106244", "凉峙村", in, 1100), rural("106246", "马足村", in, 650), rural("106251", "乍浦门村", in, 700),
		rural("106254", "万南村", in, 1150), rural("106255", "万北村", in, 1050), rural("106261", "田涂村", in, 900),
		rural("106264", "东岙村", in, 800), rural("106265", "皇坟村", in, 600), rural("106266", "龙潭村", in, 950),
		rural("106259", "鼠浪村", "shulang", 640).aged(0.45), rural("106209", "黄泽村", "huangze", 190).aged(0.66),
		rural("106230", "樟木山村", "zhangmu", 140).aged(0.72), rural("106207", "小衢村", "xiaoqu", 230).aged(0.68),
	}
}

func smallTowns() []village {
	return []village{
		rural("105211", "倭井潭村", "xiaochangtu", 3600).near(6.9, -6.4), rural("105218", "港南村", "xiaochangtu", 1700).near(6.0, -5.7),
		rural("105212", "长西村", "dachangtu", 2100).near(10.3, -6.1), rural("105201", "东剑村", "dachangtu", 1500).near(14.3, -5.7),
		rural("200200", "秀东村", "xiushan", 2300).near(-2.2, -14.0), rural("200203", "秀南村", "xiushan", 2000).near(-4.2, -14.5),
		rural("200212", "秀北村", "xiushan", 2600).near(-5.9, -13.4),
	}
}
