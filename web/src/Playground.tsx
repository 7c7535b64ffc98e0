import { explorerPlugin } from '@graphiql/plugin-explorer'
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider } from '@graphiql/react'
import { GraphiQL, GraphiQLInterface } from 'graphiql'
import { useMemo, useState } from 'react'
import firstQuery from '../examples/01_meetings-of-a-minister.graphql?raw'
import { ActiveTab } from './ActiveTab'
import { Bar } from './Bar'
import { createFetcher } from './fetcher'
import * as link from './link'
import * as storage from './storage'

const plugins = [DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN]
const shared = link.read(location)

/** GraphiQL with the bar above it. */
export function Playground() {
  const [token, setToken] = useState(storage.token.get)
  const [transport, setTransport] = useState(storage.transport.get)
  const fetcher = useMemo(() => createFetcher(token, transport), [token, transport])
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={storage.withoutTokens}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={firstQuery}
      initialQuery={shared.query}
      initialVariables={shared.variables}
      shouldPersistHeaders
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore>
        <DocExplorerStore>
          <Bar
            token={token}
            onToken={(value) => (storage.token.set(value), setToken(value))}
            transport={transport}
            onTransport={(value) => (storage.transport.set(value), setTransport(value))}
            operationName={shared.operationName}
          />
          <ActiveTab />
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
