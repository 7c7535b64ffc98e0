import { type ReactNode, useState, useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 44rem)') // as in playground.css

const useNarrow = () =>
  useSyncExternalStore(
    (changed) => (narrow.addEventListener('change', changed), () => narrow.removeEventListener('change', changed)),
    () => narrow.matches,
  )

/** The bar. In a narrow window, such as on a phone, a button unfolds it. */
export function Foldable({ children }: { children: ReactNode }) {
  const [unfolded, setUnfolded] = useState(false)
  const folds = useNarrow()
  return (
    <header className="bar">
      <h1>Chancery</h1>
      {folds && (
        <button type="button" aria-expanded={unfolded} aria-controls="tools" onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? 'Hide tools' : 'Tools'}
        </button>
      )}
      <div id="tools" className="tools" hidden={folds && !unfolded}>
        {children}
      </div>
    </header>
  )
}
