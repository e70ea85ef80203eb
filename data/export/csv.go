package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// csv writes a table without its polygons.
func (j *job) csv(w io.Writer, t *table) error {
	if j.o.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	record := make([]string, len(t.columns))
	for i, c := range t.columns {
		record[i] = c.title(j.o.Lang)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	values := make([]any, len(t.columns))
	for i := range t.len {
		if err := j.tick(i, t.len); err != nil {
			return err
		}
		clear(values)
		t.row(i, values)
		for k, v := range values {
			record[k] = plainText(t.columns[k].key, v)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// plainText writes a value with as many digits as it needs to be read back.
func plainText(key string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case float64:
		if key == "lon" || key == "lat" {
			return string(appendDegrees(nil, v))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
