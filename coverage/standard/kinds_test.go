package standard

import "testing"

// Every kind that a shipped standard counts has a name in both languages and
// belongs to the standard's service.
func TestShippedStandardsUseKnownKinds(t *testing.T) {
	for _, id := range Shipped() {
		_, standards, err := Load(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range standards {
			if name := ServiceName(s.Service); name.ZH == s.Service || name.EN == s.Service {
				t.Errorf("%s: service %q has no name", s.ID, s.Service)
			}
			for _, k := range s.Kinds {
				if name := KindName(k); name.ZH == k || name.EN == k {
					t.Errorf("%s: kind %q has no name", s.ID, k)
				}
				if ServiceOf(k) != s.Service {
					t.Errorf("%s: kind %q belongs to %q, not to %q", s.ID, k, ServiceOf(k), s.Service)
				}
			}
		}
	}
	if got := KindName("lighthouse"); got.EN != "lighthouse" || got.ZH != "lighthouse" {
		t.Errorf("unknown kind is shown as %+v", got)
	}
}
