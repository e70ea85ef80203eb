package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/message"

	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// app is what every subcommand shares: where to write, and in which language.
type app struct {
	lang    string // "zh" or "en"
	quiet   bool
	started bool // the command's own work has begun
	stdout  io.Writer
	stderr  io.Writer
}

func newApp(args []string, stdout, stderr io.Writer) *app {
	if os.Getenv("NO_COLOR") != "" || !isTerminal(stdout) {
		text.DisableColors()
	}
	return &app{lang: language(args, os.Getenv), stdout: stdout, stderr: stderr}
}

// language is what --lang says, else what the environment says, else English.
// It is looked up before the commands are built, since their help is in it too.
func language(args []string, env func(string) string) string {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok {
			return languageOf(value)
		}
	}
	for _, name := range []string{"LIFECIRCLE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			return languageOf(v)
		}
	}
	return "en"
}

func languageOf(locale string) string {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return "zh"
	}
	return "en"
}

// say renders a message of the catalogue.
func (a *app) say(key string, args coverage.Args) string { return message.Render(a.lang, key, args) }

// writeJSON prints one JSON object, for machines.
func (a *app) writeJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
