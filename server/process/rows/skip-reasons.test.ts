import { expect, it } from 'vitest'
import { skipReason } from '#contract/casework/guidance.ts'
import { aCase, caseFacts } from '../../../test/support/domain/a-case.ts'
import { skipReasonsFor } from './skip-reasons.ts'
import { isRefusal, offersFor, walk } from '../walk.ts'

const ANY = ['area_outage', 'customer_unable']

it.each([
  ['LOS_FIBER_CUT', 'hotline', ['los_red', ...ANY]],
  ['NO_INTERNET', 'hotline', ['los_red', ...ANY]],
  ['LEASED_LINE', 'hotline', ['leased_line', ...ANY]],
  ['VOICE', 'counter', ['area_outage', 'voice', 'customer_unable']],
  ['SLOW', 'hotline', ANY],
  ['SLOW', 'email', ['area_outage', 'written_channel', 'customer_unable']],
  [null, 'letter', skipReason.options],
] as const)(
  'a ticket about %s that came by %s may skip the guidance for %j: offered, taken, all else refused',
  (category, channel, reasons) => {
    const ticket = aCase({ category, channel })
    const facts = caseFacts({ actor: { id: 'lan', role: 'agent', leads: [] } })
    expect(skipReasonsFor(ticket)).toEqual(reasons)
    const offer = offersFor(ticket, facts).find(({ action }) => action === 'skip_guidance')
    expect(offer?.needs[0]).toMatchObject({ name: 'reason', options: reasons })
    const taken = skipReason.options.filter(
      (reason) => !isRefusal(walk(ticket, 'skip_guidance', { reason }, facts)),
    )
    expect(taken).toEqual(reasons)
  },
)
