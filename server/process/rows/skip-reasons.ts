import { type SkipReason, skipReason, type TicketCategory } from '#contract/casework/guidance.ts'
import type { Case } from '../case.ts'

interface SkipRule {
  /** The categories of such tickets; null: any. */
  categories: readonly TicketCategory[] | null
  /** The channels of such tickets; null: any. */
  channels: readonly Case['channel'][] | null
}

const ANY: SkipRule = { categories: null, channels: null }

/** Which tickets each reason of `process.md` row 3 fits. A red LOS may turn up under all three. */
const SKIP_RULES: Readonly<Record<SkipReason, SkipRule>> = {
  los_red: { ...ANY, categories: ['LOS_FIBER_CUT', 'NO_INTERNET', 'INTERMITTENT'] },
  leased_line: { ...ANY, categories: ['LEASED_LINE'] },
  area_outage: ANY,
  voice: { ...ANY, categories: ['VOICE'] },
  written_channel: { ...ANY, channels: ['email', 'letter', 'other'] },
  customer_unable: ANY,
}

/** The reasons that fit this ticket; one without a category may still turn out to be any. */
export function skipReasonsFor({
  category,
  channel,
}: Pick<Case, 'category' | 'channel'>): SkipReason[] {
  return skipReason.options.filter((reason) => {
    const { categories, channels } = SKIP_RULES[reason]
    return (
      (categories === null || category === null || categories.some((one) => one === category)) &&
      (channels === null || channels.includes(channel))
    )
  })
}
