package sketch

import (
	"math"

	"lifecircle/data/sample/sketch/plane"
)

// island is a hand-drawn outline, before it is roughened. An island without a
// village is not lived on.
type island struct {
	key  string
	name string // Chinese, for the reader of this file
	town string // code of the town it belongs to; "" for the main island
	ring []plane.XY
}

// islands are drawn clockwise from the west, in km. Positions are about right;
// the shapes are invented.
var islands = []island{
	{"daishan", "岱山岛", "", []plane.XY{
		{-13.4, -2.7},
		{-12.9, -1.4},
		{-11.7, -1.1},
		{-10.9, -0.1},
		{-9.8, -0.5},
		{-9.3, 0.7},
		{-9, 1.9},
		{-7.9, 2.3},
		{-7.2, 3.2},
		{-6.2, 2.9},
		{-6, 1.9},
		{-5, 1.2},
		{-4.5, 0.2},
		{-3.7, 0.5},
		{-3.1, 1.7},
		{-1.9, 1.6},
		{-1.4, 0.6},
		{-0.3, 0.3},
		{0.7, 0.8},
		{1.1, 1.9},
		{2.3, 2.4},
		{3.2, 1.9},
		{4.4, 1.9},
		{4.3, 0.6},
		{3.5, 0},
		{3.6, -1.2},
		{2.5, -1.7},
		{2.4, -2.4},
		{3.3, -3},
		{2.9, -3.9},
		{2, -4.1},
		{1.9, -4.9},
		{0.9, -5.1},
		{0.6, -6.1},
		{-0.7, -6.1},
		{-1.3, -6.8},
		{-2.3, -6.5},
		{-2.9, -6},
		{-3.6, -6.9},
		{-4.7, -6.8},
		{-5.4, -7.5},
		{-6.5, -6.9},
		{-6.9, -5.9},
		{-7.5, -5},
		{-8.4, -5.1},
		{-9.1, -6.1},
		{-10.2, -5.7},
		{-10.5, -4.7},
		{-11.6, -4.6},
		{-12, -3.7},
		{-13, -3.9},
	}},
	{"qushan", "衢山岛", qushan, []plane.XY{
		{9.4, 14.9},
		{9.9, 15.9},
		{10.9, 15.9},
		{11.3, 16.9},
		{12.3, 17},
		{12.6, 18.2},
		{13.8, 18.8},
		{14.7, 18.3},
		{14.9, 17.1},
		{15.8, 16.7},
		{16.5, 17.6},
		{17.4, 18.3},
		{18.2, 17.5},
		{18.7, 16.8},
		{19.5, 17.4},
		{20.4, 17.3},
		{21.9, 17.5},
		{22, 16.7},
		{20.8, 16.1},
		{20.9, 15.1},
		{19.8, 15},
		{19.2, 14.2},
		{19.3, 13.2},
		{18.2, 13.2},
		{17.5, 12.6},
		{16.7, 13.2},
		{16.3, 14.1},
		{15.4, 14},
		{15.1, 12.9},
		{14.3, 12.2},
		{13.3, 12.5},
		{12.3, 12.2},
		{11.9, 13.2},
		{10.9, 13.1},
		{10.6, 14.1},
	}},
	{"xiaochangtu", "小长涂岛", changtu, []plane.XY{
		{4.8, -6.4},
		{5.1, -5.4},
		{6, -5.2},
		{6.5, -4.5},
		{7.4, -4.8},
		{7.8, -5.6},
		{8.4, -6},
		{7.8, -6.7},
		{7.4, -7.5},
		{6.6, -6.9},
		{5.8, -7.2},
	}},
	{"dachangtu", "大长涂岛", changtu, []plane.XY{
		{9, -6.1},
		{9.5, -4.9},
		{10.6, -4.9},
		{11, -4.1},
		{11.9, -4.3},
		{12.3, -3.2},
		{13.4, -3.3},
		{13.5, -4.4},
		{14.3, -4.9},
		{15.3, -4.5},
		{16.4, -4.9},
		{16, -5.9},
		{15, -6},
		{14.6, -7},
		{13.5, -6.7},
		{12.9, -5.9},
		{12, -6.4},
		{11.6, -7.6},
		{10.5, -7.5},
		{9.9, -6.7},
	}},
	{"xiushan", "秀山岛", xiushan, []plane.XY{
		{-8.3, -13.4},
		{-7.5, -12.7},
		{-7.2, -11.8},
		{-6.1, -11.7},
		{-5.3, -12.4},
		{-4.4, -13.2},
		{-3.8, -12.6},
		{-2.9, -11.9},
		{-1.9, -12.4},
		{-1.3, -13.2},
		{-0.1, -13.6},
		{-0.2, -14.7},
		{-1.1, -15.1},
		{-1.4, -16.1},
		{-2.5, -16.4},
		{-3.2, -15.6},
		{-4.1, -15.4},
		{-4.6, -16.5},
		{-5.7, -16.7},
		{-6.5, -15.9},
		{-7.4, -15.6},
		{-7.4, -14.5},
	}},
	{"yushan", "鱼山岛", gaoting, []plane.XY{
		{-25.8, 0.3},
		{-25, 1},
		{-25, 2.1},
		{-23.9, 2.1},
		{-23.2, 2.9},
		{-22.2, 2.3},
		{-21.2, 2.4},
		{-20.6, 1.3},
		{-21.1, 0.4},
		{-20.9, -0.6},
		{-21.9, -0.8},
		{-22.7, -1.4},
		{-23.6, -0.8},
		{-24.8, -1.1},
	}},
	{"jiangnan", "江南山岛", gaoting, oval(4.3, -8.3, 0.75, 0.5, 1)},
	{"guanshan", "官山岛", gaoting, oval(1.5, -9.9, 0.8, 0.5, 2)},
	{"dajiao", "大峧山岛", gaoting, oval(-1.9, -9.7, 1.05, 0.6, 3)},
	{"shulang", "鼠浪湖岛", qushan, oval(24.2, 13.6, 1.2, 0.75, 4)},
	{"huangze", "黄泽山岛", qushan, oval(11.6, 22.4, 1.0, 0.55, 5)},
	{"zhangmu", "樟木山岛", qushan, oval(7.4, 18.6, 0.6, 0.45, 6)},
	{"xiaoqu", "小衢山岛", qushan, oval(5.6, 14.4, 0.9, 0.6, 7)},
	{"north", "无人小岛", dongsha, oval(-11.0, 4.4, 0.4, 0.25, 8)},
	{"south", "无人小岛", changtu, oval(9.4, -10.1, 0.35, 0.3, 9)},
	{"east", "无人小岛", qushan, oval(23.4, 18.3, 0.45, 0.3, 10)},
}

