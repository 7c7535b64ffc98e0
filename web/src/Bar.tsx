import { Examples } from './Examples'
import type { Transport } from './fetcher'
import { ShareLink } from './ShareLink'
import { TokenField } from './TokenField'

interface Props {
  token: string
  onToken(value: string): void
  transport: Transport
  onTransport(value: Transport): void
  operationName?: string
}

/** The bar above the editor. */
export function Bar({ token, onToken, transport, onTransport, operationName }: Props) {
  return (
    <header className="bar">
      <h1>Chancery</h1>
      <Examples />
      <label title="What brings the answers of subscriptions">
        Follow by{' '}
        <select value={transport} onChange={(e) => onTransport(e.target.value as Transport)}>
          <option value="socket">WebSocket</option>
          <option value="events">server-sent events</option>
        </select>
      </label>
      <TokenField token={token} onToken={onToken} />
      <ShareLink operationName={operationName} />
    </header>
  )
}
