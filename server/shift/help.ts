import { HELP_MINUTES, type HelpEnd, helpEnd, type HelpView } from '#contract/supervision/help.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Row } from '../db/schema.ts'
import type { Refusal } from '../errors.ts'
import { plusMs } from '../time.ts'

const MINUTE_MS = 60_000

/** An agent asks for help; open while `endedAt` is null. */
export interface Help {
  id: string
  staffId: string
  callId: string | null
  ticketId: string | null
  askedAt: Instant
  expiresAt: Instant
  takenBy: string | null
  takenAt: Instant | null
  endedAt: Instant | null
  end: HelpEnd | null
}

export type HelpMove =
  | { type: 'taken'; by: string; at: Instant }
  | { type: 'ended'; end: HelpEnd; at: Instant }

export function newHelp(
  asked: Pick<Help, 'id' | 'staffId' | 'callId' | 'ticketId'>,
  askedAt: Instant,
): Help {
  const expiresAt = plusMs(askedAt, HELP_MINUTES * MINUTE_MS)
  return { ...asked, askedAt, expiresAt, takenBy: null, takenAt: null, endedAt: null, end: null }
}

/** Why it cannot be; null when it can. What is so already is no fault: pressed twice is once. */
export function whyNot(help: Help, move: HelpMove): Refusal | null {
  if (move.type === 'ended') return null
  if (help.endedAt !== null || help.expiresAt <= move.at) {
    return { status: 409, code: 'help_over', message: 'nobody asks for this help any more' }
  }
  if (help.takenBy !== null && help.takenBy !== move.by) {
    return { status: 409, code: 'help_taken', message: 'somebody else comes already' }
  }
  return null
}

/** The request after the move; the same object when nothing changes. */
export function nextHelp(help: Help, move: HelpMove): Help {
  if (help.endedAt !== null) return help
  if (move.type === 'ended') return { ...help, endedAt: move.at, end: move.end }
  if (help.takenBy !== null) return help
  return { ...help, takenBy: move.by, takenAt: move.at }
}

/** Who of those here is asked to come: the supervisors, and where there is none the administrators. */
export function askedToCome<T extends { role: string }>(here: readonly T[]): T[] {
  const supervisors = here.filter(({ role }) => role === 'supervisor')
  return supervisors.length > 0 ? supervisors : here.filter(({ role }) => role === 'admin')
}

export function toHelp(row: Row<'help_request'>): Help {
  return {
    id: row.id,
    staffId: row.staff_id,
    callId: row.call_id,
    ticketId: row.ticket_id,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    takenBy: row.taken_by,
    takenAt: row.taken_at,
    endedAt: row.ended_at,
    end: helpEnd.nullable().parse(row.end_reason),
  }
}

export function toHelpRow(help: Help): Row<'help_request'> {
  return {
    id: help.id,
    staff_id: help.staffId,
    call_id: help.callId,
    ticket_id: help.ticketId,
    asked_at: help.askedAt,
    expires_at: help.expiresAt,
    taken_by: help.takenBy,
    taken_at: help.takenAt,
    ended_at: help.endedAt,
    end_reason: help.end,
  }
}

/** People as they are shown; who works here no more has a name, too. */
export interface HelpPeople {
  personOf: (id: string) => { id: string; displayName: string; extension: string | null } | null
  codeOf: (ticketId: string) => string | undefined
}

export function toHelpView(help: Help, { personOf, codeOf }: HelpPeople): HelpView {
  const { id, staffId, callId, ticketId, askedAt, expiresAt, takenAt, endedAt, end } = help
  const agent = personOf(staffId)
  const taker = help.takenBy === null ? null : personOf(help.takenBy)
  const code = ticketId === null ? undefined : codeOf(ticketId)
  return {
    id,
    agent: {
      id: staffId,
      displayName: agent?.displayName ?? '',
      extension: agent?.extension ?? null,
    },
    callId,
    ticket: ticketId === null || code === undefined ? null : { id: ticketId, code },
    askedAt,
    expiresAt,
    takenBy: taker && { id: taker.id, displayName: taker.displayName },
    takenAt,
    endedAt,
    end,
  }
}
