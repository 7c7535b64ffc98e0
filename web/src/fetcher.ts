import type { Fetcher } from '@graphiql/toolkit'
import { type DocumentNode, Kind, parse } from 'graphql'
import { createClient as overEvents } from 'graphql-sse'
import { createClient as overSocket } from 'graphql-ws'

export type Transport = 'socket' | 'events' // how subscriptions are followed

type Words = Record<string, string>

const address = (scheme: string) => `${scheme}//${location.host}/graphql`

/** The headers of a request: those of the Headers editor go before the token field. */
export function headersOf(token: string, typed: Words = {}): Words {
  const headers = new Headers(typed)
  if (token && !headers.get('authorization')?.replace(/^bearer\s*$/i, '')) {
    headers.set('authorization', `Bearer ${token}`)
  }
  return Object.fromEntries(headers)
}

/** The fetcher that answers with what a token may see. */
export function fetcherWith(token: string, transport: Transport): Fetcher {
  return (asked, options) => {
    const headers = headersOf(token, options?.headers)
    const document = parse(asked.query)
    const operation = operationOf(document, asked.operationName)
    const payload = { query: asked.query, variables: asked.variables, operationName: operation?.name?.value }
    return operation?.operation === 'subscription' ? follow(payload, headers, transport) : post(payload, headers)
  }
}

// operationOf is the one that is meant. A name that the document has not is one of
// the tab before, which GraphiQL still believes in for a moment.
function operationOf(document: DocumentNode, name?: string | null) {
  const all = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
  return all.find((o) => o.name?.value === name) ?? all[0]
}

async function post(payload: object, headers: Words) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json, application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  })
  const text = await answer.text()
  try {
    return JSON.parse(text)
  } catch {
    return { errors: [{ message: `${answer.status} ${answer.statusText}: ${text.trim()}` }] }
  }
}

// follow has a connection for each subscription, which ends with it.
function follow(payload: { query: string }, headers: Words, transport: Transport) {
  if (transport === 'events') {
    const client = overEvents({ url: address(location.protocol), headers, retryAttempts: 5 })
    return client.iterate(payload) as never
  }
  const client = overSocket({
    url: address(location.protocol.replace('http', 'ws')),
    connectionParams: headers,
    retryAttempts: 5,
  })
  return client.iterate(payload) as never
}
