import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { inParts } from '../db/prepared.ts'
import type { Db } from '../db/schema.ts'

/** More calls than this within two windows say no more than these. */
const MOST_CALLS = 5000
const MOST_PEOPLE = 500

/**
 * Callers' calls that began since then, with what their ticket says: by the index of ends, where calls
 * that go on stand under null. Calls of tickets that are part of an outage are left out.
 */
export async function selectRecentCalls(db: Db, since: Instant) {
  const recent = () =>
    db
      .selectFrom('call')
      .leftJoin('ticket', 'ticket.id', 'call.ticket_id')
      .select([
        'call.id as id',
        'call.entered_at as at',
        'call.caller_key as phoneKey',
        'ticket.customer_id as customerId',
        'ticket.area as area',
        'ticket.service as service',
        'ticket.parent_outage_id as parentId',
      ])
      .where('call.direction', '=', 'inbound')
      .where('call.entered_at', '>=', since)
  const rows = await recent()
    .where('call.ended_at', 'is', null)
    .unionAll(recent().where('call.ended_at', '>=', since))
    .limit(MOST_CALLS)
    .execute()
  return rows.filter(({ parentId }) => parentId === null)
}

/** Whose these numbers are, with the areas of their contracts. */
export async function selectOwners(db: Db, phoneKeys: readonly string[]) {
  const found: { phoneKey: string; customerId: string; area: string | null }[] = []
  for (const part of inParts(phoneKeys)) {
    const query = db
      .selectFrom('customer_phone')
      .leftJoin('contract', 'contract.customer_id', 'customer_phone.customer_id')
      .select([
        'customer_phone.phone_key as phoneKey',
        'customer_phone.customer_id as customerId',
        sql<string | null>`contract.area`.as('area'),
      ])
      .where('customer_phone.phone_key', 'in', [...part])
    // oxlint-disable-next-line no-await-in-loop -- one connection, and seldom a second part
    found.push(...(await query.execute()))
  }
  return found
}

/** The areas of these customers' contracts, by customer. */
export async function selectAreasOf(
  db: Db,
  customerIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (customerIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('contract')
    .select(['customer_id', sql<string | null>`contract.area`.as('area')])
    .where('customer_id', 'in', [...customerIds])
    .execute()
  const known = rows.flatMap(({ customer_id: id, area }) => (area === null ? [] : [{ id, area }]))
  return new Map(
    [...Map.groupBy(known, ({ id }) => id)].map(([id, of]) => [id, of.map(({ area }) => area)]),
  )
}

/** What is offered or open, and what has ended since then. */
export async function selectKnown(db: Db, since: Instant) {
  return db
    .selectFrom('outage')
    .select(['id', 'status', 'area', 'service', 'offered_at', 'ended_at', 'version'])
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['offered', 'open']),
        eb.and([eb('status', '=', 'ended'), eb('ended_at', '>=', since)]),
      ]),
    )
    .execute()
}

/** Leads of reception, all supervisors and all of NOC who work here. */
export async function selectShift(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('staff')
    .select('staff.id')
    .where('staff.active', '=', 1)
    .where((eb) =>
      eb.or([
        eb('staff.role', 'in', ['supervisor', 'noc']),
        eb.exists(
          eb
            .selectFrom('team_member')
            .innerJoin('team', 'team.id', 'team_member.team_id')
            .select('team.id')
            .whereRef('team_member.staff_id', '=', 'staff.id')
            .where('team_member.is_lead', '=', 1)
            .where('team.kind', '=', 'cskh')
            .where('team.active', '=', 1),
        ),
      ]),
    )
    .orderBy('staff.id')
    .limit(MOST_PEOPLE)
    .execute()
  return rows.map(({ id }) => id)
}
