import { Group, Text, Title } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { QueuesSnapshot } from '#contract/queues.ts'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { queries } from '../../queries.ts'
import { tell, useLive } from '../../live-store.ts'
import { troubledPbxs } from '../../state/connection.ts'
import { formatClock, formatDate, formatNumber } from '../../state/local-time.ts'
import { useIsStale } from '../../ticker.ts'
import { Notice } from './notice.tsx'
import { QueuePanel } from './queue-panel.tsx'
import classes from './queues.module.css'

/** The supervisor's floor: who waits, who works, and how old the picture is. */
export function QueuesScreen() {
  const { t } = useTranslation()
  const queues = useLive((live) => live.queues)
  const first = useQuery({
    queryKey: ['queues'],
    queryFn: async () => {
      const snapshot = await api.queues()
      tell({ type: 'queues_snapshot', snapshot })
      return snapshot.rev
    },
    enabled: queues === null,
  })
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={1}>{t('queues.title')}</Title>
        <Group gap="md">
          <Link to="/shift">{t('screen.shift')}</Link>
          {queues && <AsOf snapshot={queues} />}
        </Group>
      </Group>
      {queues === null && first.isPending && <Loading rows={10} />}
      {queues === null && first.isError && (
        <LoadFailed error={first.error} onRetry={() => void first.refetch()} />
      )}
      <CountedFrom />
      {queues && <TagsMissing snapshot={queues} />}
      {queues && <WrongClocks snapshot={queues} />}
      {queues && <Floor snapshot={queues} />}
    </>
  )
}

/** Calls of an earlier release are counted step by step; today's are always whole. */
function CountedFrom() {
  const { t } = useTranslation()
  const from = useQuery(queries.countedHistory()).data?.from ?? null
  if (from === null) return null
  return (
    <Text c="dimmed" size="sm" mb="xs">
      {t('queues.countedFrom', { day: formatDate(`${from}T00:00:00.000Z`) })}
    </Text>
  )
}

/** Nothing stops, but who is a customer is only guessed until somebody mends the PBX. */
function TagsMissing({ snapshot }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  return snapshot.pbx.map(({ pbxId, tagsMissing }) =>
    tagsMissing === undefined ? null : (
      <Notice key={pbxId} text={t(`queues.tagsMissing.${tagsMissing}`, { pbx: pbxId })} />
    ),
  )
}

/** Times are right all the same; the machines' clocks should be set. */
function WrongClocks({ snapshot }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  return snapshot.pbx.map(({ pbxId, clockAheadSeconds: seconds = 0 }) =>
    seconds === 0 ? null : (
      <Notice
        key={pbxId}
        text={t(`queues.clock.${seconds > 0 ? 'ahead' : 'behind'}`, {
          pbx: pbxId,
          seconds: formatNumber(Math.abs(seconds)),
        })}
      />
    ),
  )
}

function useIsOld(snapshot: QueuesSnapshot): boolean {
  const isStale = useIsStale()
  return isStale || troubledPbxs(snapshot.pbx).length > 0
}

function AsOf({ snapshot }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  return (
    <Tone
      tone={useIsOld(snapshot) ? 'warn' : 'calm'}
      icon={<IconClockHour4 size={14} aria-hidden />}
    >
      <span className="numeric">{t('queues.asOf', { time: formatClock(snapshot.asOf) })}</span>
    </Tone>
  )
}

function Floor({ snapshot }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  const isOld = useIsOld(snapshot)
  if (snapshot.queues.length === 0) {
    return <Empty title={t('queues.noQueues')} text={t('queues.noQueuesText')} />
  }
  return (
    <div className={classes.floor} data-old={isOld}>
      {snapshot.queues.map((queue) => (
        <QueuePanel key={`${queue.pbxId}/${queue.name}`} queue={queue} />
      ))}
    </div>
  )
}
