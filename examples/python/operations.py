"""Generated from operations.graphql by generate.mjs; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request(Generic[Result]):
    """An operation with its variables, and the type of its result."""

    operation: str
    query: str
    variables: dict[str, object]


class MeetingsPersonMeetingsNodesOrganizationsNodes(TypedDict):
    name: str


class MeetingsPersonMeetingsNodesOrganizations(TypedDict):
    nodes: list[MeetingsPersonMeetingsNodesOrganizationsNodes]


class MeetingsPersonMeetingsNodes(TypedDict):
    name: str
    date: str | None
    organizations: MeetingsPersonMeetingsNodesOrganizations


class MeetingsPersonMeetings(TypedDict):
    totalCount: int
    nodes: list[MeetingsPersonMeetingsNodes]


class MeetingsPerson(TypedDict):
    name: str
    meetings: MeetingsPersonMeetings


class Meetings(TypedDict):
    person: MeetingsPerson | None


def meetings(*, minister: str) -> Request[Meetings]:
    return Request(
        "Meetings",
        """
query Meetings($minister: String!) {
  person(by: {slug: $minister}) {
    name
    meetings(first: 6) {
      totalCount
      nodes {
        name
        date
        organizations {
          nodes {
            name
          }
        }
      }
    }
  }
}
""",
        {"minister": minister},
    )


class MembersOrganizationMembersNodes(TypedDict):
    name: str


class MembersOrganizationMembersPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class MembersOrganizationMembers(TypedDict):
    nodes: list[MembersOrganizationMembersNodes]
    pageInfo: MembersOrganizationMembersPageInfo


class MembersOrganization(TypedDict):
    members: MembersOrganizationMembers


class Members(TypedDict):
    organization: MembersOrganization | None


def members(*, organization: str, first: int, after: str | None = None) -> Request[Members]:
    return Request(
        "Members",
        """
