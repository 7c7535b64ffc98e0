import { randomUUID } from 'node:crypto';
import { execute, follow, GraphQLError } from './client.js';
import { graphql } from './gql/gql.js';
import type { MembersQuery, PutSourceInput, RecordEventInput, RecordMutation, RecordMutationVariables } from './gql/graphql.js';

const Meetings = graphql(`
  query Meetings($minister: String!) {
    person(by: { slug: $minister }) {
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
`);

async function printMeetings(): Promise<void> {
  const { person } = await execute(Meetings, { minister: 'elmar-mammadyarov' });
  if (!person) throw new Error('the minister was not found');
  console.log(`${person.name} has ${person.meetings.totalCount} meetings; the latest:`);
  for (const { date, name, organizations } of person.meetings.nodes) {
    console.log(`- ${[`${date}: ${name}`, ...organizations.nodes.map((o) => o.name)].join('; ')}`);
  }
}

const Members = graphql(`
  query Members($organization: String!, $first: Int!, $after: String) {
    organization(by: { slug: $organization }) {
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
`);

/** Yields all members. It requests a page only when the caller needs it. */
async function* membersOf(organization: string, first: number): AsyncGenerator<string> {
  let after: string | null = null;
  do {
    const page: MembersQuery = await execute(Members, { organization, first, after });
    if (!page.organization) throw new Error('the organization was not found');
    const { nodes, pageInfo } = page.organization.members;
    yield* nodes.map((member) => member.name);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

async function printMembers(): Promise<void> {
  const names: string[] = [];
  for await (const name of membersOf('osce', 20)) names.push(name);
  console.log(`The OSCE has ${names.length} members, from ${names[0]} to ${names.at(-1)}.`);
}

const AsOf = graphql(`
  query AsOf($day: EDTF!) @asOf(validAt: $day) {
    organization(by: { slug: "turkic-council" }) {
      name
      members(match: CERTAIN) {
        nodes {
          name
        }
      }
    }
    office(by: { slug: "foreign-minister-of-kyrgyzstan" }) {
      name
      holder {
        name
      }
    }
  }
`);

async function printPastState(): Promise<void> {
  const day = '2018-01-01';
  const { organization, office } = await execute(AsOf, { day });
  console.log(`On ${day} the ${organization?.name} had these members: ${organization?.members.nodes.map((m) => m.name).join(', ')}.`);
  console.log(`${office?.name}: ${office?.holder?.name}.`);
}

const Record = graphql(`
  mutation Record($dryRun: Boolean!, $key: String!, $source: PutSourceInput!, $event: RecordEventInput!) {
    commit(
      input: {
        message: "The ministers spoke again"
        dryRun: $dryRun
        idempotencyKey: $key
        changes: [{ putSource: $source }, { recordEvent: $event }]
      }
    ) {
      transaction {
        number
        author
      }
      outcomes {
        action
        ref
      }
      replayed
      userErrors {
        path
        code
        message
      }
    }
  }
`);

const release: PutSourceInput = {
  ref: '_:release',
  slug: 'release-2020-05-04',
  name: 'Press release of 4 May',
  kind: 'COMMUNIQUE',
  url: 'https://example.org/4-may',
  published: '2020-05-04',
  sourceLanguage: 'en',
};

const call: RecordEventInput = {
  ref: '_:call',
  slug: 'call-azerbaijan-kyrgyzstan-2020-05-04',
  name: 'Second call of the ministers',
  kind: 'CONVERSATION',
  medium: 'TELEPHONE',
  status: 'HELD',
  date: '2020-05-04',
  evidence: [{ source: '_:release', asserted: '4 May' }],
  participants: [
    { participant: 'Person/elmar-mammadyarov', onBehalfOf: 'State/azerbaijan', capacity: 'Office/foreign-minister-of-azerbaijan' },
    { participant: 'Person/chingiz-aydarbekov', onBehalfOf: 'State/kyrgyzstan' },
  ],
};

/** Problems with the input are returned as `userErrors`; `transaction` is null then. */
async function commit(variables: RecordMutationVariables): Promise<NonNullable<RecordMutation['commit']>> {
  const { commit } = await execute(Record, variables);
  if (!commit) throw new Error('the server returned no payload');
  return commit;
}

/** Commits a call with its source and returns the number of the transaction. */
async function recordCall(): Promise<number> {
  const variables: RecordMutationVariables = {
    dryRun: true,
    key: randomUUID(), // one per commit, however often it is sent
    source: release,
    event: call,
  };
  const misspelt = { ...call, participants: [{ participant: 'Person/elmar-mamadyarov' }] };
  const rejected = await commit({ ...variables, event: misspelt });
  for (const { path, code, message } of rejected.userErrors) console.log(`${code} at ${path.join('.')}: ${message}`);

  const planned = await commit(variables);
  for (const { action, ref } of planned.outcomes) if (ref) console.log(`${ref}: ${action} (dry run)`);

  const { transaction, userErrors } = await commit({ ...variables, dryRun: false });
  if (!transaction) throw new Error(JSON.stringify(userErrors));
  console.log(`Transaction ${transaction.number} by ${transaction.author}`);
  return transaction.number;
}

/** Prints the transaction of that number and the next one. */
async function printTransactions(first: number): Promise<void> {
  for await (const { number, author, message } of follow(first - 1)) {
    console.log(`${number}: ${message} (${author})`);
    if (number > first) break;
  }
}

/** Requests a page that is too long, and prints the error. */
async function printError(): Promise<void> {
  try {
    await execute(Members, { organization: 'osce', first: 1000 });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    console.log(`${error.code}: ${error.message}`);
  }
}

await printMeetings();
await printMembers();
await printPastState();
await printTransactions(await recordCall());
await printError();
