package sketch

import (
	"lifecircle/data/sample/sketch/plane"
	"lifecircle/data/sample/sketch/roadnet"
)

// footIslands have footpaths only: nobody drives there.
var footIslands = map[string]bool{"guanshan": true, "jiangnan": true, "huangze": true, "xiaoqu": true, "zhangmu": true}

// course is a main road: the villages and quays that it passes.
type course struct {
	island string
	class  roadnet.Class
	name   string
	by     []string
}

var courses = []course{
	{"daishan", roadnet.Trunk, "岱山环岛公路", []string{"高亭客运码头", "育才社区", "闸口二村", "桥头社区", "东沙社区"}},
	{"daishan", roadnet.County, "高岱东线", []string{"育才社区", "高亭二村", "浪激渚社区", "虎斗村"}},
	{"daishan", roadnet.County, "岱西线", []string{"闸口一村", "摇星浦村", "双合村"}},
	{"daishan", roadnet.County, "北岸线", []string{"桥头社区", "虎斗村"}},
	{"daishan", roadnet.County, "南岸线", []string{"高亭客运码头", "高亭一村", "大岙一村", "大岙二村", "摇星浦村"}},
	{"daishan", roadnet.County, "西岸线", []string{"东沙社区", "摇星浦村"}},
	{"daishan", roadnet.County, "浪激渚疏港路", []string{"高亭浪激渚码头", "浪激渚社区"}},
	{"daishan", roadnet.County, "大岙疏港路", []string{"高亭大岙码头", "大岙一村"}},
	{"daishan", roadnet.County, "双合疏港路", []string{"岱西双合码头", "双合村"}},
	{"qushan", roadnet.County, "衢山环岛公路", []string{"衢山码头", "岛斗村", "瀛洲社区", "桂花村", "衢山东码头"}},
	{"qushan", roadnet.Country, "衢北线", []string{"衢山北码头", "瀛洲社区"}},
	{"qushan", roadnet.Country, "衢西线", []string{"衢山西码头", "瀛洲社区"}},
	{"xiaochangtu", roadnet.County, "长涂线", []string{"小长涂码头", "港南村", "倭井潭村"}},
	{"dachangtu", roadnet.County, "大长涂线", []string{"长西村", "东剑村"}},
	{"xiushan", roadnet.County, "秀山环岛公路", []string{"秀山码头", "秀东村", "秀南村", "秀北村"}},
	{"xiushan", roadnet.County, "秀山北线", []string{"秀北村", "秀山码头"}},
	{"yushan", roadnet.County, "鱼山环岛公路", []string{"鱼山码头", "舟山绿色石化基地社区", "渔山村"}},
	{"dajiao", roadnet.Lane, "大峧山路", []string{"大峧山码头", "大峧山村", "大峧村"}},
	{"shulang", roadnet.Lane, "鼠浪湖路", []string{"鼠浪湖码头", "鼠浪村"}},
	{"guanshan", roadnet.Path, "", []string{"官山码头", "官山村"}},
	{"jiangnan", roadnet.Path, "", []string{"江南山码头", "江南村"}},
	{"huangze", roadnet.Path, "", []string{"黄泽山码头", "黄泽村"}},
	{"xiaoqu", roadnet.Path, "", []string{"小衢山码头", "小衢村"}},
	{"zhangmu", roadnet.Path, "", []string{"樟木山埠头", "樟木山村"}},
}

// bridge joins two islands; its ends lie on the coast nearest to the places
// given, and a road of the same class leads on to a village.
type bridge struct {
	class        roadnet.Class
	name         string
	from, to     string // islands
	at, opposite plane.XY
	ends         [2]string // villages
	sagKM        float64   // how far it swings out
}

var bridges = []bridge{
	{roadnet.County, "长涂大桥", "xiaochangtu", "dachangtu", plane.XY{8.4, -6}, plane.XY{9, -6.1}, [2]string{"倭井潭村", "长西村"}, 0.03},
	{roadnet.Motor, "鱼山大桥", "daishan", "yushan", plane.XY{-12.9, -1.9}, plane.XY{-20.9, 0.4}, [2]string{"双合村", "舟山绿色石化基地社区"}, 0.5},
}

// quarters are the towns with streets.
var quarters = []struct {
	island string
	roadnet.Quarter
}{
	{"daishan", roadnet.Quarter{Name: "高亭", At: plane.XY{-0.8, -4.6}, RadiusKM: 4.4, Turn: -0.24, AlongKM: 0.15, AcrossKM: 0.2, Density: 2200}},
	{"daishan", roadnet.Quarter{Name: "东沙", At: plane.XY{-6.5, 1.0}, RadiusKM: 2.2, Turn: 0.5, AlongKM: 0.16, AcrossKM: 0.2, Density: 2000}},
	{"qushan", roadnet.Quarter{Name: "衢山", At: plane.XY{13.6, 14.2}, RadiusKM: 2.6, Turn: 0.2, AlongKM: 0.15, AcrossKM: 0.19, Density: 2200}},
	{"yushan", roadnet.Quarter{Name: "鱼山", At: plane.XY{-22.6, 0.6}, RadiusKM: 2.2, Turn: 0.1, AlongKM: 0.22, AcrossKM: 0.3, Density: 2500}},
	{"xiaochangtu", roadnet.Quarter{Name: "长涂", At: plane.XY{6.6, -6.1}, RadiusKM: 1.4, Turn: -0.3, AlongKM: 0.13, AcrossKM: 0.17, Density: 1500}},
	{"xiushan", roadnet.Quarter{Name: "秀山", At: plane.XY{-5.6, -13.6}, RadiusKM: 1.4, Turn: 0.35, AlongKM: 0.14, AcrossKM: 0.18, Density: 1300}},
}
