import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useRef, useState } from 'react'
import * as link from './link'

/** Puts a link to what is in the editor into the address bar and the clipboard. */
export function ShareLink({ operationName: wanted }: { operationName?: string }) {
  const { queryEditor, variableEditor, operationName, operations } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName', 'operations'),
  )
  const { setOperationName } = useGraphiQLActions()
  const [said, say] = useState('')
  const chosen = useRef(false)

  // The operation that the page's own link names, once the editor knows it. The keys
  // that run a query run the one in which the cursor stands.
  useEffect(() => {
    const operation = operations?.find((o) => o.name?.value === wanted)
    if (chosen.current || !wanted || !operation || !queryEditor) return
    chosen.current = true
    setOperationName(wanted)
    const start = queryEditor.getModel()?.getPositionAt(operation.loc?.start ?? 0)
    if (start) queryEditor.setPosition(start)
  }, [operations, queryEditor, wanted, setOperationName])

  const share = async () => {
    const address = link.write({ query: queryEditor?.getValue(), variables: variableEditor?.getValue(), operationName })
    history.replaceState(null, '', address)
    say(await copied(address))
    setTimeout(() => say(''), 4000)
  }
  return (
    <>
      <button type="button" title="Copy a link to this query and its variables" onClick={share} disabled={!queryEditor}>
        Link
      </button>
      <output>{said}</output>
    </>
  )
}

async function copied(address: string) {
  try {
    await navigator.clipboard.writeText(address)
    return 'Copied.'
  } catch {
    return 'In the address bar.' // which is all there is without HTTPS
  }
}
