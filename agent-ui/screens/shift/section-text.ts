import type { Counted } from '#contract/supervision/handover.ts'
import { formatNumber } from '../../state/local-time.ts'

/** "12", or "1.000+" where there are more than were counted. */
export function countText({ count, hasMore }: Omit<Counted<unknown>, 'items'>): string {
  return `${formatNumber(count)}${hasMore ? '+' : ''}`
}
