// The examples of the menu are files. A Go test runs all of them on the sample.
const queries = import.meta.glob<string>('../examples/*.graphql', { query: '?raw', import: 'default', eager: true })
const variables = import.meta.glob<string>('../examples/*.json', { query: '?raw', import: 'default', eager: true })

export type Kind = 'query' | 'mutation' | 'subscription'

export interface Example {
  title: string // from the file name: 03_holders-of-an-office.graphql
  kind: Kind
  query: string
  variables: string
}

const kindOf = (query: string): Kind =>
  (/^(query|mutation|subscription)\b/m.exec(query)?.[1] as Kind | undefined) ?? 'query'

function titleOf(path: string) {
  const words = path.replace(/^.*\/\d*_?|\.graphql$/g, '').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const examples: Example[] = Object.entries(queries)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({
    title: titleOf(path),
    kind: kindOf(query),
    query,
    variables: variables[path.replace(/graphql$/, 'json')] ?? '',
  }))
