package telemetry

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

var described = regexp.MustCompile(`fqName: "([^"]+)"`)

// Described returns the names of all metrics with the prefix chancery_.
func (t *Telemetry) Described() map[string]bool {
	all := make(chan *prometheus.Desc)
	go func() {
		t.registry.Describe(all)
		close(all)
	}()
	names := map[string]bool{}
	for desc := range all {
		if name := described.FindStringSubmatch(fmt.Sprint(desc)); name != nil && strings.HasPrefix(name[1], namespace+"_") {
			names[name[1]] = true
		}
	}
	return names
}
