package source

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/geo/crs"
)

// Source records a file as read, with its hash.
func (l *Folder) Source(s coverage.Source) {
	sum, ok := l.hashes[s.File]
	if !ok {
		sum = l.hash(s.File)
		l.hashes[s.File] = sum
	}
	s.SHA256 = sum
	l.Dataset.Sources = append(l.Dataset.Sources, s)
}

// Hashed is the SHA-256 of a file that [Folder.Source] has recorded, "" of any
// other.
func (l *Folder) Hashed(file string) string { return l.hashes[file] }

// sideFiles of a Shapefile belong to what it says.
var sideFiles = []string{".dbf", ".shx", ".prj", ".cpg"}

// hash is the SHA-256 of a file; of a Shapefile with its side files, in the
// order of sideFiles. It is "" when the file has vanished while being read.
func (l *Folder) hash(file string) string {
	h := sha256.New()
	if !l.addFile(h, file) {
		return ""
	}
	if ext := path.Ext(file); strings.EqualFold(ext, ".shp") {
		for _, side := range sideFiles {
			base := strings.TrimSuffix(file, ext)
			if !l.addFile(h, base+side) {
				l.addFile(h, base+strings.ToUpper(side))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (l *Folder) addFile(w io.Writer, file string) bool {
	f, err := l.FS.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err == nil
}

// System decides in what coordinates a file is: what the project's entry says,
// else what the file says (said a code or name, wkt a definition), else the
// project's default.
func (l *Folder) System(s project.Source, said, wkt string) (crs.CRS, error) {
	own, known := ownSystem(said, wkt)
	if s.CRS != "" {
		c, err := crs.Parse(s.CRS)
		if err == nil && known && contradicts(c, own) {
			l.Issues.Add(coverage.Issue{
				Ref: coverage.Ref{File: s.File}, Key: "data.crs_differs",
				Args: coverage.Args{"stated": c.Code(), "own": own.Code()},
			})
		}
		return c, err
	}
	if known {
		return own, nil
	}
	if said != "" || wkt != "" {
		name := said
		if name == "" {
			name = shorten(wkt, 80)
		}
		return crs.CRS{}, Refuse("data.crs_unknown", s.File, coverage.Args{"crs": name})
	}
	return crs.Parse(l.Project.CRS)
}

func ownSystem(said, wkt string) (crs.CRS, bool) {
	if said != "" {
		if c, err := crs.Parse(said); err == nil {
			return c, true
		}
	}
	if wkt != "" {
		return crs.FromWKT(wkt)
	}
	return crs.CRS{}, false
}

// contradicts reports whether a stated system is another than the file's own.
// Shifted coordinates are kept in files that call themselves WGS 84, and WGS 84
// and CGCS2000 agree to centimetres: these are no contradictions.
func contradicts(stated, own crs.CRS) bool {
	return stated != own && !(stated.IsGeographic() && own.IsGeographic())
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
