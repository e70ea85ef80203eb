package vector

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"lifecircle/data/gpkgblob"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom/encoding/wkt"
)

// parseWKT reads well-known text (OGC 06-103r4, clause 7), with the SRID prefix
// of PostGIS when there is one; srid is 0 without it. zm says that Z or M
// values were dropped.
func parseWKT(s string) (g orb.Geometry, srid int, zm bool, err error) {
	s = strings.TrimSpace(s)
	if head, rest, ok := strings.Cut(s, ";"); ok {
		digits, isSRID := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(head)), "SRID=")
		if srid, err = strconv.Atoi(digits); !isSRID || err != nil {
			return nil, 0, false, fmt.Errorf("%q before the semicolon is no SRID", head)
		}
		s = rest
	}
	if err := checkWKT(s); err != nil {
		return nil, 0, false, err
	}
	t, err := wkt.Unmarshal(s)
	if err != nil {
		return nil, 0, false, errors.New(firstLine(err.Error()))
	}
	g, zm, err = gpkgblob.FromGeom(t)
	return g, srid, zm, err
}

// checkWKT refuses what the parser of go-geom would overlook (it takes a zero
// byte for the end) or descend into without end.
func checkWKT(s string) error {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case 0:
			return errors.New("a zero byte")
		case '(':
			if depth++; depth > maxNesting+4 {
				return errors.New("brackets nested too deep")
			}
		case ')':
			depth--
		}
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
