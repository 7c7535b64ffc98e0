#!/usr/bin/env bash
# Queries a Chancery server with curl 7.71 or newer, and jq.
set -euo pipefail
cd "$(dirname "$0")"

url=${CHANCERY_URL:-http://127.0.0.1:8080}/graphql
response=$(mktemp)
trap 'rm -f "$response"' EXIT
options=(--silent --show-error --header 'content-type: application/json' ${CHANCERY_TOKEN:+--header "authorization: Bearer $CHANCERY_TOKEN"})

# body NAME VARIABLES prints a request with the document in NAME.graphql.
body() { jq --null-input --rawfile query "$1.graphql" --argjson variables "$2" '{$query, $variables}'; }

# execute NAME VARIABLES prints the data of the response, or its errors to standard error.
# It retries when the response is lost or the server is overloaded, after the delay in
# Retry-After. That is safe for queries, and for mutations with an idempotencyKey.
execute() {
  body "$1" "$2" | curl "${options[@]}" --retry 4 --retry-all-errors --max-time 35 --output "$response" --data @- "$url"
  jq --exit-status 'select(.errors == null).data' "$response" ||
    { jq --raw-output '.errors[] | "\(.extensions.code): \(.message)"' "$response" >&2; return 1; }
}

print_meetings() {
  execute meetings '{"minister": "elmar-mammadyarov"}' | jq --raw-output '
    .person
    | "\(.name) has \(.meetings.totalCount) meetings; the latest:",
      (.meetings.nodes[] | "- " + ([.date + ": " + .name, .organizations.nodes[].name] | join("; ")))'
}

# members_of ORGANIZATION FIRST prints all members, one page at a time.
members_of() {
  local after=null page
  while :; do
    page=$(execute members "{\"organization\": \"$1\", \"first\": $2, \"after\": $after}" | jq .organization.members)
    jq --raw-output '.nodes[].name' <<< "$page"
    after=$(jq --exit-status .pageInfo.endCursor <<< "$page") || return 0
    jq --exit-status .pageInfo.hasNextPage <<< "$page" > /dev/null || return 0
  done
}

print_members() {
  local names
  mapfile -t names < <(members_of osce 20)
  echo "The OSCE has ${#names[@]} members, from ${names[0]} to ${names[-1]}."
}

print_past_state() {
  execute as-of '{"day": "2018-01-01"}' | jq --raw-output '
    "On 2018-01-01 the \(.organization.name) had these members: \([.organization.members.nodes[].name] | join(", ")).",
    "\(.office.name): \(.office.holder.name)."'
}

# record_call commits a call with its source, and stores the number of the transaction in
# $number. Problems with the input are returned as userErrors; the transaction is null then.
record_call() {
  local commit
  # One key per commit, however often it is sent.
  commit=$(jq --arg key "$(od -An -N16 -tx1 /dev/urandom | tr -d ' ')" '{dryRun: true, $key} + .' call.json)

  execute record "$(jq '.event.participants = [{participant: "Person/elmar-mamadyarov"}]' <<< "$commit")" |
    jq --raw-output '.commit.userErrors[] | "\(.code) at \(.path | join(".")): \(.message)"'
  execute record "$commit" | jq --raw-output '.commit.outcomes[] | select(.ref) | "\(.ref): \(.action) (dry run)"'

  local written
  written=$(execute record "$(jq '.dryRun = false' <<< "$commit")")
  number=$(jq --exit-status .commit.transaction.number <<< "$written") || { jq .commit.userErrors <<< "$written" >&2; return 1; }
  jq --raw-output '.commit.transaction | "Transaction \(.number) by \(.author)"' <<< "$written"
}

# follow AFTER LAST prints every transaction after the first number, including new ones,
# until the last. When the connection is lost it resumes after the last transaction that
# it received, so none is missing and none is repeated.
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
    done < <(exec curl "${options[@]}" --no-buffer --header 'accept: text/event-stream' --data "$(body follow "{\"after\": $after}")" "$url")
    sleep 0.5
  done
}

print_error() { execute members '{"organization": "osce", "first": 1000}' 2>&1 || true; }

print_meetings
print_members
print_past_state
record_call
follow $((number - 1)) $((number + 1))
print_error
