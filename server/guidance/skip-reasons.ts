import type { SkipReason, TicketCategory } from '#contract/casework/guidance.ts'
import type { TicketRow } from '#contract/tickets.ts'

interface SkipRule {
  /** The categories of such tickets; null: any. */
  categories: readonly TicketCategory[] | null
  /** The channels of such tickets; null: any. */
  channels: readonly TicketRow['channel'][] | null
}

/** Which tickets each reason of `process.md` #3 fits. A red LOS may turn up under all three. */
export const SKIP_REASONS: Readonly<Record<SkipReason, SkipRule>> = {
  los_red: { categories: ['LOS_FIBER_CUT', 'NO_INTERNET', 'INTERMITTENT'], channels: null },
  leased_line: { categories: ['LEASED_LINE'], channels: null },
  area_outage: { categories: null, channels: null },
  voice: { categories: ['VOICE'], channels: null },
  written_channel: { categories: null, channels: ['email', 'letter', 'other'] },
  customer_unable: { categories: null, channels: null },
}

const ORDER = [
  'los_red',
  'leased_line',
  'area_outage',
  'voice',
  'written_channel',
  'customer_unable',
] as const satisfies readonly SkipReason[]

/** The reasons that fit this ticket; one without a category may still turn out to be any. */
export function skipReasonsFor(facts: {
  category: TicketCategory | null
  channel: TicketRow['channel']
}): SkipReason[] {
  const { category, channel } = facts
  return ORDER.filter((reason) => {
    const { categories, channels } = SKIP_REASONS[reason]
    return (
      (categories === null || category === null || categories.includes(category)) &&
      (channels === null || channels.includes(channel))
    )
  })
}

const USUAL: Partial<Record<TicketCategory, SkipReason>> = {
  LOS_FIBER_CUT: 'los_red',
  LEASED_LINE: 'leased_line',
  AREA_OUTAGE: 'area_outage',
  VOICE: 'voice',
}

/** The reason that a category is by itself: its guidance is left out as a rule. */
export function usualSkipReason(category: TicketCategory | null): SkipReason | null {
  return category === null ? null : (USUAL[category] ?? null)
}
