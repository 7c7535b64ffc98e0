package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// completeCommand prints the candidates for the last word. If there are none, shells
// complete file names.
type completeCommand struct {
	Words []string `arg:"" optional:"" help:"Words of the command line so far, without the program."`
}

// Run prints a candidate a line.
func (c *completeCommand) Run() error {
	for _, candidate := range candidates(newParser().Model.Node, c.Words) {
		fmt.Println(candidate)
	}
	return nil
}

// candidates returns the completions of the last word, sorted. Some shells split an
// option, the = and its value into three words.
func candidates(at *kong.Node, words []string) (all []string) {
	before, last := "", ""
	if n := len(words); n > 0 {
		words, last = words[:n-1], strings.TrimPrefix(words[n-1], "=")
	}
	for _, word := range words {
		if word == "=" {
			continue
		}
		if !wantsValue(at, before) {
			at = below(at, word)
		}
		before = word
	}
	for _, one := range offers(at, before, last) {
		if strings.HasPrefix(one, last) {
			all = append(all, one)
		}
	}
	slices.Sort(all)
	return all
}

// below returns the subcommand of that name, or else the command itself.
func below(at *kong.Node, name string) *kong.Node {
	for _, child := range at.Children {
		if child.Name == name {
			return child
		}
	}
	return at
}

// offers returns all words that may follow a word, in the place of the last one.
func offers(at *kong.Node, before, last string) []string {
	if wantsValue(at, before) {
		return valuesOf(at, before)
	}
	if name, _, given := strings.Cut(last, "="); given {
		return assigned(name, valuesOf(at, name))
	}
	if strings.HasPrefix(last, "-") {
		return flagsOf(at)
	}
	return wordsOf(at)
}

// assigned joins an option with each of its values.
func assigned(name string, values []string) (all []string) {
	for _, value := range values {
		all = append(all, name+"="+value)
	}
	return all
}

// flags returns the flags of a command, or of the default command if none is named.
func flags(at *kong.Node) (all []*kong.Flag) {
	if at.DefaultCmd != nil {
		at = at.DefaultCmd
	}
	for _, group := range at.AllFlags(true) {
		all = append(all, group...)
	}
	return all
}

func flagsOf(at *kong.Node) (all []string) {
	for _, flag := range flags(at) {
		all = append(all, "--"+flag.Name)
	}
	return all
}

func flagOf(at *kong.Node, word string) *kong.Flag {
	for _, flag := range flags(at) {
		if word == "--"+flag.Name {
			return flag
		}
	}
	return nil
}

func wantsValue(at *kong.Node, word string) bool {
	flag := flagOf(at, word)
	return flag != nil && !flag.IsBool()
}

// valuesOf returns the values of a flag with a fixed list of them.
func valuesOf(at *kong.Node, word string) []string {
	if flag := flagOf(at, word); flag != nil && flag.Enum != "" {
		return flag.EnumSlice()
	}
	return nil
}

// wordsOf returns the subcommands, and the values of arguments with a fixed list.
func wordsOf(at *kong.Node) (all []string) {
	for _, child := range at.Children {
		if !child.Hidden {
			all = append(all, child.Name)
		}
	}
	for _, argument := range at.Positional {
		if argument.Enum != "" {
			all = append(all, argument.EnumSlice()...)
		}
	}
	return all
}
