import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { type Example, examples, type Kind } from './examples'

const groups: [Kind, string][] = [
  ['query', 'Read'],
  ['mutation', 'Write: takes the token of an editor'],
  ['subscription', 'Follow'],
]

/** The menu of examples; each opens in a tab of its own, or in the one it has already. */
export function Examples() {
  const { queryEditor, variableEditor, tabs } = useGraphiQL(pick('queryEditor', 'variableEditor', 'tabs'))
  const { addTab, changeTab, stop } = useGraphiQLActions()
  const open = (example: Example) => {
    stop()
    const there = tabs.findIndex((tab) => tab.query === example.query && (tab.variables ?? '') === example.variables)
    if (there >= 0) return changeTab(there)
    addTab()
    queryEditor?.setValue(example.query)
    variableEditor?.setValue(example.variables)
  }
  return (
    <label>
      Examples{' '}
      <select value="" disabled={!queryEditor} onChange={(e) => open(examples[Number(e.target.value)]!)}>
        <option value="" disabled>
          choose one…
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
