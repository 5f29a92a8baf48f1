import type { ReactNode } from 'react'
import classes from './gallery.module.css'

interface ShelfProps {
  title: string
  children: ReactNode
}

export function Shelf({ title, children }: ShelfProps) {
  return (
    <section className={classes.shelf} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** One state of a part, under its name. */
export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.state}>
      <div className={classes.name}>{name}</div>
      {children}
    </div>
  )
}
