import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { queueKey } from '../../../state/board.ts'
import { formatDate, formatNumber } from '../../../state/local-time.ts'
import { Notice } from '../notice.tsx'
import classes from './board.module.css'

interface NoticesProps {
  snapshot: QueuesSnapshot
  queues: readonly LiveQueue[]
}

/** What is wrong with the set-up; usually nothing. */
export function BoardNotices({ snapshot, queues }: NoticesProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.notices}>
      <CountedFrom />
      <TagsMissing snapshot={snapshot} />
      <WrongClocks snapshot={snapshot} />
      {queues.map((queue) =>
        queue.unsupported === undefined || queue.unsupported.length === 0 ? null : (
          <Notice
            key={queueKey(queue)}
            text={t('queues.unsupported', { members: queue.unsupported.join(', ') })}
          />
        ),
      )}
    </div>
  )
}

/** Calls of an earlier release are counted step by step; today's are always whole. */
function CountedFrom() {
  const { t } = useTranslation()
  const from = useQuery(queries.countedHistory()).data?.from ?? null
  if (from === null) return null
  return (
    <Text c="dimmed" size="sm">
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
