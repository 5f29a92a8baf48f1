import * as alarms from '../../server/alarms/alarm-store.ts'
import * as messages from '../../server/alarms/message-store.ts'
import type { Db } from '../../server/db/schema.ts'
import { claimDue } from '../../server/schedule/due-store.ts'
import * as walls from '../../server/wall/wall-store.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const LATER = '2026-11-22T02:05:00.000Z'
const CLAIM = { owner: 'me', now: NOW, leaseUntil: LATER, limit: 3, mostTries: 12 }

/** What alarms and screens on the wall ask every few seconds, and for each person. */
export const SUPERVISION: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  alarms: {
    'those that last': (db) => alarms.listOpen(db),
    end: (db) => alarms.endAlarm(db, 'a', { now: NOW, worst: 9 }),
    acknowledge: (db) => alarms.acknowledgeAlarm(db, 'a', { staffId: 's', now: NOW }),
    'messages on their way': (db) => messages.pendingMessages(db, 12),
    'messages that are due': (db) =>
      claimDue(db, {
        table: 'alarm_message',
        where: (eb) => eb('sent_at', 'is', null),
        ...CLAIM,
      }),
  },
  'alarm log': {
    'the newest': (db) => alarms.listAlarms(db, { limit: 50 }, null),
    'ended without anybody': (db) =>
      alarms.listEndedUnseen(db, { endedSince: NOW, openedSince: NOW, limit: 50 }),
    'further on': (db) => alarms.listAlarms(db, { limit: 50 }, { at: NOW, id: 'a' }),
  },
  screens: {
    'by the cookie': (db) => walls.findByCookie(db, 'hash'),
    'by the code': (db) => walls.openDevice(db, { codeHash: 'a', cookieHash: 'b', now: NOW }),
    'still there': (db) => walls.liveAmong(db, ['a', 'b']),
    seen: (db) => walls.noteSeen(db, ['a', 'b'], NOW),
  },
}
