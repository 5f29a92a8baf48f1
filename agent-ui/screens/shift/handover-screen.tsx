import { Anchor, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Handover } from '#contract/supervision/handover.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { queries } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { HandoverSectionList } from './handover-sections.tsx'
import classes from './paper.module.css'

/** A hand-over for the printer: outside the frame, so that only the paper prints. */
export function HandoverScreen() {
  const { handoverId } = useParams({ from: '/handover/$handoverId' })
  const session = useSession()
  if (session.isPending) return <Loading />
  if (session.data?.user === null) {
    return <Navigate to="/sign-in" search={{ next: `/handover/${handoverId}` }} replace />
  }
  return <HandoverPaper handoverId={handoverId} />
}

export function HandoverPaper({ handoverId }: { handoverId: string }) {
  const { t } = useTranslation()
  const query = useQuery(queries.handover(handoverId))
  return (
    <main className={classes.page}>
      <Group className={classes.tools} justify="space-between">
        <Anchor component={Link} to="/shift" size="sm">
          ← {t('shift.back')}
        </Anchor>
        <Button onClick={() => window.print()} disabled={!query.data}>
          {t('shift.print')}
        </Button>
      </Group>
      {query.isPending && <Loading />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Sheet handover={query.data} />}
    </main>
  )
}

function Sheet({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  const { at, by, latest, before, sections } = handover
  return (
    <article className={classes.sheet} aria-label={t('shift.paper')}>
      <h1 className={classes.title}>{t('shift.paper')}</h1>
      <p className={classes.when}>
        {t('shift.by')}: <strong>{by.displayName}</strong> · {t('shift.at')}:{' '}
        <strong className="numeric">{formatDateTime(at)}</strong>
      </p>
      <Note title={t('shift.note')} note={latest} isFirst={latest.version === 1} />
      <HandoverSectionList sections={sections} />
      {before.length > 0 && (
        <section aria-label={t('shift.before')} className={classes.before}>
          <h2>{t('shift.before')}</h2>
          {before.map((note) => (
            <Note key={note.version} note={note} isFirst={false} />
          ))}
        </section>
      )}
      <div className={classes.signatures}>
        <Signature title={t('shift.signGiver')} name={by.displayName} />
        <Signature title={t('shift.signTaker')} name="" />
      </div>
    </article>
  )
}

interface NoteProps {
  title?: string
  note: Handover['latest']
  /** Who wrote it and when is said at the top of the paper. */
  isFirst: boolean
}

function Note({ title, note, isFirst }: NoteProps) {
  const { t } = useTranslation()
  const { version, by, at, note: words } = note
  return (
    <section className={classes.note} aria-label={title}>
      {title !== undefined && <h2>{title}</h2>}
      {!isFirst && (
        <p className={classes.small}>
          {t('shift.version', { version })} · {by.displayName} · {formatDateTime(at)}
        </p>
      )}
      <p className={classes.words}>{words}</p>
    </section>
  )
}

function Signature({ title, name }: { title: string; name: string }) {
  const { t } = useTranslation()
  return (
    <div>
      <strong>{title}</strong>
      <div className={classes.small}>{t('shift.sign')}</div>
      <div className={classes.signed}>{name}</div>
    </div>
  )
}
