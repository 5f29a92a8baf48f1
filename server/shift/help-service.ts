import type { HelpEnd, HelpList, HelpOrder, HelpView, OwnHelp } from '#contract/supervision/help.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, refuse, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import { type Help, newHelp, nextHelp, toHelpView, whyNot } from './help.ts'
import * as store from './help-store.ts'

export interface HelpDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'helpChanged'>
  /** Takes `help_asked`, `help_taken` and `help_ended`. */
  state: StateFact
  staffById: (id: string) => { id: string; displayName: string; extension: string | null } | null
  /** The call that this phone talks on now; null for none. */
  callOn: (extension: string) => { id: string } | null
  /** The ticket of a call; null while it has none. */
  ticketOfCall: (callId: string) => Promise<string | null>
}

export type HelpService = ReturnType<typeof createHelpService>

/** Agents who ask a supervisor to come, until it is over. */
export function createHelpService(deps: HelpDeps) {
  const { database, clock, newId, notifier, state } = deps

  /** Asked twice is once: the answer is what stands. Throws InvalidInput (422) for a ticket that is none. */
  async function ask(user: SessionUser, { ticketId = null }: HelpOrder): Promise<HelpView> {
    const callId = user.extension === null ? null : (deps.callOn(user.extension)?.id ?? null)
    const ofCall = callId === null ? null : await deps.ticketOfCall(callId)
    return database.transaction(async (trx) => {
      if (ticketId !== null && !(await store.selectCodes(trx.db, [ticketId])).has(ticketId)) {
        throw unprocessable('ticketId', `there is no ticket "${ticketId}"`)
      }
      await endExpired(trx, user.id)
      const about = { callId, ticketId: ofCall ?? ticketId }
      const help = newHelp({ id: newId(), staffId: user.id, ...about }, clock.now())
      if (!(await store.insertHelp(trx.db, help))) {
        const stands = await store.selectOpenOf(trx.db, user.id)
        if (stands === null) throw new Conflict('the request was ended meanwhile: ask again')
        return viewOf(trx.db, stands)
      }
      const whose = { actorId: user.id, name: user.displayName }
      await state(trx, { type: 'help_asked', helpId: help.id, ...whose, ...about })
      return announced(trx, help)
    })
  }

  /** What nobody has ended in time stands in the way of asking again. */
  async function endExpired(trx: Trx, staffId: string): Promise<void> {
    const stands = await store.selectOpenOf(trx.db, staffId)
    if (stands !== null && stands.expiresAt <= clock.now()) await end(trx, stands, 'expired', null)
  }

  async function mine(user: SessionUser): Promise<OwnHelp> {
    const help = await store.selectOpenOf(database.db, user.id)
    if (help === null || help.expiresAt <= clock.now()) return { help: null }
    return { help: await viewOf(database.db, help) }
  }

  async function list(): Promise<HelpList> {
    return { items: await listOpen(database.db) }
  }

  async function listOpen(db: Db): Promise<HelpView[]> {
    const open = await store.listOpen(db, clock.now())
    const codes = await store.selectCodes(
      db,
      open.flatMap(({ ticketId }) => ticketId ?? []),
    )
    return open.map((help) => shown(help, codes))
  }

  /** "I am coming". Throws NotFound, Conflict when it is over or somebody else comes. */
  async function take(user: SessionUser, id: string): Promise<HelpView> {
    return database.transaction(async (trx) => {
      const help = await requireHelp(trx.db, id)
      const move = { type: 'taken', by: user.id, at: clock.now() } as const
      refuse(whyNot(help, move))
      const after = nextHelp(help, move)
      if (after === help) return viewOf(trx.db, help)
      if (!(await store.updateHelp(trx.db, help, after))) {
        throw new Conflict('somebody else comes already, or it is over', 'help_taken')
      }
      const fact = { helpId: id, actorId: user.id, agentId: help.staffId }
      await state(trx, { type: 'help_taken', ...fact })
      return announced(trx, after)
    })
  }

  /** It is not needed any more. Throws NotFound for what is not this agent's. */
  async function withdraw(user: SessionUser, id: string): Promise<HelpView> {
    return database.transaction(async (trx) => {
      const help = await requireHelp(trx.db, id)
      if (help.staffId !== user.id) throw new NotFound('request for help', id)
      const after = await end(trx, help, 'withdrawn', user.id)
      return viewOf(trx.db, after)
    })
  }

  /** The call is over, or (`staffId`) that person talks on it no more. */
  async function endOfCall(
    trx: Trx,
    { callId, staffId }: { callId: string; staffId: string | null },
  ): Promise<void> {
    for (const help of await store.listOfCall(trx.db, { callId, staffId })) {
      // oxlint-disable-next-line no-await-in-loop -- one person talks on a call, seldom two
      await end(trx, help, 'call_ended', null)
    }
  }

  async function endOfPerson(trx: Trx, staffId: string): Promise<void> {
    const help = await store.selectOpenOf(trx.db, staffId)
    if (help !== null) await end(trx, help, 'signed_out', null)
  }

  /** Ends whose time is over. */
  async function expire(now: Instant): Promise<void> {
    for (const { id } of await store.listExpired(database.db, now)) {
      // oxlint-disable-next-line no-await-in-loop -- few, and each with its own audit
      await database.transaction(async (trx) => {
        await end(trx, await requireHelp(trx.db, id), 'expired', null)
      })
    }
  }

  async function end(trx: Trx, help: Help, reason: HelpEnd, actorId: string | null): Promise<Help> {
    const after = nextHelp(help, { type: 'ended', end: reason, at: clock.now() })
    if (after === help || !(await store.updateHelp(trx.db, help, after))) {
      return (await store.selectHelp(trx.db, help.id)) ?? help
    }
    await state(trx, { type: 'help_ended', helpId: help.id, actorId, end: reason })
    await announced(trx, after)
    return after
  }

  async function announced(trx: Trx, help: Help): Promise<HelpView> {
    const view = await viewOf(trx.db, help)
    trx.afterCommit(() => notifier.helpChanged(view))
    return view
  }

  async function viewOf(db: Db, help: Help): Promise<HelpView> {
    return shown(help, await store.selectCodes(db, help.ticketId === null ? [] : [help.ticketId]))
  }

  function shown(help: Help, codes: ReadonlyMap<string, string>): HelpView {
    return toHelpView(help, { personOf: deps.staffById, codeOf: (id) => codes.get(id) })
  }

  const nextExpiry = () => store.nextExpiry(database.db)
  return { ask, mine, list, listOpen, take, withdraw, endOfCall, endOfPerson, expire, nextExpiry }
}

async function requireHelp(db: Db, id: string): Promise<Help> {
  const help = await store.selectHelp(db, id)
  if (help === null) throw new NotFound('request for help', id)
  return help
}
