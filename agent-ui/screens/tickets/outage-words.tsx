import type { OutageRef } from '#contract/casework/outages.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'

/** "Known outage, expected until …", as the agent says it. */
export function OutageWords({ outage }: { outage: OutageRef }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const { code, message, expectedUntil } = outage
  return (
    <span className="wrap-anywhere">
      <strong>{t('outage.known', { code, message })}</strong>{' '}
      {expectedUntil === null
        ? t('outage.noTime')
        : t('outage.until', { time: formatShort(expectedUntil, now) })}
    </span>
  )
}
