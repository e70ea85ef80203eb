package table

import "strings"

var totals = map[string]bool{
	"合计": true, "总计": true, "小计": true, "共计": true, "总和": true, "合 计": true, "总 计": true, "total": true, "sum": true, "subtotal": true, "grandtotal": true,
}

var remarks = []string{"注:", "注：", "备注", "说明", "数据来源", "资料来源", "填表", "制表", "审核", "note", "source", "remark"}

// IsRemark reports whether a row reads like a total or a footnote and not like
// data: its first filled cell says "合计" or "Total", or its only filled cell
// begins with "注：" or "Source". A facility may have such a name, so callers
// ask only about rows that lack what data rows have.
func (r Row) IsRemark() bool {
	first, filled := "", 0
	for i := range r.Cells {
		if c := r.Cell(i); c != "" {
			if filled++; first == "" {
				first = c
			}
		}
	}
	if totals[fold(first)] {
		return true
	}
	for _, w := range remarks {
		if filled == 1 && strings.HasPrefix(strings.ToLower(first), w) {
			return true
		}
	}
	return false
}
