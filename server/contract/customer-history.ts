import { z } from 'zod'
import { callRow } from './calls.ts'
import { instant } from './primitives.ts'
import { ticketRef } from './tickets.ts'

/** One ticket or call of a customer; `at` is its receipt or when it came in. */
export const customerHistoryItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ticket'), at: instant, ticket: ticketRef }),
  z.object({ type: z.literal('call'), at: instant, call: callRow }),
])
export type CustomerHistoryItem = z.infer<typeof customerHistoryItem>
