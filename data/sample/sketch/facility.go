package sketch

import (
	"fmt"
	"math"
	"sort"

	"lifecircle/data/sample/sketch/plane"

	"github.com/paulmach/orb"
)

// service is a facility to be placed: in a village, among its houses.
type service struct {
	kind     string // as a planner's list writes it
	name     string // without the mark that it is invented
	village  string
	capacity int // beds or school places; 0 not stated
}

// facility is a service at its place.
type facility struct {
	service
	at   orb.Point
	town string
}

// mark stands behind every invented name.
const mark = "（示例）"

// list makes services of one kind from village names.
func list(kind, suffix string, capacity int, villages ...string) []service {
	var all []service
	for _, v := range villages {
		all = append(all, service{kind, v + suffix, v, capacity})
	}
	return all
}

// care are the health and elderly-care services, rows of facilities.xlsx. Small
// islands with people but no clinic, and parts of the towns far from any, are
// left out on purpose: the example shows gaps.
func care() []service {
	all := []service{
		{"综合医院", "岱山县第一人民医院", "育才社区", 420},
		{"中医医院", "岱山县中医院", "兰亭社区", 160},
		{"乡镇卫生院", "衢山镇中心卫生院", "瀛洲社区", 120},
		{"乡镇卫生院", "东沙镇卫生院", "东沙社区", 30},
		{"乡镇卫生院", "岱东镇卫生院", "虎斗村", 24},
		{"乡镇卫生院", "岱西镇卫生院", "摇星浦村", 24},
		{"乡镇卫生院", "长涂镇卫生院", "倭井潭村", 30},
		{"乡镇卫生院", "秀山乡卫生院", "秀北村", 20},
		{"社区卫生服务中心", "高亭镇社区卫生服务中心", "蓬莱社区", 40},
		{"社区卫生服务站", "沙涂社区卫生服务站", "沙涂社区", 0},
		{"社区卫生服务站", "闸口社区卫生服务站", "闸口社区", 0},
		{"社区卫生服务站", "竹屿社区卫生服务站", "竹屿社区", 0},
		{"社区卫生服务站", "桥头社区卫生服务站", "桥头社区", 0},
		{"社区卫生服务站", "鱼山社区卫生服务站", "舟山绿色石化基地社区", 6},
	}
	all = append(all, list("村卫生室", "卫生室", 0, "东海村", "板井潭村", "大蒲门村", "南浦村", "司基村", "涂口村", "龙头村", "双合村", "后岸村",
		"大峧村", "长西村", "万南村", "凉峙村", "岛扎村", "太平村", "鼠浪村", "秀东村")...)
	all = append(all, []service{
		{"养老院", "岱山县社会福利院", "山外社区", 260},
		{"养老院", "衢山镇养老院", "桂花村", 150},
		{"养老院", "东沙镇养老院", "桥头社区", 80},
		{"养老院", "长涂镇养老院", "港南村", 60},
		{"居家养老服务中心", "高亭镇居家养老服务中心", "闸口社区", 30},
		{"居家养老服务中心", "东沙镇居家养老服务中心", "东沙社区", 20},
		{"居家养老服务中心", "岱东镇居家养老服务中心", "虎斗村", 16},
		{"居家养老服务中心", "岱西镇居家养老服务中心", "摇星浦村", 16},
		{"居家养老服务中心", "衢山镇居家养老服务中心", "岛斗村", 24},
		{"居家养老服务中心", "秀山乡居家养老服务中心", "秀北村", 12},
	}...)
	all = append(all, list("日间照料中心", "日间照料中心", 10, "安澜社区", "嘉和社区", "板井潭村", "四平村", "秀南村")...)
	return append(all, list("助餐点", "助餐点", 0, "蓬莱社区", "东沙社区", "前岸村", "瀛洲社区", "长西村", "大峧山村")...)
}

// daily are the other services of facilities.xlsx.
func daily() []service {
	var all []service
	for _, part := range [][]service{
		list("零工驿站", "零工驿站", 0, "闸口社区", "舟山绿色石化基地社区", "岛斗村"),
		list("定点零售药店", "定点药店", 0, "安澜社区", "嘉和社区", "东沙社区", "瀛洲社区", "倭井潭村", "秀北村"),
		list("健身点", "健身点", 0, "兰亭社区", "沙涂社区", "竹屿社区", "高亭二村", "桥头社区", "瀛洲社区", "舟山绿色石化基地社区", "虎斗村"),
		list("菜市场", "菜市场", 0, "闸口社区", "蓬莱社区", "兰亭社区", "东沙社区", "岛斗村", "舟山绿色石化基地社区"),
	} {
		all = append(all, part...)
	}
	return all
}

// schools are the rows of schools.geojson.
func schools() []service {
	return []service{
		{"幼儿园", "高亭中心幼儿园", "育才社区", 360},
		{"幼儿园", "蓬莱幼儿园", "蓬莱社区", 270},
		{"幼儿园", "沙涂幼儿园", "沙涂社区", 240},
		{"幼儿园", "东沙幼儿园", "东沙社区", 120},
		{"幼儿园", "岱西幼儿园", "摇星浦村", 90},
		{"幼儿园", "衢山中心幼儿园", "瀛洲社区", 240},
		{"幼儿园", "秀山幼儿园", "秀北村", 60},
		{"小学", "高亭中心小学", "安澜社区", 1350},
		{"小学", "嘉和小学", "嘉和社区", 1080},
		{"小学", "东沙小学", "桥头社区", 540},
		{"小学", "岱东小学", "虎斗村", 270},
		{"小学", "衢山中心小学", "桂花村", 720},
		{"小学", "长涂小学", "倭井潭村", 270},
		{"小学", "秀山小学", "秀南村", 180},
		{"中学", "岱山中学", "兰亭社区", 1500},
		{"中学", "高亭初级中学", "竹屿社区", 1200},
		{"中学", "东沙初级中学", "东沙社区", 480},
		{"中学", "衢山初级中学", "四平村", 600},
	}
}

// site puts services among the houses of their villages: each at the next
// well-peopled cell, a little off its centre.
func (l *land) site(services []service, cells []cell, stream uint64) ([]facility, error) {
	houses, r, used := l.houses(cells), plane.Random(6000+stream), map[string]int{}
	spec := gridSpec()
	var out []facility
	for _, s := range services {
		list := houses[s.village]
		if len(list) == 0 {
			return nil, fmt.Errorf("%s: no such village %q", s.name, s.village)
		}
		k := (2 + 5*used[s.village] + 3*int(stream)) % max(1, len(list)/3)
		used[s.village]++
		c := cells[list[k]]
		x, y := spec.Centre(c.number)
		s.name += mark
		out = append(out, facility{s, orb.Point{
			roundTo(x+(r.Float64()-0.5)*0.7*spec.DX, 1e5), roundTo(y+(r.Float64()-0.5)*0.7*spec.DY, 1e5),
		}, l.villages[c.village].town()})
	}
	return out, nil
}

func roundTo(v, digits float64) float64 { return math.Round(v*digits) / digits }

// houses lists the cells of each village, the most people first.
func (l *land) houses(cells []cell) map[string][]int {
	by := map[string][]int{}
	for k, c := range cells {
		name := l.villages[c.village].name
		by[name] = append(by[name], k)
	}
	for _, list := range by {
		sort.SliceStable(list, func(i, j int) bool { return cells[list[i]].people[0] > cells[list[j]].people[0] })
	}
	return by
}
