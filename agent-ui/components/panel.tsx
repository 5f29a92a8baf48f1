import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  title: string
  aside?: ReactNode
  children: ReactNode
  /** Lists bring their own spacing. */
  flush?: boolean
  /** The panel's title is the heading of the page. */
  lead?: boolean
}

/** A titled box, found by assistive tools and tests as a region of that name. */
export function Panel({ title, aside, children, flush = false, lead = false }: PanelProps) {
  const id = useId()
  const Heading = lead ? 'h1' : 'h2'
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <Heading className={lead ? classes.lead : classes.title} id={id}>
          {title}
        </Heading>
        {aside}
      </div>
      {flush ? children : <div className={classes.body}>{children}</div>}
    </section>
  )
}
