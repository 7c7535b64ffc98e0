"""The story that all the examples tell."""

import os
import uuid
from collections.abc import Iterator

from client import Chancery, Refusal
from operations import PutSourceInput, RecordCommit, RecordEventInput, as_of, meetings, members, record

chancery = Chancery(
    os.environ.get("CHANCERY_URL", "http://127.0.0.1:8080"), os.environ.get("CHANCERY_TOKEN")
)


def whom_a_minister_met() -> None:
    person = chancery.ask(meetings(minister="elmar-mammadyarov"))["person"]
    if person is None:
        raise LookupError("there is no such minister")
    print(f"{person['name']} met others {person['meetings']['totalCount']} times, lately:")
    for meeting in person["meetings"]["nodes"]:
        organizations = [organization["name"] for organization in meeting["organizations"]["nodes"]]
        print("-", "; ".join([f"{meeting['date']}: {meeting['name']}", *organizations]))


def members_of(organization: str, first: int) -> Iterator[str]:
    """All members, a page at a time: whoever takes a few asks for no more pages than that."""
    after: str | None = None
    while True:
        answer = chancery.ask(members(organization=organization, first=first, after=after))[
            "organization"
        ]
        if answer is None:
            raise LookupError(f"there is no organization {organization}")
        yield from (member["name"] for member in answer["members"]["nodes"])
        if not answer["members"]["pageInfo"]["hasNextPage"]:
            return
        after = answer["members"]["pageInfo"]["endCursor"]


def who_belongs() -> None:
    names = list(members_of("osce", 20))
    print(f"The OSCE has {len(names)} members, from {names[0]} to {names[-1]}.")


def how_it_was() -> None:
    day = "2018-01-01"
    answer = chancery.ask(as_of(day=day))
    organization, office = answer["organization"], answer["office"]
    if organization is None or office is None or office["holder"] is None:
        raise LookupError("not all of it is known")
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
    """What is wrong with the input comes as userErrors, beside None for the transaction."""
    answer = chancery.ask(record(dry_run=dry_run, key=key, source=RELEASE, event=event))["commit"]
    assert answer is not None  # only an error leaves it out
    return answer


def record_a_call() -> int:
    """Writes a call with its source, and gives the number of its transaction."""
    key = str(uuid.uuid4())  # one for each thing to be written, however often it is sent
    misspelt = CALL.copy()
    misspelt["participants"] = [{"participant": "Person/elmar-mamadyarov"}]
    for error in commit(key, misspelt, dry_run=True)["userErrors"]:
        print(f"{error['code']} at {'.'.join(error['path'])}: {error['message']}")
    for outcome in commit(key, CALL, dry_run=True)["outcomes"]:
        if outcome["ref"]:
            print(f"{outcome['ref']}: {outcome['action']}, if it were written")
    written = commit(key, CALL, dry_run=False)
    transaction = written["transaction"]
    if transaction is None:
        raise ValueError(written["userErrors"])
    print(f"Transaction {transaction['number']} by {transaction['author']}")
    return transaction["number"]


def follow_from(number: int) -> None:
    for seen in chancery.follow(number - 1):
        print(f"{seen['number']}: {seen['message']} ({seen['author']})")
        if seen["number"] > number:
            break


def ask_too_much() -> None:
    try:
        chancery.ask(members(organization="osce", first=1000))
    except Refusal as refusal:
        print(f"{refusal.code}: {refusal}")


if __name__ == "__main__":
    whom_a_minister_met()
    who_belongs()
    how_it_was()
    follow_from(record_a_call())
    ask_too_much()
