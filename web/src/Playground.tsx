import { explorerPlugin } from '@graphiql/plugin-explorer'
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider } from '@graphiql/react'
import { GraphiQL, GraphiQLInterface } from 'graphiql'
import { useMemo, useState } from 'react'
import first from '../examples/01_whom-a-minister-met.graphql?raw'
import { Bar } from './Bar'
import { fetcherWith } from './fetcher'
import * as link from './link'
import * as memory from './memory'

const plugins = [DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN]
const opened = link.read(location)

/** GraphiQL below a bar of our own: examples, who asks, how to follow. */
export function Playground() {
  const [token, setToken] = useState(memory.token.get)
  const [transport, setTransport] = useState(memory.transport.get)
  const fetcher = useMemo(() => fetcherWith(token, transport), [token, transport])
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={memory.remembered}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={first}
      initialQuery={opened.query}
      initialVariables={opened.variables}
      shouldPersistHeaders
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore>
        <DocExplorerStore>
          <Bar
            token={token}
            onToken={(value) => (memory.token.set(value), setToken(value))}
            transport={transport}
            onTransport={(value) => (memory.transport.set(value), setTransport(value))}
            operationName={opened.operationName}
          />
          <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings>
            <GraphiQL.Logo>
              <></>
            </GraphiQL.Logo>
          </GraphiQLInterface>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  )
}
