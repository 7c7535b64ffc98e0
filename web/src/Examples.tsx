import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { type Example, examples, type Kind } from './examples'

const groups: [Kind, string][] = [
  ['query', 'Queries'],
  ['mutation', 'Mutations (need the token of an editor)'],
  ['subscription', 'Subscriptions'],
]

const unchanged = (query: string | null) => examples.some((example) => example.query === query)

/**
 * The menu of examples. All share one tab: an example replaces one that was not edited, and
 * opens a new tab only if there is none.
 */
export function Examples() {
  const { queryEditor, variableEditor, tabs, activeTabIndex } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'tabs', 'activeTabIndex'),
  )
  const { addTab, changeTab, stop, updateActiveTabValues } = useGraphiQLActions()
  const open = (example: Example) => {
    stop()
    if (!unchanged(queryEditor?.getValue() ?? null)) {
      const shared = tabs.findIndex((tab, i) => i !== activeTabIndex && unchanged(tab.query))
      if (shared >= 0) changeTab(shared)
      else addTab()
    }
    queryEditor?.setValue(example.query)
    variableEditor?.setValue(example.variables)
    // The editors tell the tab a tenth of a second later, which may then be another one.
    updateActiveTabValues({ query: example.query, variables: example.variables })
  }
  return (
    <label>
      Examples{' '}
      <select value="" disabled={!queryEditor} onChange={(e) => open(examples[Number(e.target.value)]!)}>
        <option value="" disabled>
          Choose…
        </option>
        {groups.map(([kind, name]) => (
          <optgroup key={kind} label={name}>
            {examples.map((example, i) => example.kind === kind && <option key={i} value={i}>{example.title}</option>)}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
