import { Group } from '@mantine/core'
import type { CallbackView } from '#contract/callbacks.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import { LastTry, PromiseNow, Verdict } from './promise-columns.tsx'

/** A promise on a telephone. */
export function PromiseCard({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const { customerName, number, verdict, assignee, ticket, promisedFor } = promise
  return (
    <>
      <Group justify="space-between" gap="xs">
        <strong className="wrap-anywhere">{customerName ?? number.display}</strong>
        <PromiseNow promise={promise} />
      </Group>
      <Group gap="xs">
        <span className="numeric">{formatShort(promisedFor, now)}</span>
        {ticket && <span className="numeric">{ticket.code}</span>}
        <span>{assignee?.displayName ?? t('ledger.nobody')}</span>
        {verdict && <Verdict verdict={verdict} />}
        <LastTry promise={promise} />
      </Group>
    </>
  )
}
