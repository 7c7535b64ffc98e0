import type { Fetcher } from '@graphiql/toolkit'
import { type DocumentNode, Kind, parse } from 'graphql'
import { createClient as createSSEClient } from 'graphql-sse'
import { createClient as createWebSocketClient } from 'graphql-ws'

/** The transport of subscriptions: WebSocket or server-sent events. */
export type Transport = 'socket' | 'events'

type HeaderMap = Record<string, string>

const endpoint = (scheme: string) => `${scheme}//${location.host}/graphql`

/** Returns the headers of a request. An authorization in the Headers editor overrides the token field. */
export function requestHeaders(token: string, edited: HeaderMap = {}): HeaderMap {
  const headers = new Headers(edited)
  if (token && !headers.get('authorization')?.replace(/^bearer\s*$/i, '')) {
    headers.set('authorization', `Bearer ${token}`)
  }
  return Object.fromEntries(headers)
}

/** Returns a fetcher that sends operations with the token. */
export function createFetcher(token: string, transport: Transport): Fetcher {
  return (params, options) => {
    const headers = requestHeaders(token, options?.headers)
    const document = parse(params.query)
    const operation = selectOperation(document, params.operationName)
    const payload = { query: params.query, variables: params.variables, operationName: operation?.name?.value }
    return operation?.operation === 'subscription' ? subscribe(payload, headers, transport) : post(payload, headers)
  }
}

// Returns the operation with the name, or the first one. Right after a change of tabs GraphiQL
// may still pass the name of an operation in the previous tab.
function selectOperation(document: DocumentNode, name?: string | null) {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
  return operations.find((o) => o.name?.value === name) ?? operations[0]
}

/** Sends an operation and returns the response. */
export async function post(payload: object, headers: HeaderMap) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json, application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  })
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return { errors: [{ message: `${response.status} ${response.statusText}: ${text.trim()}` }] }
  }
}

// Opens a connection for one subscription, which closes with it.
function subscribe(payload: { query: string }, headers: HeaderMap, transport: Transport) {
  if (transport === 'events') {
    const client = createSSEClient({ url: endpoint(location.protocol), headers, retryAttempts: 5 })
    return collect(client.iterate(payload) as never) as never
  }
  const client = createWebSocketClient({
    url: endpoint(location.protocol.replace('http', 'ws')),
    connectionParams: headers,
    retryAttempts: 5,
  })
  return collect(client.iterate(payload) as never) as never
}

const maxEvents = 100

// GraphiQL shows only the last response of a subscription, so each carries those before it.
async function* collect(responses: AsyncIterableIterator<{ data?: unknown; errors?: unknown }>) {
  let received = 0
  let newestFirst: object[] = []
  for await (const { data, errors } of responses) {
    received++
    newestFirst = [{ data, errors }, ...newestFirst].slice(0, maxEvents)
    yield { received, newestFirst }
  }
}
