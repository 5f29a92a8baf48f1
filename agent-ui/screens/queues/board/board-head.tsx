import { Title } from '@mantine/core'
import { IconCircleCheck, IconClockHour4 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useContext } from 'react'
import type { ReactNode } from 'react'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLive } from '../../../live-store.ts'
import { queueKey } from '../../../state/board.ts'
import type { BoardSearch } from '../../../state/board.ts'
import { formatClock } from '../../../state/local-time.ts'
import { useIsStale } from '../../../ticker.ts'
import { Sources } from './source.tsx'
import { TargetsButton } from './targets-dialog.tsx'
import classes from './board.module.css'

interface BoardHeadProps {
  snapshot: QueuesSnapshot
  queues: readonly LiveQueue[]
  search: BoardSearch
}

/** Which queues are shown, where the figures come from and whether that still speaks. */
export function BoardHead({ snapshot, queues, search }: BoardHeadProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.head}>
      <Title order={1} className={classes.title ?? ''}>
        {t('queues.title')}
      </Title>
      {snapshot.queues.length > 1 && <QueueSwitch {...{ snapshot, queues, search }} />}
      <span className={classes.sources}>
        <ServiceSource />
        <PbxSources snapshot={snapshot} />
        <OwedSource />
      </span>
      <Link to="/shift" className={classes.shift}>
        {t('screen.shift')}
      </Link>
      <TargetsButton />
    </div>
  )
}

/** An address that names a queue which is gone shows all of them: the choice is not the address's. */
const markOf = (isChosen: boolean) =>
  ({ 'data-chosen': isChosen, activeProps: { 'aria-current': isChosen } }) as const

function QueueSwitch({ snapshot, queues }: BoardHeadProps) {
  const { t } = useTranslation()
  const isAll = queues.length === snapshot.queues.length
  return (
    <nav className={classes.switch} aria-label={t('board.queues')}>
      <Link to="/queues" search={{}} {...markOf(isAll)}>
        {t('board.all')}
      </Link>
      {snapshot.queues.map((queue) => {
        const isThis = !isAll && queues.some((one) => queueKey(one) === queueKey(queue))
        return (
          <Link
            key={queueKey(queue)}
            to="/queues"
            search={{ queue: queueKey(queue) }}
            {...markOf(isThis)}
          >
            {queue.name}
            {snapshot.pbx.length > 1 && <small> {queue.pbxId}</small>}
          </Link>
        )
      })}
    </nav>
  )
}

const clock = (ms: number) => formatClock(new Date(ms).toISOString())

/** What is down is said for each source apart: a dead PBX is not a dead service. */
function Source({ isDown, children }: { isDown: boolean; children: ReactNode }) {
  return (
    <Tone
      tone={isDown ? 'bad' : 'calm'}
      icon={
        isDown ? (
          <IconClockHour4 size={12} aria-hidden />
        ) : (
          <IconCircleCheck size={12} aria-hidden />
        )
      }
    >
      <span className="numeric">{children}</span>
    </Tone>
  )
}

function ServiceSource() {
  const { t } = useTranslation()
  const isDown = useIsStale()
  const since = useLive((live) => live.connection.since + live.clockOffsetMs)
  return (
    <Source isDown={isDown}>
      {isDown ? t('board.source.serviceDown', { time: clock(since) }) : t('board.source.service')}
    </Source>
  )
}

/** While the service is away nothing is known of a PBX. */
function PbxSources({ snapshot: { pbx, asOf } }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  const isStale = useIsStale()
  return pbx.map(({ pbxId, link, since }) => {
    const isDown = link !== 'ready'
    if (isStale && !isDown) return null
    const time = formatClock(isDown ? since : asOf)
    return (
      <Source key={pbxId} isDown={isDown}>
        {t(isDown ? 'board.source.pbxDown' : 'board.source.pbx', { pbx: pbxId, time })}
      </Source>
    )
  })
}

function OwedSource() {
  const { t } = useTranslation()
  const { asOf, silentSince } = useContext(Sources).owed
  if (useIsStale()) return null
  if (silentSince !== null) {
    return <Source isDown>{t('board.source.owedDown', { time: clock(silentSince) })}</Source>
  }
  return (
    <Source isDown={false}>
      {asOf === null
        ? t('board.source.owedUnread')
        : t('board.source.owed', { time: formatClock(asOf) })}
    </Source>
  )
}
