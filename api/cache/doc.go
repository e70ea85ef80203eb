// Package cache keeps what is dear to compute: [Cache] computes a key once for
// all who ask at the same time, forgets the least recently used when it grows
// past its size, and gives up when everybody who waited has gone (unless it is patient). [Gate] lets
// only so many heavy computations run at once.
package cache
