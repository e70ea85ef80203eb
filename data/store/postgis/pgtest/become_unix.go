//go:build unix

package pgtest

import (
	"os/exec"
	"syscall"
)

// become makes a command run as another user, and not get the interrupts of
// the terminal that the tests run in.
func become(c *exec.Cmd, who *identity) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if who != nil {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(who.uid), Gid: uint32(who.gid)}
	}
}
