import { z } from 'zod'
import { phoneNumber } from '../customers.ts'
import { id, revision, words } from '../primitives.ts'
import { team, ticketRow, ticketStatus } from '../tickets.ts'

const person = z.object({ id, displayName: z.string() })

/** `isDefault`: who is in no team by name counts as a member of their role's default team. */
export const teamMember = person.extend({ isLead: z.boolean(), signedIn: z.boolean() })
export const teamView = z.object({
  id,
  kind: team,
  name: z.string(),
  /** Areas that a field team serves, as tickets name them; empty: all that no other team serves. */
  areas: z.array(z.string()),
  active: z.boolean(),
  isDefault: z.boolean(),
  members: z.array(teamMember),
  version: revision,
})
export type TeamView = z.infer<typeof teamView>

const areas = z.array(words().min(1).max(80)).max(200)
const members = z.array(z.object({ staffId: id, isLead: z.boolean().default(false) })).max(500)

export const teamCreate = z.object({
  kind: team,
  name: words().min(1).max(80),
  areas: areas.default([]),
  members: members.default([]),
})
export type TeamCreate = z.infer<typeof teamCreate>

/** Lists that are given replace the stored ones. */
export const teamPatch = z.object({
  version: revision,
  name: words().min(1).max(80).optional(),
  areas: areas.optional(),
  active: z.boolean().optional(),
  members: members.optional(),
})
export type TeamPatch = z.infer<typeof teamPatch>

/** How many tickets of each stage are listed; the counts are of all. */
export const teamWorkQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type TeamWorkQuery = z.infer<typeof teamWorkQuery>

/** A team's open tickets by stage: first those that nobody has, then the longest in their stage. */
export const teamWork = z.object({
  stages: z.array(
    z.object({
      status: ticketStatus,
      count: z.number().int(),
      unassigned: z.number().int(),
      items: z.array(ticketRow),
    }),
  ),
})
export type TeamWork = z.infer<typeof teamWork>

/** Open tickets per person of the team and, under `person: null`, those that nobody has. */
export const teamWorkload = z.object({
  items: z.array(
    z.object({
      person: teamMember.nullable(),
      total: z.number().int(),
      stages: z.array(z.object({ status: ticketStatus, count: z.number().int() })),
    }),
  ),
})
export type TeamWorkload = z.infer<typeof teamWorkload>

const newOwner = { staffId: id.optional(), teamId: id.optional() }
const ONE_OWNER = { error: 'give staffId or teamId, one of them', path: ['staffId'] }

function namesOne({
  staffId,
  teamId,
}: {
  staffId?: string | undefined
  teamId?: string | undefined
}) {
  return (staffId === undefined) !== (teamId === undefined)
}

/** To a person of the owning team, or to another team of the same kind. */
export const ticketAssign = z.object({ version: revision, ...newOwner }).refine(namesOne, ONE_OWNER)
export type TicketAssign = z.infer<typeof ticketAssign>

/** Many at once, as `ticketAssign`: all of them are given, or none. */
export const ticketsAssign = z
  .object({
    tickets: z
      .array(z.object({ id, version: revision }))
      .min(1)
      .max(100),
    ...newOwner,
  })
  .refine(namesOne, ONE_OWNER)
export type TicketsAssign = z.infer<typeof ticketsAssign>
export const ticketsAssigned = z.object({ count: z.number().int() })

export const ticketHandBack = z.object({ version: revision, reason: words().min(1).max(500) })
export type TicketHandBack = z.infer<typeof ticketHandBack>

export const ticketReveal = z.object({ reason: words().max(300).default('') })
/** `number` is who called, `contact` the number that was confirmed; null where there is none. */
export const revealedNumbers = z.object({
  number: phoneNumber.nullable(),
  contact: phoneNumber.nullable(),
})
export type RevealedNumbers = z.infer<typeof revealedNumbers>
