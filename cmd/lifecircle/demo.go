package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data"
	"lifecircle/data/sample"
	"lifecircle/data/store/openstore"

	"github.com/spf13/cobra"
)

func demoCommand(a *app) *cobra.Command {
	var addr, dir string
	c := &cobra.Command{
		Use:   "demo",
		Short: a.say("cmd.demo", nil),
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if dir == "" {
				dir = demoDir()
			}
			store, err := a.prepareDemo(c.Context(), dir)
			if err != nil {
				return err
			}
			return a.serve(c.Context(), store, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", defaultAddr, a.say("cmd.flag.addr", nil))
	c.Flags().StringVar(&dir, "dir", "", a.say("cmd.flag.dir", nil))
	return c
}

// demoDir is where the example lies between two demos.
func demoDir() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "lifecircle", "demo")
}

// prepareDemo unpacks the example, imports it, judges its standards, prints the
// tables and returns the store.
func (a *app) prepareDemo(ctx context.Context, dir string) (string, error) {
	project := filepath.Join(dir, "daishan")
	if err := sample.WriteTo(project); err != nil {
		return "", err
	}
	fmt.Fprintln(a.stderr, a.say("cmd.demo.unpacked", coverage.Args{"dir": project}))
	progress, stop := a.progress()
	defer stop()
	ds, issues, err := data.Open(ctx, project, data.Options{}, progress)
	if err != nil {
		a.printIssues(a.stderr, issues)
		return "", err
	}
	url := filepath.Join(dir, "daishan.gpkg")
	s, err := openstore.Create(ctx, url)
	if err != nil {
		return "", err
	}
	defer s.Close()
	if err := s.Save(ctx, ds, progress); err != nil {
		return "", err
	}
	run, err := analyse(ctx, s, analysis.Choice{}, true, progress)
	if err != nil {
		return "", err
	}
	stop()
	return url, a.printCoverage(run, nil)
}
