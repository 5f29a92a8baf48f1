import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  title: string
  aside?: ReactNode
  children: ReactNode
  /** Lists bring their own spacing. */
  flush?: boolean
}

/** A titled box, found by assistive tools and tests as a region of that name. */
export function Panel({ title, aside, children, flush = false }: PanelProps) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 className={classes.title} id={id}>
          {title}
        </h2>
        {aside}
      </div>
      {flush ? children : <div className={classes.body}>{children}</div>}
    </section>
  )
}
