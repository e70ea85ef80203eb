// Command lifecircle plans facility coverage: who is served within the minutes
// that a plan promises, who is not, and where the gaps are. This package is the
// only main and the only wiring: a file a subcommand. It reads flags, opens
// projects and stores, calls coverage/analysis, and prints.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"lifecircle/coverage"
)

// version is set by the linker.
var version = "dev"

// The exit codes, as agreed.
const (
	exitOK          = 0
	exitUse         = 1
	exitNotFound    = 2
	exitUnusable    = 3
	exitInfeasible  = 4
	exitFault       = 70
	exitInterrupted = 130
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: it returns the exit code. A panic is a fault of the
// program and is said so, with the stack for whoever mends it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	a := newApp(args, stdout, stderr)
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(stderr, "lifecircle: %s: %v\n%s", a.say("cmd.fault", nil), p, debug.Stack())
			code = exitFault
		}
	}()
	root := rootCommand(a)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	code = exitCode(ctx, err)
	if !a.started && code == exitFault {
		code = exitUse // cobra refused the words of the command
	}
	if code == exitInterrupted {
		err = &coverage.Error{Code: coverage.Conflict, Key: "cmd.interrupted"}
	}
	fmt.Fprintln(stderr, "lifecircle: "+coverage.Explain(err, a.lang))
	return code
}

func exitCode(ctx context.Context, err error) int {
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return exitInterrupted
	}
	switch coverage.CodeOf(err) {
	case coverage.Invalid, coverage.Unsupported, coverage.Conflict:
		return exitUse
	case coverage.NotFound:
		return exitNotFound
	case coverage.Unusable:
		return exitUnusable
	case coverage.Infeasible:
		return exitInfeasible
	}
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return exitNotFound
	}
	return exitFault
}
