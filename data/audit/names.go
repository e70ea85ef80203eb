package audit

import (
	"strings"
	"unicode"

	"lifecircle/data/kinds"

	"golang.org/x/text/width"
)

// PlainName is a name without what people write differently: half width, lower
// case, letters and digits only, no form of company.
func PlainName(name string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, width.Fold.String(name))
	for _, form := range []string{"有限责任公司", "有限公司"} {
		s = strings.TrimSuffix(s, form)
	}
	return s
}

// telling are characters that make two names two: numbers, directions, sizes,
// branches. 第一小学 and 第二小学 differ by one character and are two schools.
const telling = "0123456789〇一二三四五六七八九十百零甲乙丙丁戊东西南北中上下前后左右内外大小新老旧男女分总院部附第号期区"

var tellingRunes = func() map[rune]bool {
	set := map[rune]bool{}
	for _, r := range telling {
		set[r] = true
	}
	return set
}()

// AlikeNames reports whether two different plain names may well be one: they
// differ in a character or two out of many, or one begins with more (a county's
// name before 人民医院), and nothing that tells places apart is in the difference.
func AlikeNames(a, b string) bool { return alikeRunes([]rune(a), []rune(b)) }

func alikeRunes(x, y []rune) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 4 {
		return false
	}
	p := 0
	for p < len(x) && x[p] == y[p] {
		p++
	}
	s := 0
	for s < len(x)-p && x[len(x)-1-s] == y[len(y)-1-s] {
		s++
	}
	mx, my := x[p:len(x)-s], y[p:len(y)-s]
	if len(my) == 0 {
		return false // the same name
	}
	if tells(mx, my, s == 0) {
		return false
	}
	if len(mx) == 0 && p == 0 {
		return true
	}
	allowed := 1
	if len(y) >= 10 {
		allowed = 2
	}
	if ascii(y) {
		if len(x) < 8 {
			return false
		}
		allowed = len(y) / 8
	}
	return kinds.Distance(mx, my) <= allowed
}

// tells reports whether what differs tells places apart. A single letter at the
// end (Clinic A, Clinic B) does.
func tells(x, y []rune, atEnd bool) bool {
	for _, part := range [2][]rune{x, y} {
		for _, r := range part {
			if tellingRunes[r] {
				return true
			}
		}
	}
	return atEnd && len(x) <= 1 && len(y) <= 1
}

func ascii(s []rune) bool {
	for _, r := range s {
		if r >= 0x80 {
			return false
		}
	}
	return true
}
