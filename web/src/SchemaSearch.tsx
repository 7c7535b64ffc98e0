import { DOC_EXPLORER_PLUGIN, useDocExplorerActions } from '@graphiql/plugin-doc-explorer'
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useMemo, useState } from 'react'
import { type Found, search } from './search'

const maxResults = 30

/** Searches the names and the descriptions of the schema, and opens a result in the documentation. */
export function SchemaSearch() {
  const { schema } = useGraphiQL(pick('schema'))
  const { setVisiblePlugin } = useGraphiQLActions()
  const documentation = useDocExplorerActions()
  const [text, setText] = useState('')
  const results = useMemo(() => (schema ? search(schema, text, maxResults) : []), [schema, text])
  const open = ({ type, field }: Found) => {
    documentation.reset()
    documentation.push({ name: type.name, def: type })
    if (field) documentation.push({ name: field.name, def: field })
    setVisiblePlugin(DOC_EXPLORER_PLUGIN)
    setText('')
  }
  return (
    <div className="search" onKeyDown={(e) => e.key === 'Escape' && setText('')}>
      <label>
        Find in the schema{' '}
        <input type="search" placeholder="words of names or descriptions" value={text} onChange={(e) => setText(e.target.value)} />
      </label>
      {text.trim() && (
        <ul aria-label="Results">
          {results.map((result) => (
            <li key={result.name}>
              <button type="button" onClick={() => open(result)}>
                <b>{result.name}</b> {result.description}
              </button>
            </li>
          ))}
          {results.length === 0 && <li>Nothing in the schema has these words.</li>}
        </ul>
      )}
    </div>
  )
}
