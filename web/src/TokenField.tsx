import { useEffect, useState } from 'react'
import { identify } from './identity'

/** The field for the token, which takes effect when it loses focus or Enter is pressed, and who the server knows by it. */
export function TokenField({ token, onToken }: { token: string; onToken(value: string): void }) {
  const [typed, setTyped] = useState(token)
  const [identity, setIdentity] = useState('')
  useEffect(() => {
    let current = true
    setIdentity('')
    identify(token).then((text) => current && setIdentity(text))
    return () => void (current = false)
  }, [token])
  const apply = () => typed.trim() !== token && onToken(typed.trim())
  return (
    <form onSubmit={(e) => (e.preventDefault(), apply())}>
      <label title="For writing, and for reading if the server requires it; kept until you close the tab">
        Token{' '}
        <input
          type="password"
          name="token"
          autoComplete="off"
          spellCheck={false}
          placeholder="none"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={apply}
        />
      </label>{' '}
      <output aria-label="Identity">{identity}</output>
    </form>
  )
}
