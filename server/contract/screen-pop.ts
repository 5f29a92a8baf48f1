import { z } from 'zod'
import { customerRef, phoneNumber } from './customers.ts'
import { outageRef } from './casework/outages.ts'
import { id, instant, revision } from './primitives.ts'
import { ticketRef } from './tickets.ts'

export const popStage = z.enum(['ringing', 'answered', 'withdrawn', 'ended'])
export type PopStage = z.infer<typeof popStage>

/**
 * What an agent sees of one call. `rev` grows with every change, so a late or doubled message never
 * turns the page back. `notice` explains the unusual: `recovered`, `hidden_number`, `promised_callback`.
 */
export const screenPop = z.object({
  id,
  rev: revision,
  stage: popStage,
  call: z.object({
    id,
    /** While nobody hears of this PBX, nobody knows whether it still rings. */
    pbxId: z.string(),
    number: phoneNumber,
    display: z.string(),
    queue: z.string().nullable(),
    enteredAt: instant,
    waitSeconds: z.number().int(),
    answeredAt: instant.nullable(),
    direction: z.enum(['inbound', 'callback']),
  }),
  customer: customerRef.nullable(),
  candidates: z.array(customerRef),
  ticket: ticketRef.nullable(),
  openTickets: z.array(ticketRef),
  /** What was promised: of a callback the promise that it keeps, else the next one of the caller. */
  promise: z.object({ callbackId: id, dueAt: instant, note: z.string() }).nullable(),
  /** The open area outage of the ticket or the caller: "known, expected until …". */
  outage: outageRef.nullable(),
  notice: z.enum(['recovered', 'hidden_number', 'callback']).nullable(),
})
export type ScreenPop = z.infer<typeof screenPop>

/** What the browser answers to a `screen_pop`: it has shown this revision. */
export const popReceipt = z.object({ id, rev: revision })
export type PopReceipt = z.infer<typeof popReceipt>
