import { Examples } from './Examples'
import type { Transport } from './fetcher'
import { Foldable } from './Foldable'
import { SchemaSearch } from './SchemaSearch'
import { ShareLink } from './ShareLink'
import { TokenField } from './TokenField'

interface Props {
  token: string
  onToken(value: string): void
  transport: Transport
  onTransport(value: Transport): void
  operationName?: string
}

/** The bar above the editor: examples, transport, token and link. */
export function Bar({ token, onToken, transport, onTransport, operationName }: Props) {
  return (
    <Foldable>
      <Examples />
      <SchemaSearch />
      <label title="The transport of subscriptions">
        Subscribe over{' '}
        <select value={transport} onChange={(e) => onTransport(e.target.value as Transport)}>
          <option value="socket">WebSocket</option>
          <option value="events">server-sent events</option>
        </select>
      </label>
      <TokenField token={token} onToken={onToken} />
      <ShareLink operationName={operationName} />
    </Foldable>
  )
}
