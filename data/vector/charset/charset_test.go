package charset

import (
	"io"
	"strings"
	"testing"
)

func TestNamed(t *testing.T) {
	for name, want := range map[string]string{
		"UTF-8": "UTF-8", "utf8\r\n": "UTF-8", "65001": "UTF-8", "GBK": "GB18030", "936": "GB18030", "ANSI 936": "GB18030",
		"cp936": "GB18030", "gb2312": "GB18030", "Big5": "Big5", "950": "Big5", "ISO-8859-1": "Windows-1252", "windows-1252": "Windows-1252",
		"shift_jis": "shift_jis",
	} {
		if c, ok := Named(name); !ok || c.Name != want {
			t.Errorf("%q: %q, want %q", name, c.Name, want)
		}
	}
	for _, name := range []string{"", "klingon", "UTF-9"} {
		if c, ok := Named(name); ok {
			t.Errorf("%q: %q", name, c.Name)
		}
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		c    Charset
		text string
		want string
		ok   bool
	}{
		{UTF8, "岱山", "岱山", true},
		{UTF8, "a\xffb", "a\ufffdb", false},
		{GB18030, "\xe1\xb7\xc9\xbd", "岱山", true},
		{GB18030, "plain", "plain", true},
		{GB18030, "a\xff", "a\ufffd", false},
		{Big5, "\xa4\xa4", "中", true},
		{Windows1252, "caf\xe9", "café", true},
	}
	for _, tt := range tests {
		if got, ok := tt.c.Decode([]byte(tt.text)); got != tt.want || ok != tt.ok {
			t.Errorf("%s %q: %q %v, want %q %v", tt.c.Name, tt.text, got, ok, tt.want, tt.ok)
		}
	}
	b, err := io.ReadAll(GB18030.Reader(strings.NewReader("\xe1\xb7\xc9\xbd")))
	if err != nil || string(b) != "岱山" {
		t.Errorf("%q %v", b, err)
	}
	if b, _ := io.ReadAll(UTF8.Reader(strings.NewReader("岱山"))); string(b) != "岱山" {
		t.Errorf("%q", b)
	}
}
