package message

import "fmt"

// text is an argument as a part of a place: "" when there is none or it is 0.
func text(args Args, name string) string {
	v, ok := args[name]
	if !ok || v == nil || v == "" || v == 0 {
		return ""
	}
	return fmt.Sprint(v)
}

func sheetPart(args Args) string {
	if s := text(args, "sheet"); s != "" {
		return " " + s
	}
	return ""
}

// rowPart is the row or the element of a place: of the message's own place or,
// with of, of the first or other one that it names.
func rowPart(lang string, args Args, of string) string {
	if e := text(args, of+"element"); e != "" {
		return " " + Element(lang, e)
	}
	row := text(args, of+"row")
	switch {
	case row == "":
		return ""
	case lang == "zh":
		return " 第 " + row + " 行"
	}
	return " row " + row
}

// linePart is the row of a text file.
func linePart(lang string, args Args) string {
	line := text(args, "row")
	switch {
	case line == "":
		return ""
	case lang == "zh":
		return " 第 " + line + " 行"
	}
	return " line " + line
}

// featurePart is the row of a layer whose features have no numbers of their own.
func featurePart(lang string, args Args) string {
	n := text(args, "row")
	switch {
	case n == "":
		return ""
	case lang == "zh":
		return " 第 " + n + " 个要素"
	}
	return ", feature " + n
}

func columnPart(lang string, args Args) string {
	c := text(args, "column")
	switch {
	case c == "":
		return ""
	case lang == "zh":
		return "“" + c + "”"
	}
	return `, "` + c + `"`
}

var elements = map[byte][2]string{'n': {"节点", "node"}, 'w': {"路径", "way"}, 'r': {"关系", "relation"}}

// Element says an element of an OpenStreetMap extract: "n12" is node 12.
func Element(lang, id string) string {
	if id == "" {
		return ""
	}
	words, ok := elements[id[0]]
	switch {
	case !ok:
		return id
	case lang == "zh":
		return words[0] + " " + id[1:]
	}
	return words[1] + " " + id[1:]
}
