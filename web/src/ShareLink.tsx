import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useRef, useState } from 'react'
import * as link from './link'

/** Copies a link to the contents of the editor to the address bar and the clipboard. */
export function ShareLink({ operationName: sharedName }: { operationName?: string }) {
  const { queryEditor, variableEditor, operationName, operations } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName', 'operations'),
  )
  const { setOperationName } = useGraphiQLActions()
  const [message, setMessage] = useState('')
  const selected = useRef(false)

  // Selects the operation that the opened link names, once the editor has parsed it, and
  // moves the cursor there, because the keyboard shortcut runs the operation at the cursor.
  useEffect(() => {
    const operation = operations?.find((o) => o.name?.value === sharedName)
    if (selected.current || !sharedName || !operation || !queryEditor) return
    selected.current = true
    setOperationName(sharedName)
    const start = queryEditor.getModel()?.getPositionAt(operation.loc?.start ?? 0)
    if (start) queryEditor.setPosition(start)
  }, [operations, queryEditor, sharedName, setOperationName])

  const share = async () => {
    const address = link.write({ query: queryEditor?.getValue(), variables: variableEditor?.getValue(), operationName })
    history.replaceState(null, '', address)
    setMessage(await copy(address))
    setTimeout(() => setMessage(''), 4000)
  }
  return (
    <>
      <button type="button" title="Copy a link to this query and its variables" onClick={share} disabled={!queryEditor}>
        Link
      </button>
      <output>{message}</output>
    </>
  )
}

async function copy(address: string) {
  try {
    await navigator.clipboard.writeText(address)
    return 'Link copied.'
  } catch {
    return 'The link is in the address bar.' // without HTTPS there is no clipboard
  }
}
