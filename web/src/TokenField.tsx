import { useState } from 'react'

/** Where the token goes. It is used when the field is left or Enter is pressed, not with each key. */
export function TokenField({ token, onToken }: { token: string; onToken(value: string): void }) {
  const [typed, setTyped] = useState(token)
  const use = () => typed.trim() !== token && onToken(typed.trim())
  return (
    <form onSubmit={(e) => (e.preventDefault(), use())}>
      <label title="To write, or to read where the server asks for it; kept until you close the tab">
        Token{' '}
        <input
          type="password"
          name="token"
          autoComplete="off"
          spellCheck={false}
          placeholder="none: read only"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={use}
        />
      </label>
    </form>
  )
}
