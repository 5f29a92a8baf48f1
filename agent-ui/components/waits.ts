import { useTranslation } from '../i18n/translation.tsx'
import { useLive } from '../live-store.ts'
import { missingFor } from '../state/connection.ts'
import type { Needs } from '../state/connection.ts'
import { useIsStale } from '../ticker.ts'
import { say } from './say.ts'

export interface Waits {
  /** In the reader's language, why an order cannot arrive now; null when it can. */
  why: string | null
  /** Runs an order, or says why it waits. */
  unless: (order: () => void) => void
}

/** Whether an order to the service, or to a PBX behind it, can arrive now. */
export function useWaits(needs: Needs = 'service', pbxId?: string): Waits {
  const { t } = useTranslation()
  const isStale = useIsStale()
  const missing = useLive(({ connection, pbx }) => {
    // what never was connected is tried: only the news may be what does not come through
    const isAway = isStale && connection.status === 'disconnected'
    return missingFor(needs, { isAway, pbx }, pbxId)
  })
  const why = missing === null ? null : t(`connection.waits.${missing}`)
  return { why, unless: (order) => (why === null ? order() : sayOnce(why)) }
}

/** However many buttons wait, and however often they are pressed, it is one message. */
function sayOnce(message: string): void {
  say({
    id: 'waits',
    color: 'yellow.9',
    message,
  })
}
