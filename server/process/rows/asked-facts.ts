import type { TicketStatus } from '#contract/tickets.ts'

/**
 * What stands in tables of other features, each a query: answers of the checklist, what is noted of
 * answers and tries, talks on the ticket's calls, when its callback was promised, NOC's clock.
 */
export type AskedFact = 'steps' | 'noted' | 'talks' | 'promise' | 'noc_clock'

export type Asked = Readonly<Partial<Record<TicketStatus, readonly AskedFact[]>>>

/** To say what may be done now: most tickets are shown without a look at any of it. */
export const ASKED_FOR_OFFERS: Asked = {
  need_customer_info: ['noted'],
  customer_reply: ['noted'],
}

/** To take a step, or to say why not. */
export const ASKED_FOR_STEPS: Asked = {
  guiding: ['steps'],
  callback_due: ['steps', 'noted', 'talks', 'promise'],
  noc_verifying: ['noc_clock'],
  need_customer_info: ['noted'],
  customer_reply: ['noted', 'talks'],
}
