package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"lifecircle/api"
	"lifecircle/coverage"
	"lifecircle/web"

	"github.com/spf13/cobra"
)

const defaultAddr = "127.0.0.1:8080"

func serveCommand(a *app) *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use:   "serve STORE",
		Short: a.say("cmd.serve", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.serve(c.Context(), args[0], addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", defaultAddr, a.say("cmd.flag.addr", nil))
	return c
}

// serve answers requests on a store until ctx is done.
func (a *app) serve(ctx context.Context, url, addr string) error {
	if err := api.CheckAddr(addr); err != nil {
		return err
	}
	project := &live{url: url}
	progress, stop := a.progress()
	_, err := project.dataset(ctx, progress) // a store that cannot be read is said now, not on the first request
	stop()
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return &coverage.Error{Code: coverage.Conflict, Key: "cmd.listen", Args: coverage.Args{"addr": addr}, Err: err}
	}
	handler, err := api.New(project, &api.Engines{Version: version}, web.FS(), api.Options{Version: version, Addr: listener.Addr().String()})
	if err != nil {
		return err
	}
	server := api.NewServer(handler)
	fmt.Fprintf(a.stderr, "listening on http://%s\n", listener.Addr())
	return serveUntil(ctx, server, listener)
}

// serveUntil lets requests under way finish for a few seconds after ctx ends.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	if err := <-stopped; !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}
