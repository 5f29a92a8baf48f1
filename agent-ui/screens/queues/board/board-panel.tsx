import { useId } from 'react'
import type { ReactNode } from 'react'
import { formatNumber } from '../../../state/local-time.ts'
import classes from './board.module.css'

interface BoardPanelProps {
  title: string
  /** How many rows it has; missing: nothing is said. */
  count?: number
  aside?: ReactNode
  children: ReactNode
}

/** A titled list of the board: it scrolls inside, so that the screen never does. */
export function BoardPanel({ title, count, aside, children }: BoardPanelProps) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="numeric">{formatNumber(count)}</span>}
        <span className={classes.aside}>{aside}</span>
      </div>
      <div className={classes.scroll}>{children}</div>
    </section>
  )
}
