import * as audience from '../../server/clocks/audience-store.ts'
import { toColumns } from '../../server/clocks/clock-record.ts'
import * as clocks from '../../server/clocks/clock-store.ts'
import type { Db } from '../../server/db/schema.ts'
import * as drafts from '../../server/drafts/draft-store.ts'
import * as texts from '../../server/text-modules/text-module-store.ts'
import * as notifications from '../../server/notifications/notification-store.ts'
import { claimDue, finishDue } from '../../server/schedule/due-store.ts'
import { aClock, EVERY_DAY } from './domain/a-clock.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const LATER = '2026-11-22T02:05:00.000Z'
const TAKING = { owner: 'me', now: NOW, leaseUntil: LATER }
const PAGE = { at: NOW, id: 't' }
const CLOCK = toColumns(aClock(), EVERY_DAY)
const DAY_ENDS = { startedUntil: LATER, half: LATER, most: LATER, due: LATER, management: LATER }
const NOTIFIED = { staffId: 's', kind: null, after: null, limit: 50 }
const NOTIFICATION = {
  id: 'n',
  staff_id: 's',
  once_key: 'k',
  at: NOW,
  kind: 'clock_alarm',
  ticket_id: 't',
  fields: '{}',
  read_at: null,
}

const MODULE = {
  id: 'x',
  name: 'xinchao',
  title: 'x',
  text: 'x',
  active: 1,
  version: 2,
  updated_by: 's',
  updated_at: NOW,
}
const DRAFT = { staff_id: 's', key: 'note.t', words: '{}', written_at: NOW }

/** What clocks, notifications and drafts ask; `query-plans.test.ts` looks at each plan. */
export const CLOCKS_AND_NOTICES: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  clocks: {
    'of a ticket, for a change': (db) => clocks.lockClocks(db, 't'),
    'of a ticket': (db) => clocks.selectClocks(db, ['t'], 'all'),
    'of a list of tickets': (db) => clocks.selectClocks(db, ['t', 'u'], 'running'),
    'ticket of a clock': (db) => clocks.selectClockTicket(db, 't'),
    opened: (db) => clocks.insertClocks(db, [CLOCK]),
    save: (db) => clocks.saveClocks(db, [CLOCK]),
    'when the next alarm is due': (db) => clocks.listAlarms(db, 5),
    claim: (db) =>
      claimDue(db, {
        ...TAKING,
        table: 'ticket_clock',
        limit: 50,
        mostTries: 5,
        orderBy: 'alarm_at',
        where: clocks.isAlarmDue(NOW),
      }),
    finish: (db) => finishDue(db, { table: 'ticket_clock', id: 'c', owner: 'me', fence: 1 }),
    one: (db) => clocks.selectClock(db, 'c'),
    'of older tickets': (db) => clocks.selectTicketsWithoutClock(db, 't', ['new'], 100),
    'by another calendar': (db) =>
      clocks.redateClocks(db, { days: 2, from: NOW, ends: [DAY_ENDS], now: NOW }),
    'who has the ticket': (db) => audience.selectAlarmTicket(db, 't'),
    'who has the promise': (db) => audience.selectPromiseAssignee(db, 't'),
    leads: (db) => audience.selectLeads(db, { team: 'noc', teamId: null, now: NOW }),
    supervisors: (db) => audience.selectByRole(db, ['supervisor', 'admin']),
  },
  notifications: {
    tell: (db) => notifications.insertNotifications(db, [NOTIFICATION]),
    ticket: (db) => notifications.selectNoticedTicket(db, 't'),
    list: (db) => notifications.listNotifications(db, { ...NOTIFIED, unread: false }),
    unread: (db) => notifications.listNotifications(db, { ...NOTIFIED, unread: true }),
    'next page': (db) =>
      notifications.listNotifications(db, { ...NOTIFIED, unread: true, after: PAGE }),
    'unread of a kind': (db) =>
      notifications.listNotifications(db, { ...NOTIFIED, unread: true, kind: 'shift_message' }),
    'how many are unread': (db) => notifications.countUnread(db, 's'),
    read: (db) => notifications.markRead(db, { id: 'n', staffId: 's', at: NOW }),
    'read all': (db) => notifications.markAllRead(db, 's', NOW),
  },
  texts: {
    one: (db) => texts.selectModule(db, 'x'),
    'by name': (db) => texts.selectModuleByName(db, 'xinchao'),
    save: (db) => texts.updateModule(db, MODULE),
  },
  drafts: {
    keep: (db) => drafts.upsertDraft(db, DRAFT),
    one: (db) => drafts.selectDraft(db, 's', 'note.t'),
    list: (db) => drafts.listDrafts(db, 's', 200),
    count: (db) => drafts.countDrafts(db, 's'),
    drop: (db) => drafts.deleteDraft(db, { staffId: 's', key: 'note.t', until: NOW }),
    'forget old ones': (db) => drafts.deleteDraftsBefore(db, NOW),
  },
}
