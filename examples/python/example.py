"""Sends the requests that all the example clients send, and prints the results."""

import os
import uuid
from collections.abc import Iterator

from client import Chancery, GraphQLError
from operations import PutSourceInput, RecordCommit, RecordEventInput, as_of, meetings, members, record

chancery = Chancery(
    os.environ.get("CHANCERY_URL", "http://127.0.0.1:8080"), os.environ.get("CHANCERY_TOKEN")
)


def print_meetings() -> None:
    person = chancery.execute(meetings(minister="elmar-mammadyarov"))["person"]
    if person is None:
        raise LookupError("the minister was not found")
    print(f"{person['name']} has {person['meetings']['totalCount']} meetings; the latest:")
    for meeting in person["meetings"]["nodes"]:
        organizations = [organization["name"] for organization in meeting["organizations"]["nodes"]]
        print("-", "; ".join([f"{meeting['date']}: {meeting['name']}", *organizations]))


def members_of(organization: str, first: int) -> Iterator[str]:
    """Yields all members. It requests a page only when the caller needs it."""
    after: str | None = None
    while True:
        page = chancery.execute(members(organization=organization, first=first, after=after))[
            "organization"
        ]
        if page is None:
            raise LookupError(f"organization {organization} was not found")
        yield from (member["name"] for member in page["members"]["nodes"])
        if not page["members"]["pageInfo"]["hasNextPage"]:
            return
        after = page["members"]["pageInfo"]["endCursor"]


def print_members() -> None:
    names = list(members_of("osce", 20))
    print(f"The OSCE has {len(names)} members, from {names[0]} to {names[-1]}.")


def print_past_state() -> None:
    day = "2018-01-01"
    result = chancery.execute(as_of(day=day))
    organization, office = result["organization"], result["office"]
    if organization is None or office is None or office["holder"] is None:
        raise LookupError("the organization, the office or its holder was not found")
    names = ", ".join(member["name"] for member in organization["members"]["nodes"])
    print(f"On {day} the {organization['name']} had these members: {names}.")
    print(f"{office['name']}: {office['holder']['name']}.")


RELEASE: PutSourceInput = {
    "ref": "_:release",
    "slug": "release-2020-05-04",
    "name": "Press release of 4 May",
    "kind": "COMMUNIQUE",
    "url": "https://example.org/4-may",
    "published": "2020-05-04",
    "sourceLanguage": "en",
}
CALL: RecordEventInput = {
    "ref": "_:call",
    "slug": "call-azerbaijan-kyrgyzstan-2020-05-04",
    "name": "Second call of the ministers",
    "kind": "CONVERSATION",
    "medium": "TELEPHONE",
    "status": "HELD",
    "date": "2020-05-04",
    "evidence": [{"source": "_:release", "asserted": "4 May"}],
    "participants": [
        {
            "participant": "Person/elmar-mammadyarov",
            "onBehalfOf": "State/azerbaijan",
            "capacity": "Office/foreign-minister-of-azerbaijan",
        },
        {"participant": "Person/chingiz-aydarbekov", "onBehalfOf": "State/kyrgyzstan"},
    ],
}


def commit(key: str, event: RecordEventInput, *, dry_run: bool) -> RecordCommit:
    """Commits the event with its source.

    Problems with the input are returned as userErrors; the transaction is None then.
    """
    request = record(dry_run=dry_run, key=key, source=RELEASE, event=event)
    payload = chancery.execute(request)["commit"]
    assert payload is not None  # it is null only beside an error
    return payload


def record_call() -> int:
    """Commits a call with its source and returns the number of the transaction."""
    key = str(uuid.uuid4())  # one per commit, however often it is sent
    misspelt = CALL.copy()
    misspelt["participants"] = [{"participant": "Person/elmar-mamadyarov"}]
    for error in commit(key, misspelt, dry_run=True)["userErrors"]:
        print(f"{error['code']} at {'.'.join(error['path'])}: {error['message']}")
    for outcome in commit(key, CALL, dry_run=True)["outcomes"]:
        if outcome["ref"]:
            print(f"{outcome['ref']}: {outcome['action']} (dry run)")
    written = commit(key, CALL, dry_run=False)
    transaction = written["transaction"]
    if transaction is None:
        raise ValueError(written["userErrors"])
    print(f"Transaction {transaction['number']} by {transaction['author']}")
    return transaction["number"]


def print_transactions(number: int) -> None:
    """Prints the transaction of that number and the next one."""
    for transaction in chancery.follow(number - 1):
        print(f"{transaction['number']}: {transaction['message']} ({transaction['author']})")
        if transaction["number"] > number:
            break


def print_error() -> None:
    """Requests a page that is too long, and prints the error."""
    try:
        chancery.execute(members(organization="osce", first=1000))
    except GraphQLError as error:
        print(f"{error.code}: {error}")


if __name__ == "__main__":
    print_meetings()
    print_members()
    print_past_state()
    print_transactions(record_call())
    print_error()
