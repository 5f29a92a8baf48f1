import { z } from 'zod'
import { intakeChannel, ticketCreate, ticketKind } from '#contract/tickets.ts'
import type { TicketCreate } from '#contract/tickets.ts'
import { parseLocalDateTime } from './local-time.ts'

/** A ticket by hand as typed; empty fields are left to the service. */
export interface Intake {
  channel: TicketCreate['channel']
  kind: TicketCreate['kind']
  subject: string
  description: string
  number: string
  receivedAt: string
  receivedReason: string
}

export const NEW_INTAKE: Intake = {
  channel: 'email',
  kind: 'complaint',
  subject: '',
  description: '',
  number: '',
  receivedAt: '',
  receivedReason: '',
}

const { subject, description } = ticketCreate.shape

export const intakeSchema = z.object({
  channel: intakeChannel,
  kind: ticketKind,
  subject,
  description,
  number: z.string().max(60),
  receivedAt: z.string().refine((typed) => typed === '' || parseLocalDateTime(typed) !== null),
  receivedReason: z.string().max(500),
})

/** What is sent: an earlier receipt in UTC, nothing for what was left empty. */
export function intakeInput(intake: Intake): Partial<TicketCreate> {
  const { channel, kind, number, receivedAt, receivedReason } = intake
  const at = parseLocalDateTime(receivedAt)
  return {
    channel,
    kind,
    subject: intake.subject.trim(),
    description: intake.description.trim(),
    ...(number.trim() === '' ? {} : { number: number.trim() }),
    ...(at === null ? {} : { receivedAt: at }),
    ...(receivedReason.trim() === '' ? {} : { receivedReason: receivedReason.trim() }),
  }
}
