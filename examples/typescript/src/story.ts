import { randomUUID } from 'node:crypto';
import { ask, follow, Refusal } from './client.js';
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

async function whomAMinisterMet(): Promise<void> {
  const { person } = await ask(Meetings, { minister: 'elmar-mammadyarov' });
  if (!person) throw new Error('there is no such minister');
  console.log(`${person.name} met others ${person.meetings.totalCount} times, lately:`);
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

/** All members, a page at a time: whoever takes a few of them asks for no more pages than that. */
async function* membersOf(organization: string, first: number): AsyncGenerator<string> {
  let after: string | null = null;
  do {
    const answer: MembersQuery = await ask(Members, { organization, first, after });
    if (!answer.organization) throw new Error('there is no such organization');
    const { nodes, pageInfo } = answer.organization.members;
    yield* nodes.map((member) => member.name);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

async function whoBelongs(): Promise<void> {
  const names: string[] = [];
  for await (const name of membersOf('osce', 20)) names.push(name);
  console.log(`The OSCE has ${names.length} members, from ${names[0]} to ${names.at(-1)}.`);
}

const AsOf = graphql(`
  query AsOf($day: EDTF!) @asOf(validAt: $day) {
    organization(by: { slug: "turkic-council" }) {
      name
      members {
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

async function howItWas(): Promise<void> {
  const day = '2018-01-01';
  const { organization, office } = await ask(AsOf, { day });
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

/** What is wrong with the input comes as `userErrors`, beside null for the transaction. */
async function commit(variables: RecordMutationVariables): Promise<NonNullable<RecordMutation['commit']>> {
  const { commit } = await ask(Record, variables);
  if (!commit) throw new Error('the server answered nothing');
  return commit;
}

/** Writes a call with its source, and gives the number of its transaction. */
async function recordACall(): Promise<number> {
  const plan: RecordMutationVariables = {
    dryRun: true,
    key: randomUUID(), // one for each thing to be written, however often it is sent
    source: release,
    event: call,
  };
  const misspelt = { ...call, participants: [{ participant: 'Person/elmar-mamadyarov' }] };
  const refused = await commit({ ...plan, event: misspelt });
  for (const { path, code, message } of refused.userErrors) console.log(`${code} at ${path.join('.')}: ${message}`);

  const tried = await commit(plan);
  for (const { action, ref } of tried.outcomes) if (ref) console.log(`${ref}: ${action}, if it were written`);

  const { transaction, userErrors } = await commit({ ...plan, dryRun: false });
  if (!transaction) throw new Error(JSON.stringify(userErrors));
  console.log(`Transaction ${transaction.number} by ${transaction.author}`);
  return transaction.number;
}

async function followFrom(number: number): Promise<void> {
  for await (const { number: seen, author, message } of follow(number - 1)) {
    console.log(`${seen}: ${message} (${author})`);
    if (seen > number) break;
  }
}

async function askTooMuch(): Promise<void> {
  try {
    await ask(Members, { organization: 'osce', first: 1000 });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.log(`${error.code}: ${error.message}`);
  }
}

await whomAMinisterMet();
await whoBelongs();
await howItWas();
await followFrom(await recordACall());
await askTooMuch();
