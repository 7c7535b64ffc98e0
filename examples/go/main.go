// Command example queries a Chancery server with types that genqlient generated from its
// schema.
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
	if err := run(ctx, newClient()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, c *client) error {
	if err := printMeetings(ctx, c); err != nil {
		return err
	}
	if err := printMembers(ctx, c); err != nil {
		return err
	}
	if err := printPastState(ctx, c); err != nil {
		return err
	}
	number, err := recordCall(ctx, c)
	if err != nil {
		return err
	}
	if err := printTransactions(ctx, c, number); err != nil {
		return err
	}
	return printError(ctx, c)
}

func printMeetings(ctx context.Context, c *client) error {
	response, err := Meetings(ctx, c, "elmar-mammadyarov")
	if err != nil {
		return err
	}
	if response.Person == nil {
		return errors.New("the minister was not found")
	}
	fmt.Printf("%s has %d meetings; the latest:\n", response.Person.Name, response.Person.Meetings.TotalCount)
	for _, meeting := range response.Person.Meetings.Nodes {
		parts := []string{*meeting.Date + ": " + meeting.Name}
		for _, organization := range meeting.Organizations.Nodes {
			parts = append(parts, organization.Name)
		}
		fmt.Println("-", strings.Join(parts, "; "))
	}
	return nil
}

// membersOf returns all members. It requests a page only when the caller needs it.
func membersOf(ctx context.Context, c *client, organization string, first int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var after *string
		for {
			response, err := Members(ctx, c, organization, first, after)
			if err != nil {
				yield("", err)
				return
			}
			if response.Organization == nil {
				yield("", fmt.Errorf("organization %s was not found", organization))
				return
			}
			members := response.Organization.Members
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

func printMembers(ctx context.Context, c *client) error {
	var names []string
	for name, err := range membersOf(ctx, c, "osce", 20) {
		if err != nil {
			return err
		}
		names = append(names, name)
	}
	fmt.Printf("The OSCE has %d members, from %s to %s.\n", len(names), names[0], names[len(names)-1])
	return nil
}

func printPastState(ctx context.Context, c *client) error {
	const day = "2018-01-01"
	response, err := AsOf(ctx, c, day)
	if err != nil {
		return err
	}
	organization, office := response.Organization, response.Office
	if organization == nil || office == nil || office.Holder == nil {
		return errors.New("the organization, the office or its holder was not found")
	}
	var members []string
	for _, member := range organization.Members.Nodes {
		members = append(members, member.Name)
	}
	fmt.Printf("On %s the %s had these members: %s.\n", day, organization.Name, strings.Join(members, ", "))
	fmt.Printf("%s: %s.\n", office.Name, office.Holder.Name)
	return nil
}

// printTransactions prints the transaction of that number and the next one.
func printTransactions(ctx context.Context, c *client, number int) error {
	for transaction, err := range c.follow(ctx, number-1) {
		if err != nil {
			return err
		}
		fmt.Printf("%d: %s (%s)\n", transaction.Number, *transaction.Message, *transaction.Author)
		if transaction.Number > number {
			break
		}
	}
	return nil
}

// printError requests a page that is too long, and prints the error.
func printError(ctx context.Context, c *client) error {
	_, err := Members(ctx, c, "osce", 1000, nil)
	code, message, ok := graphQLError(err)
	if !ok {
		return fmt.Errorf("want a GraphQL error for a page of 1000, got %v", err)
	}
	fmt.Printf("%s: %s\n", code, message)
	return nil
}
