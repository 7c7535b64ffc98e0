import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { type CloseEvent, WebSocket } from 'ws';
import { graphql } from './gql/gql.js';
import type { FollowSubscription, TypedDocumentString } from './gql/graphql.js';

const url = `${process.env.CHANCERY_URL ?? 'http://127.0.0.1:8080'}/graphql`;
const token = process.env.CHANCERY_TOKEN;
const headers = {
  accept: 'application/graphql-response+json',
  'content-type': 'application/json',
  ...(token && { authorization: `Bearer ${token}` }),
};

/** What the server says is wrong with a request; `code` is for programs. */
export class Refusal extends Error {
  readonly code: string;

  constructor(errors: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.code = String(errors[0]?.extensions?.code);
  }
}

/**
 * Asks once more when an answer was lost, or when the server is too busy and says when to
 * come back. That is safe for whatever reads, and for mutations with an `idempotencyKey`.
 */
export async function ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const request = { method: 'POST', headers, body: JSON.stringify({ query: document, variables }) };
  for (let attempt = 1; ; attempt++) {
    const last = attempt === 5;
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(35_000) }).catch((error: unknown) => {
      if (last) throw error;
    });
    const wait = response ? waitOf(response) : 100 * 2 ** attempt;
    if (response && (last || wait === undefined)) return read(response);
    await pause(wait);
  }
}

/** After how many milliseconds the server, being too busy, wants to be asked again. */
function waitOf({ status, headers }: Response): number | undefined {
  const seconds = headers.get('retry-after');
  return seconds && (status === 429 || status === 503) ? 1000 * Number(seconds) : undefined;
}

/** The answer's data; errors have data beside them only where a field may be null. */
async function read<Result>(response: Response): Promise<Result> {
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  const { data, errors } = await response.json();
  if (errors) throw new Refusal(errors);
  return data;
}

const Follow = graphql(`
  subscription Follow($after: Int!) {
    transactions(after: $after) {
      number
      author
      message
    }
  }
`);

/**
 * Every transaction behind that number, and then each as it is written. When the line
 * breaks, it goes on behind the last one that came: none is left out and none comes twice.
 */
export async function* follow(after: number): AsyncGenerator<FollowSubscription['transactions']> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket, // Node.js 22 and browsers have their own
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (attempt) => pause(Math.min(250 * 2 ** attempt, 30_000)),
    shouldRetry: (problem) => (problem as CloseEvent).code !== 4403, // the token is refused
  });
  const variables = { after };
  for (;;) {
    try {
      for await (const { data } of client.iterate<FollowSubscription>({ query: Follow.toString(), variables })) {
        if (!data || data.transactions.number <= variables.after) continue;
        variables.after = data.transactions.number; // from where a retry goes on
        yield data.transactions;
      }
      return;
    } catch (problem) {
      if (!Array.isArray(problem)) throw new Error('the feed cannot be followed', { cause: problem });
      const refusal = new Refusal(problem);
      if (refusal.code !== 'RESUME') throw refusal; // we were too slow, and come back
    }
  }
}
