package export

import (
	"encoding/json"
	"io"

	"lifecircle/coverage"
	"lifecircle/coverage/message"

	"github.com/xuri/excelize/v2"
)

// maxSheetRows is what a sheet can hold, its header included.
const maxSheetRows = 1 << 20

// xlsx writes a table without its polygons, and a second sheet that tells where
// the figures come from.
func (j *job) xlsx(w io.Writer, t *table) error {
	if t.len+1 > maxSheetRows {
		args := coverage.Args{"rows": t.len, "limit": maxSheetRows - 1}
		return &coverage.Error{Code: coverage.Unsupported, Key: "export.sheet_rows", Args: args}
	}
	f := excelize.NewFile()
	defer f.Close()
	sheet := message.Render(j.lang(), "export.layer."+t.name, nil)
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if err := j.sheet(f, sheet, t); err != nil {
		return err
	}
	if err := j.about(f); err != nil {
		return err
	}
	return f.Write(w)
}

// lang is the language of the texts that have to be in one.
func (j *job) lang() string {
	if j.o.Lang == "" {
		return "en"
	}
	return j.o.Lang
}

func (j *job) sheet(f *excelize.File, sheet string, t *table) error {
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, max(1, len(t.columns)), 14); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(t.columns))
	for i, c := range t.columns {
		header[i] = excelize.Cell{StyleID: bold, Value: c.title(j.o.Lang)}
	}
	if err := out.SetRow("A1", header); err != nil {
		return err
	}
	if err := j.sheetRows(out, t); err != nil {
		return err
	}
	return out.Flush()
}

func (j *job) sheetRows(out *excelize.StreamWriter, t *table) error {
	values := make([]any, len(t.columns))
	for i := range t.len {
		if err := j.tick(i, t.len); err != nil {
			return err
		}
		clear(values)
		t.row(i, values)
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, values); err != nil {
			return err
		}
	}
	return nil
}

// about lists name, note, credit and run, a line each.
func (j *job) about(f *excelize.File) error {
	sheet := message.Render(j.lang(), "export.about", nil)
	if _, err := f.NewSheet(sheet); err != nil {
		return err
	}
	lines, err := j.facts()
	if err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "A", "A", 16); err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "B", "B", 100); err != nil {
		return err
	}
	for i, l := range lines {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(sheet, at, &[]any{message.Render(j.lang(), "export.about."+l[0], nil), l[1]}); err != nil {
			return err
		}
	}
	return nil
}

// facts are what the dataset and the run say of themselves, by name.
func (j *job) facts() ([][2]string, error) {
	lang := j.lang()
	all := [][2]string{{"name", j.ds.Name.In(lang)}, {"note", j.ds.Note.In(lang)}, {"credit", j.ds.Credit.In(lang)}}
	if j.run != nil && j.o.NeedsRun() {
		options, err := json.Marshal(j.run.Options)
		if err != nil {
			return nil, err
		}
		all = append(all, [2]string{"run", j.run.Hash}, [2]string{"version", j.run.Version}, [2]string{"options", string(options)})
		for _, l := range j.run.LeftOut {
			all = append(all, [2]string{"left_out", l.Message.In(lang)})
		}
	}
	var lines [][2]string
	for _, l := range all {
		if l[1] != "" {
			lines = append(lines, l)
		}
	}
	return lines, nil
}
