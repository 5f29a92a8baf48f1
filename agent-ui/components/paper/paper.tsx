import { Button, Group } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LoadFailed, Loading } from '../failure.tsx'
import classes from './paper.module.css'

interface PaperPageProps<T> {
  query: UseQueryResult<T>
  /** The link to where it was opened from. */
  back: ReactNode
  /** What the button says. */
  print: string
  children: (of: T) => ReactNode
}

/** A paper for the printer: outside the frame, so that only the paper prints. */
export function PaperPage<T>({ query, back, print, children }: PaperPageProps<T>) {
  return (
    <main className={classes.page}>
      <Group className={classes.tools} justify="space-between">
        {back}
        <Button onClick={() => window.print()} disabled={!query.data}>
          {print}
        </Button>
      </Group>
      {query.isPending && <Loading />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && children(query.data)}
    </main>
  )
}

interface SignaturesProps {
  /** What is asked for, below each title. */
  sign: string
  of: readonly { title: string; name: string | null }[]
}

/** Where both sides sign. */
export function Signatures({ sign, of }: SignaturesProps) {
  return (
    <div className={classes.signatures}>
      {of.map(({ title, name }) => (
        <div key={title}>
          <strong>{title}</strong>
          <div className={classes.small}>{sign}</div>
          <div className={classes.signed}>{name}</div>
        </div>
      ))}
    </div>
  )
}