// oval is a small island of uneven roundness.
func oval(x, y, width, height float64, stream uint64) []plane.XY {
	r, ring := plane.Random(1000+stream), []plane.XY(nil)
	turn := (r.Float64() - 0.5) * 1.2
	for i := range 9 {
		angle := math.Pi - 2*math.Pi*float64(i)/9
		size := 0.7 + 0.55*r.Float64()
		dx, dy := width*size*math.Cos(angle), height*size*math.Sin(angle)
		ring = append(ring, plane.XY{
			math.Round((x+dx*math.Cos(turn)-dy*math.Sin(turn))*100) / 100,
			math.Round((y+dx*math.Sin(turn)+dy*math.Cos(turn))*100) / 100,
		})
	}
	return ring
}

// The towns, by their public codes.
const (
	gaoting = "330921100"
	dongsha = "330921101"
	daidong = "330921102"
	daixi   = "330921103"
	changtu = "330921105"
	qushan  = "330921106"
	xiushan = "330921200"
	county  = "330921"
)

// town is a township-level unit.
type town struct{ code, name string }

var towns = []town{
	{gaoting, "高亭镇"},
	{dongsha, "东沙镇"},
	{daidong, "岱东镇"},
	{daixi, "岱西镇"},
	{changtu, "长涂镇"},
	{qushan, "衢山镇"},
	{xiushan, "秀山乡"},
}

// regions cut the main island into its four towns; they reach out to sea.
func regions() map[string][]plane.XY {
	return map[string][]plane.XY{
		daixi:   {{-20, 4}, {-10.6, 4}, {-9.9, 0.3}, {-8.9, -2.2}, {-7.6, -5.7}, {-7.2, -9}, {-20, -9}},
		dongsha: {{-10.6, 4}, {-2.9, 4}, {-3.2, 1.5}, {-4.2, -2}, {-8.9, -2.2}, {-9.9, 0.3}},
		daidong: {{-2.9, 4}, {6, 4}, {6, -2.6}, {2.7, -2.4}, {0.2, -2.2}, {-4.2, -2}, {-3.2, 1.5}},
		gaoting: {{6, -2.6}, {6, -9}, {-7.2, -9}, {-7.6, -5.7}, {-8.9, -2.2}, {-4.2, -2}, {0.2, -2.2}, {2.7, -2.4}},
	}
}
