import { Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { HandoverRow } from '#contract/supervision/handover.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { NoteForm } from './note-form.tsx'
import classes from './shift.module.css'

/** What earlier shifts left, the newest first; each can be printed, and its note written anew. */
export function HandoverList() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(queries.handovers())
  if (query.isPending) return <Loading rows={3} />
  if (query.isError) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  }
  const handovers = query.data.pages.flatMap(({ items }) => items)
  if (handovers.length === 0) return <Empty title={t('shift.noLast')} />
  return (
    <>
      <ul className={classes.list}>
        {handovers.map((handover) => (
          <OneHandover key={handover.id} handover={handover} />
        ))}
      </ul>
      <MoreButton pages={query} mt="xs" />
    </>
  )
}

function OneHandover({ handover }: { handover: HandoverRow }) {
  const { t } = useTranslation()
  /** The version that is written over; null: none is. */
  const [writesOver, setWritesOver] = useState<number | null>(null)
  const { id, at, by, latest } = handover
  const version = latest.version > 1 ? ` · ${t('shift.version', { version: latest.version })}` : ''
  return (
    <li data-testid={`handover-${id}`}>
      <div className={classes.row}>
        <strong>{by.displayName}</strong>
        <span className={`${classes.dim} numeric`}>
          {formatDateTime(at)}
          {version}
        </span>
      </div>
      {writesOver !== latest.version && (
        <p className={`${classes.note} ${classes.brief}`}>{latest.note}</p>
      )}
      {writesOver === null ? (
        <Group gap="xs">
          <Link to="/handover/$handoverId" params={{ handoverId: id }}>
            {t('shift.print')}
          </Link>
          <Button size="compact-xs" variant="default" onClick={() => setWritesOver(latest.version)}>
            {t('shift.rewrite')}
          </Button>
        </Group>
      ) : (
        <NoteForm handover={handover} onDone={() => setWritesOver(null)} />
      )}
    </li>
  )
}
