import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useParams } from '@tanstack/react-router'
import type { Handover } from '#contract/supervision/handover.ts'
import { Loading } from '../../components/failure.tsx'
import paper from '../../components/paper/paper.module.css'
import { PaperPage, Signatures } from '../../components/paper/paper.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { HandoverSectionList } from './handover-sections.tsx'
import classes from './handover.module.css'

/** A hand-over for the printer. */
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
    <PaperPage
      query={query}
      print={t('shift.print')}
      back={
        <Anchor component={Link} to="/shift" size="sm">
          ← {t('shift.back')}
        </Anchor>
      }
    >
      {(handover) => <Sheet handover={handover} />}
    </PaperPage>
  )
}

function Sheet({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  const { at, by, latest, before, sections } = handover
  return (
    <article className={`${paper.sheet} ${classes.sheet}`} data-small aria-label={t('shift.paper')}>
      <h1 className={paper.title}>{t('shift.paper')}</h1>
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
      <Signatures
        sign={t('shift.sign')}
        of={[
          { title: t('shift.signGiver'), name: by.displayName },
          { title: t('shift.signTaker'), name: null },
        ]}
      />
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
    <section className={`${paper.block} ${classes.note}`} aria-label={title}>
      {title !== undefined && <h2>{title}</h2>}
      {!isFirst && (
        <p className={paper.small}>
          {t('shift.version', { version })} · {by.displayName} · {formatDateTime(at)}
        </p>
      )}
      <p className={paper.words}>{words}</p>
    </section>
  )
}
