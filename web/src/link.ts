/** What a link opens. It stands behind the # of the address, which no server sees and no log keeps. */
export interface Link {
  query?: string
  variables?: string
  operationName?: string
}

/** Reads the link of an address; links with a ? are read too, as other playgrounds make them. */
export function read(address: Location): Link {
  const parts = new URLSearchParams(address.hash.slice(1) || address.search)
  const part = (name: string) => parts.get(name) ?? undefined
  return { query: part('query'), variables: part('variables'), operationName: part('operationName') }
}

/** Makes the address that opens a query. */
export function write({ query, variables, operationName }: Link): string {
  const parts = new URLSearchParams()
  if (query) parts.set('query', query)
  if (variables?.trim()) parts.set('variables', variables)
  if (operationName) parts.set('operationName', operationName)
  return `${location.origin}/#${parts}`
}
