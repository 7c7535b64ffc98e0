#!/usr/bin/env bash
# Asks a Chancery server with curl 7.71 or newer, and jq.
set -euo pipefail
cd "$(dirname "$0")"

url=${CHANCERY_URL:-http://127.0.0.1:8080}/graphql
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
request=(--silent --show-error --header 'content-type: application/json' ${CHANCERY_TOKEN:+--header "authorization: Bearer $CHANCERY_TOKEN"})

# body makes a request of the document in NAME.graphql and its variables.
body() { jq --null-input --rawfile query "$1.graphql" --argjson variables "$2" '{$query, $variables}'; }

# ask NAME VARIABLES prints the data of the answer, or what is wrong to standard error.
# It asks once more when the answer was lost or the server is too busy, after the time
# that it is told in Retry-After. That is safe for whatever reads, and for mutations that
# carry an idempotencyKey.
ask() {
  body "$1" "$2" | curl "${request[@]}" --retry 4 --retry-all-errors --max-time 35 --output "$answer" --data @- "$url"
  jq --exit-status 'select(.errors == null).data' "$answer" ||
    { jq --raw-output '.errors[] | "\(.extensions.code): \(.message)"' "$answer" >&2; return 1; }
}

whom_a_minister_met() {
  ask meetings '{"minister": "elmar-mammadyarov"}' | jq --raw-output '
    .person
    | "\(.name) met others \(.meetings.totalCount) times, lately:",
      (.meetings.nodes[] | "- " + ([.date + ": " + .name, .organizations.nodes[].name] | join("; ")))'
}

# members_of ORGANIZATION FIRST prints all members, a page at a time.
members_of() {
  local after=null page
  while :; do
    page=$(ask members "{\"organization\": \"$1\", \"first\": $2, \"after\": $after}" | jq .organization.members)
    jq --raw-output '.nodes[].name' <<< "$page"
    after=$(jq --exit-status .pageInfo.endCursor <<< "$page") || return 0
    jq --exit-status .pageInfo.hasNextPage <<< "$page" > /dev/null || return 0
  done
}

who_belongs() {
  local names
  mapfile -t names < <(members_of osce 20)
  echo "The OSCE has ${#names[@]} members, from ${names[0]} to ${names[-1]}."
}

how_it_was() {
  ask as-of '{"day": "2018-01-01"}' | jq --raw-output '
    "On 2018-01-01 the \(.organization.name) had these members: \([.organization.members.nodes[].name] | join(", ")).",
    "\(.office.name): \(.office.holder.name)."'
}

# record_a_call writes a call with its source, and leaves the number of its transaction
# in $number. What is wrong with the input is data: it comes beside null for the
# transaction.
record_a_call() {
  local plan
  # One key for each thing to be written, however often it is sent.
  plan=$(jq --arg key "$(od -An -N16 -tx1 /dev/urandom | tr -d ' ')" '{dryRun: true, $key} + .' call.json)

  ask record "$(jq '.event.participants = [{participant: "Person/elmar-mamadyarov"}]' <<< "$plan")" |
    jq --raw-output '.commit.userErrors[] | "\(.code) at \(.path | join(".")): \(.message)"'
  ask record "$plan" | jq --raw-output '.commit.outcomes[] | select(.ref) | "\(.ref): \(.action), if it were written"'

  local written
  written=$(ask record "$(jq '.dryRun = false' <<< "$plan")")
  number=$(jq --exit-status .commit.transaction.number <<< "$written") || { jq .commit.userErrors <<< "$written" >&2; return 1; }
  jq --raw-output '.commit.transaction | "Transaction \(.number) by \(.author)"' <<< "$written"
}

# follow NUMBER LAST prints every transaction behind the first number and then each as it
# is written, until that of the last. When the line breaks, it goes on behind the last one
# that came: none is left out and none comes twice.
follow() {
  local after=$1 line event
  while [ "$after" -lt "$2" ]; do
    while read -r line; do
      [[ $line == data:\ * ]] || continue
      event=${line#data: }
      if jq --exit-status .errors <<< "$event" > /dev/null; then
        [ "$(jq --raw-output '.errors[0].extensions.code' <<< "$event")" = RESUME ] && break
        jq --raw-output '.errors[0].message' <<< "$event" >&2
        return 1
      fi
      after=$(jq .data.transactions.number <<< "$event")
      jq --raw-output '.data.transactions | "\(.number): \(.message) (\(.author))"' <<< "$event"
      [ "$after" -lt "$2" ] || { kill $!; return; }
    done < <(exec curl "${request[@]}" --no-buffer --header 'accept: text/event-stream' --data "$(body follow "{\"after\": $after}")" "$url")
    sleep 0.5
  done
}

ask_too_much() { ask members '{"organization": "osce", "first": 1000}' 2>&1 || true; }

whom_a_minister_met
who_belongs
how_it_was
record_a_call
follow $((number - 1)) $((number + 1))
ask_too_much
