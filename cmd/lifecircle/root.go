package main

import (
	"strings"

	"lifecircle/coverage"

	"github.com/spf13/cobra"
)

func rootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "lifecircle",
		Short:         a.say("cmd.root", nil),
		Long:          a.say("cmd.root.long", nil),
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		// A word that is no subcommand is wrong use, never ignored.
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().String("lang", a.lang, a.say("cmd.flag.lang", nil))
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, a.say("cmd.flag.quiet", nil))
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if v, _ := c.Flags().GetString("lang"); v != "zh" && v != "en" {
			return &coverage.Error{Code: coverage.Invalid, Key: "cmd.lang", Args: coverage.Args{"value": v}}
		}
		return nil
	}
	root.AddCommand(
		initCommand(a), checkCommand(a), importCommand(a), coverageCommand(a), gapsCommand(a),
		modesCommand(a), sharingCommand(a), routeCommand(a), isochroneCommand(a), siteCommand(a), closeCommand(a), whatifCommand(a), solveCommand(a), exportCommand(a), serveCommand(a), demoCommand(a), versionCommand(a),
	)
	markStart(a, root)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	a.speak(root)
	return root
}

// speak puts what cobra itself says into the reader's language.
func (a *app) speak(root *cobra.Command) {
	for _, c := range root.Commands() {
		if key := "cmd." + c.Name(); c.Name() == "help" || c.Name() == "completion" {
			c.Short = a.say(key, nil)
		}
	}
	root.PersistentFlags().BoolP("help", "h", false, a.say("cmd.flag.help", nil))
	root.Flags().BoolP("version", "v", false, a.say("cmd.version", nil))
	usage := root.UsageTemplate()
	for _, heading := range []string{
		"Usage:", "Aliases:", "Available Commands:", "Additional Commands:", "Global Flags:", "\nFlags:",
		"Use \"{{.CommandPath}} [command] --help\" for more information about a command.",
	} {
		if said := a.say("cobra."+strings.TrimSpace(heading), nil); a.lang == "zh" {
			usage = strings.ReplaceAll(usage, strings.TrimSpace(heading), said)
		}
	}
	root.SetUsageTemplate(usage)
}

// markStart notes when a command's own work begins: an error before that is
// wrong use, found by cobra.
func markStart(a *app, c *cobra.Command) {
	for _, sub := range c.Commands() {
		markStart(a, sub)
	}
	if work := c.RunE; work != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			a.started = true
			return work(c, args)
		}
	}
}

func versionCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: a.say("cmd.version", nil),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.writeJSON(map[string]string{"version": version})
			}
			_, err := a.stdout.Write([]byte("lifecircle " + version + "\n"))
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	return c
}
