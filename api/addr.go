package api

import (
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"lifecircle/coverage"
)

// CheckAddr refuses to listen on an address that other machines reach, since
// nobody signs in. Allowed are loopback addresses and "localhost", each with a
// port (0: any free one).
func CheckAddr(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if n, e := strconv.ParseUint(port, 10, 16); err != nil || e != nil || n > 65535 {
		return &coverage.Error{Code: coverage.Invalid, Key: "api.addr", Args: coverage.Args{"value": addr}}
	}
	if strings.EqualFold(host, "localhost") {
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() {
		return nil
	}
	return &coverage.Error{Code: coverage.Invalid, Key: "api.addr_open", Args: coverage.Args{"value": addr}}
}

// NewServer makes a server of the handler with limits on slow and large requests.
// A handler that can be closed, such as a [Service], is when the server shuts down.
func NewServer(h http.Handler) *http.Server {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      3 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	if c, ok := h.(io.Closer); ok {
		s.RegisterOnShutdown(func() { _ = c.Close() })
	}
	return s
}
