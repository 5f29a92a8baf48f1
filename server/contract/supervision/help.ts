import { z } from 'zod'
import { id, instant } from '../primitives.ts'

/** How long an agent asks for help at the longest, with or without a call. */
export const HELP_MINUTES = 30

/** Why nobody needs to come any more. */
export const helpEnd = z.enum(['withdrawn', 'call_ended', 'signed_out', 'expired'])
export type HelpEnd = z.infer<typeof helpEnd>

const person = z.object({ id, displayName: z.string() })

/** An agent asks a supervisor to come: on which call, about which ticket, and who comes. */
export const helpView = z.object({
  id,
  agent: person.extend({ extension: z.string().nullable() }),
  callId: id.nullable(),
  ticket: z.object({ id, code: z.string() }).nullable(),
  askedAt: instant,
  /** It is over by then, whatever is heard. */
  expiresAt: instant,
  takenBy: person.nullable(),
  takenAt: instant.nullable(),
  endedAt: instant.nullable(),
  end: helpEnd.nullable(),
})
export type HelpView = z.infer<typeof helpView>

/** The call is found by the agent's phone; the ticket is the call's, else the one in front of them. */
export const helpOrder = z.object({ ticketId: id.nullish() })
export type HelpOrder = z.infer<typeof helpOrder>

/** Null: this person asks for none now. */
export const ownHelp = z.object({ help: helpView.nullable() })
export type OwnHelp = z.infer<typeof ownHelp>

/** Who asks now, the longest first. */
export const helpList = z.object({ items: z.array(helpView) })
export type HelpList = z.infer<typeof helpList>
