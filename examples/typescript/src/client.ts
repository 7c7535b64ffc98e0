import { setTimeout as sleep } from 'node:timers/promises';
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

/** The errors of a response. Programs should decide by `code`. */
export class GraphQLError extends Error {
  readonly code: string;

  constructor(errors: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.code = String(errors[0]?.extensions?.code);
  }
}

/**
 * Returns the data of the response. It retries when the response is lost, or when the server is overloaded and gives
 * a delay. That is safe for queries, and for mutations with an `idempotencyKey`.
 */
export async function execute<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
  const request = { method: 'POST', headers, body: JSON.stringify({ query: document, variables }) };
  for (let attempt = 1; ; attempt++) {
    const last = attempt === 5;
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(35_000) }).catch((error: unknown) => {
      if (last) throw error;
    });
    const delay = response ? retryAfter(response) : 100 * 2 ** attempt;
    if (response && (last || delay === undefined)) return dataOf(response);
    await sleep(delay);
  }
}

/** Returns the delay in milliseconds that an overloaded server asks for. */
function retryAfter({ status, headers }: Response): number | undefined {
  const seconds = headers.get('retry-after');
  return seconds && (status === 429 || status === 503) ? 1000 * Number(seconds) : undefined;
}

/** Returns the data of a response, or throws its errors; partial data is discarded. */
async function dataOf<Result>(response: Response): Promise<Result> {
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  const { data, errors } = await response.json();
  if (errors) throw new GraphQLError(errors);
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
 * Yields every transaction after that number, including new ones. When the connection is lost it resumes after the
 * last transaction that it received, so none is missing and none is repeated.
 */
export async function* follow(after: number): AsyncGenerator<FollowSubscription['transactions']> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket, // Node.js 22 and browsers have their own
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (attempt) => sleep(Math.min(250 * 2 ** attempt, 30_000)),
    shouldRetry: (problem) => (problem as CloseEvent).code !== 4403, // the token was rejected
  });
  const variables = { after };
  for (;;) {
    try {
      for await (const { data } of client.iterate<FollowSubscription>({ query: Follow.toString(), variables })) {
        if (!data || data.transactions.number <= variables.after) continue;
        variables.after = data.transactions.number; // a retry resumes from here
        yield data.transactions;
      }
      return;
    } catch (problem) {
      if (!Array.isArray(problem)) throw new Error('the subscription failed', { cause: problem });
      const error = new GraphQLError(problem);
      if (error.code !== 'RESUME') throw error; // this client was too slow: subscribe again
    }
  }
}
