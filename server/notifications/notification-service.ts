import type {
  NotificationPage,
  NotificationQuery,
  NotificationView,
} from '#contract/casework/notifications.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import { plusMs } from '../time.ts'
import { type Notice, toNotificationView } from './notification.ts'
import * as store from './notification-store.ts'

export interface NotificationDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'notification'>
}

const KEPT_DAYS = 90
const DAY_MS = 86_400_000

export type NotificationService = ReturnType<typeof createNotificationService>

/** What people are told: rows that stay until they are read, and news of them. */
export function createNotificationService(deps: NotificationDeps) {
  const { database, clock, newId, notifier } = deps

  /** In the transaction that makes it true; each person once per `onceKey`. */
  async function tell(trx: Trx, notice: Notice): Promise<void> {
    const { staffIds, kind, ticketId, onceKey } = notice
    const at = clock.now()
    const fields = JSON.stringify(notice.fields)
    const rows = [...new Set(staffIds)].map((staff_id) => {
      const row = { id: newId(), staff_id, once_key: onceKey, at, kind }
      return { ...row, ticket_id: ticketId, fields, read_at: null }
    })
    const fresh = await store.insertNotifications(trx.db, rows)
    const told = rows.filter(({ id }) => fresh.has(id))
    if (told.length === 0) return
    const ticket = ticketId === null ? undefined : await store.selectNoticedTicket(trx.db, ticketId)
    const about = { code: ticket?.code ?? null, subject: ticket?.subject ?? null }
    const views = told.map(
      (row) => [row.staff_id, toNotificationView({ ...row, ...about })] as const,
    )
    trx.afterCommit(() => views.forEach(announce))
  }

  function announce([staffId, view]: readonly [string, NotificationView]): void {
    notifier.notification(staffId, view)
  }

  /** A person's own, newest first. Throws InvalidInput for a wrong cursor. */
  async function list(user: SessionUser, query: NotificationQuery): Promise<NotificationPage> {
    const { limit, cursor, unread, kind } = query
    const rows = await store.listNotifications(database.db, {
      staffId: user.id,
      unread: unread === '1',
      kind: kind ?? null,
      after: cursor === undefined ? null : readCursor(cursor),
      limit: limit + 1,
    })
    const page = cutPage(rows, limit, writeCursor)
    const items = page.items.map(toNotificationView)
    return { ...page, items, unread: await store.countUnread(database.db, user.id) }
  }

  /** Throws NotFound for a notification that is none of theirs. */
  async function read(user: SessionUser, id: string): Promise<void> {
    const order = { id, staffId: user.id, at: clock.now() }
    const found = await database.transaction((trx) => store.markRead(trx.db, order))
    if (!found) throw new NotFound('notification', id)
  }

  async function readAll(user: SessionUser): Promise<void> {
    await database.transaction((trx) => store.markAllRead(trx.db, user.id, clock.now()))
  }

  /** What help or a message was told under this key has settled itself: it is unread no more. */
  async function settle(trx: Trx, onceKey: string): Promise<void> {
    await store.markSettled(trx.db, { onceKey, at: clock.now() })
  }

  /** Forgets what was read long ago; what nobody read stays. */
  async function forgetOld(now: Instant): Promise<void> {
    const before = plusMs(now, -KEPT_DAYS * DAY_MS)
    let removed = 1
    while (removed > 0) {
      // oxlint-disable-next-line no-await-in-loop -- step by step, so that nobody waits for all
      removed = await database.transaction((trx) => store.deleteReadBefore(trx.db, before))
    }
  }

  const told = { toldUnder: store.listTold, countTold: store.countTold }
  return { tell, settle, ...told, list, read, readAll, forgetOld }
}
