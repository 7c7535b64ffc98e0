package architecture

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPictureShowsTheImports compares the picture that opens ARCHITECTURE.md with
// what packages import. Packages below a pictured room count as that room, and
// an import that longer ways in the picture imply is left out of it.
func TestPictureShowsTheImports(t *testing.T) {
	rooms, pictured := picture(t)
	want := reduced(importsOfRooms(t, rooms))
	for _, edge := range difference(want, pictured) {
		t.Errorf("the picture in ARCHITECTURE.md lacks: %s", edge)
	}
	for _, edge := range difference(pictured, want) {
		t.Errorf("the picture in ARCHITECTURE.md has an arrow that no import, or a longer way, stands for: %s", edge)
	}
}

func TestEveryPackageIsInThePicture(t *testing.T) {
	rooms, _ := picture(t)
	for _, u := range units(t) {
		if strings.HasSuffix(u.folder(), "test") {
			continue // supports tests
		}
		imports := slices.ContainsFunc(u.Imports, func(path string) bool { _, ours := within(path); return ours })
		if imports && nearest(rooms, u.folder()) == "" {
			t.Errorf("%s is in no box of the picture in ARCHITECTURE.md", u.folder())
		}
	}
}

var (
	drawing   = regexp.MustCompile("(?s)```mermaid\n(.*?)```")
	drawnRoom = regexp.MustCompile(`(?m)^\s*(\w+)\["(.+)"\]$`)
	drawnEdge = regexp.MustCompile(`(?m)^\s*(\w+) --> (.+)$`)
)

// picture reads the diagram: the room of each folder in it, which is the first that
// is written in the same box, and the arrows between rooms.
func picture(t *testing.T) (rooms map[string]string, edges map[string]bool) {
	t.Helper()
	found := drawing.FindSubmatch(read(t, "ARCHITECTURE.md"))
	if found == nil {
		t.Fatal("ARCHITECTURE.md has no mermaid diagram")
	}
	text, boxes := string(found[1]), map[string]string{}
	rooms, edges = map[string]string{}, map[string]bool{}
	for _, match := range drawnRoom.FindAllStringSubmatch(text, -1) {
		folders := strings.Split(match[2], "<br>")
		boxes[match[1]] = folders[0]
		for _, folder := range folders {
			rooms[folder] = folders[0]
		}
	}
	for _, match := range drawnEdge.FindAllStringSubmatch(text, -1) {
		for to := range strings.SplitSeq(match[2], " & ") {
			edges[edge(boxes[match[1]], boxes[strings.TrimSpace(to)])] = true
		}
	}
	return rooms, edges
}

func edge(from, to string) string { return fmt.Sprintf("%s --> %s", from, to) }

// importsOfRooms lists for each room the other rooms that its packages import.
func importsOfRooms(t *testing.T, rooms map[string]string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, u := range units(t) {
		if strings.HasSuffix(u.folder(), "test") {
			continue // supports tests
		}
		from := nearest(rooms, u.folder())
		for _, path := range u.Imports {
			folder, ours := within(path)
			to := nearest(rooms, folder)
			if ours && from != "" && to != "" && from != to && !slices.Contains(imports[from], to) {
				imports[from] = append(imports[from], to)
			}
		}
	}
	return imports
}

// nearest returns the room that a folder lies in; "" if none is pictured. The root
// is pictured as server.go.
func nearest(rooms map[string]string, folder string) string {
	if folder == "" {
		folder = "server.go"
	}
	for folder != "" && rooms[folder] == "" {
		folder = folder[:max(strings.LastIndexByte(folder, '/'), 0)]
	}
	return rooms[folder]
}

// reduced leaves out the imports that longer ways imply.
func reduced(imports map[string][]string) map[string]bool {
	edges := map[string]bool{}
	for from, tos := range imports {
		for _, to := range tos {
			implied := slices.ContainsFunc(tos, func(other string) bool { return other != to && leads(imports, other, to) })
			if !implied {
				edges[edge(from, to)] = true
			}
		}
	}
	return edges
}

// leads reports whether imports lead from one room to another; they have no circles.
func leads(imports map[string][]string, from, to string) bool {
	return from == to || slices.ContainsFunc(imports[from], func(next string) bool { return leads(imports, next, to) })
}

// difference lists what is in a but not in b, in order.
func difference(a, b map[string]bool) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a)), func(edge string) bool { return b[edge] })
}