query Members($organization: String!, $first: Int!, $after: String) {
  organization(by: {slug: $organization}) {
    members(first: $first, after: $after, orderBy: OLDEST) {
      nodes {
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
""",
        {"organization": organization, "first": first, "after": after},
    )


class AsOfOrganizationMembersNodes(TypedDict):
    name: str


class AsOfOrganizationMembers(TypedDict):
    nodes: list[AsOfOrganizationMembersNodes]


class AsOfOrganization(TypedDict):
    name: str
    members: AsOfOrganizationMembers


class AsOfOfficeHolder(TypedDict):
    name: str


class AsOfOffice(TypedDict):
    name: str
    holder: AsOfOfficeHolder | None


class AsOf(TypedDict):
    organization: AsOfOrganization | None
    office: AsOfOffice | None


def as_of(*, day: str) -> Request[AsOf]:
    return Request(
        "AsOf",
        """
query AsOf($day: EDTF!) @asOf(validAt: $day) {
  organization(by: {slug: "turkic-council"}) {
    name
    members(match: CERTAIN) {
      nodes {
        name
      }
    }
  }
  office(by: {slug: "foreign-minister-of-kyrgyzstan"}) {
    name
    holder {
      name
    }
  }
}
""",
        {"day": day},
    )


class RecordCommitTransaction(TypedDict):
    number: int
    author: str | None


ChangeAction = Literal["CREATED", "CHANGED", "CLOSED"]


class RecordCommitOutcomes(TypedDict):
    action: ChangeAction | None
    ref: str | None


UserErrorCode = Literal["INVALID", "UNKNOWN", "TAKEN", "CONFLICT", "UNSOURCED", "REFERENCED", "CONTRADICTS", "BLOCKED", "KEY_REUSED", "TOO_LARGE"]


class RecordCommitUserErrors(TypedDict):
    path: list[str]
    code: UserErrorCode
    message: str


class RecordCommit(TypedDict):
    transaction: RecordCommitTransaction | None
    outcomes: list[RecordCommitOutcomes]
    userErrors: list[RecordCommitUserErrors]


class Record(TypedDict):
    commit: RecordCommit | None


NameKind = Literal["OFFICIAL", "SHORT", "ACRONYM", "ALIAS", "FORMER", "NATIVE"]


class NameInput(TypedDict):
    value: str
    language: NotRequired[str | None]
    script: NotRequired[str | None]
    kind: NotRequired[NameKind | None]
    valid: NotRequired[str | None]


SourceKind = Literal["NEWS_ARTICLE", "COMMUNIQUE", "WEB_PAGE", "DATASET", "BOOK", "LEGAL_TEXT", "STATEMENT", "OTHER"]


EvidencePart = Literal["WHOLE", "VALUE", "START", "END", "ROLE", "CAPACITY", "PLACE", "TITLE"]


Stance = Literal["SUPPORTS", "CONTRADICTS"]


LocatorInput = TypedDict(
    "LocatorInput",
    {
        "paragraph": "NotRequired[int | None]",
        "page": "NotRequired[int | None]",
        "from": "NotRequired[int | None]",
        "to": "NotRequired[int | None]",
    },
)


class QuoteInput(TypedDict):
    exact: str
    prefix: NotRequired[str | None]
    suffix: NotRequired[str | None]


EvidenceMethod = Literal["MANUAL", "IMPORTED", "EXTRACTED"]


class EvidenceInput(TypedDict):
    source: str
    part: NotRequired[EvidencePart | None]
    stance: NotRequired[Stance | None]
    locator: NotRequired[LocatorInput | None]
    quote: NotRequired[QuoteInput | None]
    asserted: NotRequired[str | None]
    attributedTo: NotRequired[str | None]
    method: NotRequired[EvidenceMethod | None]
    retrieved: NotRequired[str | None]


class PutSourceInput(TypedDict):
    ref: NotRequired[str | None]
    id: NotRequired[str | None]
    expectedRevision: NotRequired[int | None]
    slug: NotRequired[str | None]
    name: NotRequired[str | None]
    names: NotRequired[list[NameInput] | None]
    identifiers: NotRequired[list[str] | None]
    description: NotRequired[str | None]
    kind: SourceKind
    url: NotRequired[str | None]
    published: NotRequired[str | None]
    sourceLanguage: NotRequired[str | None]
    snapshot: NotRequired[str | None]
    restricted: NotRequired[bool | None]
    evidence: NotRequired[list[EvidenceInput] | None]


EventKind = Literal["MEETING", "CONVERSATION", "VISIT", "SESSION", "SUMMIT", "CONFERENCE", "NEGOTIATION", "CONSULTATIONS", "MEDIATION", "SIGNING", "CREDENTIALS", "PRESS_CONFERENCE", "CEREMONY", "VOTE", "DEMARCHE", "SUMMONS", "STATEMENT", "ELECTION", "APPOINTMENT", "OTHER"]


Medium = Literal["IN_PERSON", "TELEPHONE", "VIDEO", "HYBRID", "WRITTEN", "UNKNOWN"]


Format = Literal["BILATERAL", "TRILATERAL", "QUADRILATERAL", "MINILATERAL", "MULTILATERAL"]


Level = Literal["HEADS_OF_STATE", "HEADS_OF_GOVERNMENT", "MINISTERIAL", "DEPUTY_MINISTERIAL", "AMBASSADORIAL", "SENIOR_OFFICIALS", "EXPERT", "PARLIAMENTARY", "MIXED"]


VisitRank = Literal["STATE", "OFFICIAL", "OFFICIAL_WORKING", "WORKING", "PRIVATE", "TRANSIT", "UNSPECIFIED"]


SessionType = Literal["REGULAR", "EXTRAORDINARY", "SPECIAL", "EMERGENCY", "INFORMAL", "INAUGURAL"]


EventStatus = Literal["ANNOUNCED", "SCHEDULED", "HELD", "POSTPONED", "CANCELLED", "UNCONFIRMED"]


Rank = Literal["PREFERRED", "NORMAL", "DEPRECATED"]


ParticipationRole = Literal["PARTICIPANT", "HOST", "CHAIR", "VISITOR", "ORGANIZER", "MEDIATOR", "OBSERVER", "SPEAKER", "INITIATOR"]


class EventParticipantInput(TypedDict):
    ref: NotRequired[str | None]
    participant: str
    valid: NotRequired[str | None]
    rank: NotRequired[Rank | None]
    role: NotRequired[ParticipationRole | None]
    delegationHead: NotRequired[bool | None]
    onBehalfOf: NotRequired[str | None]
    capacity: NotRequired[str | None]
    restricted: NotRequired[bool | None]
    evidence: NotRequired[list[EvidenceInput] | None]


class EventLinkInput(TypedDict):
    ref: NotRequired[str | None]
    to: str
    valid: NotRequired[str | None]
    rank: NotRequired[Rank | None]
    restricted: NotRequired[bool | None]
    evidence: NotRequired[list[EvidenceInput] | None]


class RecordEventInput(TypedDict):
    ref: NotRequired[str | None]
    id: NotRequired[str | None]
    expectedRevision: NotRequired[int | None]
    slug: NotRequired[str | None]
    name: NotRequired[str | None]
    names: NotRequired[list[NameInput] | None]
    identifiers: NotRequired[list[str] | None]
    description: NotRequired[str | None]
    kind: EventKind
    medium: NotRequired[Medium | None]
    format: NotRequired[Format | None]
    level: NotRequired[Level | None]
    visitRank: NotRequired[VisitRank | None]
    sessionType: NotRequired[SessionType | None]
    status: NotRequired[EventStatus | None]
    date: NotRequired[str | None]
    outcome: NotRequired[str | None]
    evidence: NotRequired[list[EvidenceInput] | None]
    participants: NotRequired[list[EventParticipantInput] | None]
    onMarginsOf: NotRequired[list[EventLinkInput] | None]
    sessionOf: NotRequired[list[EventLinkInput] | None]
    partOf: NotRequired[list[EventLinkInput] | None]
    followsUp: NotRequired[list[EventLinkInput] | None]
    places: NotRequired[list[EventLinkInput] | None]
    topics: NotRequired[list[EventLinkInput] | None]
    discussed: NotRequired[list[EventLinkInput] | None]
    results: NotRequired[list[EventLinkInput] | None]


def record(*, dry_run: bool, key: str, source: PutSourceInput, event: RecordEventInput) -> Request[Record]:
    return Request(
        "Record",
        """
mutation Record($dryRun: Boolean!, $key: String!, $source: PutSourceInput!, $event: RecordEventInput!) {
  commit(
    input: {message: "The ministers spoke again", dryRun: $dryRun, idempotencyKey: $key, changes: [{putSource: $source}, {recordEvent: $event}]}
  ) {
    transaction {
      number
      author
    }
    outcomes {
      action
      ref
    }
    userErrors {
      path
      code
      message
    }
  }
}
""",
        {"dryRun": dry_run, "key": key, "source": source, "event": event},
    )


class FollowTransactions(TypedDict):
    number: int
    author: str | None
    message: str | None


class Follow(TypedDict):
    transactions: FollowTransactions


def follow(*, after: int) -> Request[Follow]:
    return Request(
        "Follow",
        """
subscription Follow($after: Int!) {
  transactions(after: $after) {
    number
    author
    message
  }
}
""",
        {"after": after},
    )
