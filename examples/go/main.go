// Command example asks a Chancery server with types that genqlient made from its schema.
package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log"
	"os"
	"os/signal"
	"strings"
)

//go:generate go tool genqlient

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := tell(ctx, newServer()); err != nil {
		log.Fatal(err)
	}
}

func tell(ctx context.Context, s *server) error {
	if err := whomAMinisterMet(ctx, s); err != nil {
		return err
	}
	if err := whoBelongs(ctx, s); err != nil {
		return err
	}
	if err := howItWas(ctx, s); err != nil {
		return err
	}
	number, err := recordACall(ctx, s)
	if err != nil {
		return err
	}
	if err := followFrom(ctx, s, number); err != nil {
		return err
	}
	return askTooMuch(ctx, s)
}

func whomAMinisterMet(ctx context.Context, s *server) error {
	answer, err := Meetings(ctx, s, "elmar-mammadyarov")
	if err != nil {
		return err
	}
	if answer.Person == nil {
		return errors.New("there is no such minister")
	}
	fmt.Printf("%s met others %d times, lately:\n", answer.Person.Name, answer.Person.Meetings.TotalCount)
	for _, meeting := range answer.Person.Meetings.Nodes {
		words := []string{*meeting.Date + ": " + meeting.Name}
		for _, organization := range meeting.Organizations.Nodes {
			words = append(words, organization.Name)
		}
		fmt.Println("-", strings.Join(words, "; "))
	}
	return nil
}

// membersOf gives all members, a page at a time: whoever takes a few of them asks for no
// more pages than that.
func membersOf(ctx context.Context, s *server, organization string, first int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var after *string
		for {
			answer, err := Members(ctx, s, organization, first, after)
			if err != nil {
				yield("", err)
				return
			}
			if answer.Organization == nil {
				yield("", fmt.Errorf("there is no organization %s", organization))
				return
			}
			members := answer.Organization.Members
			for _, member := range members.Nodes {
				if !yield(member.Name, nil) {
					return
				}
			}
			if !members.PageInfo.HasNextPage {
				return
			}
			after = members.PageInfo.EndCursor
		}
	}
}

func whoBelongs(ctx context.Context, s *server) error {
	var names []string
	for name, err := range membersOf(ctx, s, "osce", 20) {
		if err != nil {
			return err
		}
		names = append(names, name)
	}
	fmt.Printf("The OSCE has %d members, from %s to %s.\n", len(names), names[0], names[len(names)-1])
	return nil
}

func howItWas(ctx context.Context, s *server) error {
	const day = "2018-01-01"
	answer, err := AsOf(ctx, s, day)
	if err != nil {
		return err
	}
	organization, office := answer.Organization, answer.Office
	if organization == nil || office == nil || office.Holder == nil {
		return errors.New("not all of it is known")
	}
	var members []string
	for _, member := range organization.Members.Nodes {
		members = append(members, member.Name)
	}
	fmt.Printf("On %s the %s had these members: %s.\n", day, organization.Name, strings.Join(members, ", "))
	fmt.Printf("%s: %s.\n", office.Name, office.Holder.Name)
	return nil
}

func followFrom(ctx context.Context, s *server, number int) error {
	for seen, err := range s.follow(ctx, number-1) {
		if err != nil {
			return err
		}
		fmt.Printf("%d: %s (%s)\n", seen.Number, *seen.Message, *seen.Author)
		if seen.Number > number {
			break
		}
	}
	return nil
}

func askTooMuch(ctx context.Context, s *server) error {
	_, err := Members(ctx, s, "osce", 1000, nil)
	code, message, refused := refusal(err)
	if !refused {
		return fmt.Errorf("this was to be refused: %w", err)
	}
	fmt.Printf("%s: %s\n", code, message)
	return nil
}
