import { z } from 'zod'
import { attemptOutcome, attemptStage } from './callbacks.ts'
import { phoneNumber } from './customers.ts'
import { id, instant } from './primitives.ts'

/** What is rung first: the person's extension or, of field staff, their mobile by the trunk. */
export const callDevice = z.enum(['extension', 'mobile'])
export type CallDevice = z.infer<typeof callDevice>

/** A call to a customer that a person ordered: their phone is rung first, then the customer's. */
export const outgoingCall = z.object({
  id,
  ticket: z.object({ id, code: z.string() }).nullable(),
  number: phoneNumber,
  device: callDevice,
  stage: attemptStage,
  outcome: attemptOutcome.nullable(),
  submittedAt: instant,
  endedAt: instant.nullable(),
  /** The call of `GET /api/calls`, once the PBX has shown it. */
  callId: id.nullable(),
})
export type OutgoingCall = z.infer<typeof outgoingCall>

/** The ticket's contact, or another number, with or without a ticket. */
export const outgoingCallOrder = z
  .object({ ticketId: id.optional(), number: z.string().trim().min(1).max(60).optional() })
  .refine(({ ticketId, number }) => ticketId !== undefined || number !== undefined, {
    error: 'give ticketId or number',
    path: ['ticketId'],
  })
export type OutgoingCallOrder = z.infer<typeof outgoingCallOrder>
