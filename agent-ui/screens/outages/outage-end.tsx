import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { OutageView } from '#contract/casework/outages.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatNumber } from '../../state/local-time.ts'
import { callbackMinutes } from '../../state/outage-entry.ts'

/** What becomes of the tickets that are part of it, when it ends or has ended. */
export function EndWords({ outage }: { outage: OutageView }) {
  const { t } = useTranslation()
  const { status, children, callbacksPerMinute } = outage
  const count = formatNumber(children)
  const words =
    status === 'ended'
      ? children > 0
        ? t('outages.releasing', { count })
        : t('outages.released')
      : children === 0
        ? t('outages.endsAlone')
        : t('outages.ends', {
            count,
            pace: callbacksPerMinute,
            minutes: formatNumber(callbackMinutes(outage)),
          })
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  )
}

/** Beside the step that ends it: what this very step does to the tickets that are part of it. */
export function EndNotice({ ticketId, action }: { ticketId: string; action: 'close' | 'cancel' }) {
  const { t } = useTranslation()
  const { data: outage } = useQuery(queries.outage(ticketId))
  if (outage === undefined || outage.status !== 'open') return null
  if (action === 'close') return <EndWords outage={outage} />
  return (
    <Text size="sm" c="dimmed">
      {t('outages.cancelled', { count: formatNumber(outage.children) })}
    </Text>
  )
}
