/** The contents of a link, after the # of the URL, so that they are not sent to the server or logged. */
export interface Link {
  query?: string
  variables?: string
  operationName?: string
}

/** Parses the link in a URL. It also accepts the query string, which other playgrounds use. */
export function read(address: Location): Link {
  const parts = new URLSearchParams(address.hash.slice(1) || address.search)
  const part = (name: string) => parts.get(name) ?? undefined
  return { query: part('query'), variables: part('variables'), operationName: part('operationName') }
}

/** Returns the URL that opens a query. */
export function write({ query, variables, operationName }: Link): string {
  const parts = new URLSearchParams()
  if (query) parts.set('query', query)
  if (variables?.trim()) parts.set('variables', variables)
  if (operationName) parts.set('operationName', operationName)
  return `${location.origin}/#${parts}`
}
