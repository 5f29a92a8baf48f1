import type { PageQuery } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import {
  type MessageOrder,
  messageOrder,
  type MessagePage,
  type MessagePeople,
  type MessageReceipts,
  type MessageView,
} from '#contract/supervision/messages.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { NotFound, unprocessable } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { plusMs } from '../time.ts'
import { isOnShift, messageView, receiptsOf, type Told, type ToldCount } from './message.ts'
import { messageKey } from './shift-fact.ts'
import * as store from './message-store.ts'

export interface MessageDeps {
  database: Database
  clock: Clock
  newId: NewId
  /** Takes `message_sent` and `message_due`. */
  state: StateFact
  /** Everybody who works here, by name. */
  everybody: () => SessionUser[]
  /** Who works here; null for anybody else. */
  activeById: (id: string) => SessionUser | null
  /** Also who works here no more. */
  staffById: (id: string) => { id: string; displayName: string } | null
  /** Everybody who is signed in: the shift. */
  signedIn: () => Promise<ReadonlySet<string>>
  /** Who was told under this key, and when they read it. */
  toldUnder: (db: Db, onceKey: string) => Promise<Told[]>
  /** How many under each of these keys; a key of nobody is missing. */
  countTold: (db: Db, onceKeys: readonly string[]) => Promise<ReadonlyMap<string, ToldCount>>
}

const MINUTE_MS = 60_000

export type MessageService = ReturnType<typeof createMessageService>

/** What supervisors write to one person or to the shift; being told and reading it is a notification's. */
export function createMessageService(deps: MessageDeps) {
  const { database, clock, newId, state } = deps

  /** Throws InvalidInput (422) for somebody who takes no part in a shift. */
  async function send(user: SessionUser, order: MessageOrder): Promise<MessageView> {
    const { staffId, text, validMinutes } = messageOrder.parse(order)
    const staffIds = staffId === null ? await shiftWithout(user.id) : [recipient(staffId, user).id]
    const sentAt = clock.now()
    const row = {
      id: newId(),
      sender_id: user.id,
      staff_id: staffId,
      text,
      sent_at: sentAt,
      valid_until: plusMs(sentAt, validMinutes * MINUTE_MS),
    }
    await database.transaction(async (trx) => {
      await store.insertMessage(trx.db, row)
      const whose = { messageId: row.id, actorId: user.id, by: user.displayName }
      await state(trx, { type: 'message_sent', ...whose, text, toId: staffId, staffIds })
    })
    return viewOf(row, await deps.countTold(database.db, [messageKey(row.id)]))
  }

  function recipient(staffId: string, user: SessionUser): SessionUser {
    const person = deps.activeById(staffId)
    if (person === null || !isOnShift(person)) {
      const wrong = 'is nobody of the shift: name an agent or a supervisor who works here'
      throw unprocessable('staffId', wrong, 'not_of_shift')
    }
    if (person.id === user.id) {
      throw unprocessable('staffId', 'that is yourself: name somebody else', 'message_to_self')
    }
    return person
  }

  async function shiftWithout(senderId: string): Promise<string[]> {
    const present = [...(await deps.signedIn())]
    return present.filter((id) => {
      const person = deps.activeById(id)
      return id !== senderId && person !== null && isOnShift(person)
    })
  }

  /** To whom this person can write. */
  async function people(user: SessionUser): Promise<MessagePeople> {
    const present = await deps.signedIn()
    const others = deps.everybody().filter((one) => isOnShift(one) && one.id !== user.id)
    const items = others.map(({ id, displayName }) => ({
      id,
      displayName,
      isHere: present.has(id),
    }))
    return { items: items.toSorted((a, b) => Number(b.isHere) - Number(a.isHere)) }
  }

  /** Whoever has just signed in is told what the shift was told before. */
  async function tellLate(trx: Trx, staffId: string): Promise<void> {
    const person = deps.activeById(staffId)
    if (person === null || !isOnShift(person)) return
    for (const { id, sender_id, text } of await store.listValid(trx.db, clock.now())) {
      if (sender_id === staffId) continue
      const by = deps.staffById(sender_id)?.displayName ?? ''
      const told = { messageId: id, by, text, staffIds: [staffId] }
      // oxlint-disable-next-line no-await-in-loop -- a few of one shift, in their order
      await state(trx, { type: 'message_due', ...told })
    }
  }

  /** The person's own, the newest first. Throws InvalidInput for a wrong cursor. */
  async function list(user: SessionUser, { limit, cursor }: PageQuery): Promise<MessagePage> {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await store.listSent(database.db, { senderId: user.id, after, limit: limit + 1 })
    const page = cutPage(rows, limit, ({ sent_at: at, id }) => writeCursor({ at, id }))
    return { ...page, items: await viewsOf(page.items) }
  }

  async function viewsOf(rows: readonly store.StoredMessage[]): Promise<MessageView[]> {
    const keys = rows.map(({ id }) => messageKey(id))
    const told = await deps.countTold(database.db, keys)
    return rows.map((row) => viewOf(row, told))
  }

  function viewOf(row: store.StoredMessage, told: ReadonlyMap<string, ToldCount>): MessageView {
    return messageView(row, told.get(messageKey(row.id)), deps.staffById)
  }

  /** Who was told, and who has read it. Throws NotFound for what somebody else sent. */
  async function receipts(user: SessionUser, id: string): Promise<MessageReceipts> {
    const row = await store.selectMessage(database.db, id)
    if (row?.sender_id !== user.id) throw new NotFound('message of yours', id)
    const told = await deps.toldUnder(database.db, messageKey(id))
    return { items: receiptsOf(told, deps.staffById) }
  }

  return { send, people, tellLate, list, receipts }
}
