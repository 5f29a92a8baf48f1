import { countLateStages, listLateStages } from '../../server/clocks/late-stage-store.ts'
import type { Db } from '../../server/db/schema.ts'
import * as notifications from '../../server/notifications/notification-store.ts'
import * as handOvers from '../../server/shift/hand-over-store.ts'
import { newHelp, nextHelp } from '../../server/shift/help.ts'
import * as help from '../../server/shift/help-store.ts'
import * as messages from '../../server/shift/message-store.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const PAGE = { at: NOW, id: 'x' }
const HELP = newHelp({ id: 'h', staffId: 's', callId: 'c', ticketId: 't' }, NOW)
const NOTE = { hand_over_id: 'o', version: 2, note: 'x', by_id: 's', at: NOW }

/** What people of a shift ask; `query-plans.test.ts` looks at each plan. */
export const SHIFTS: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  help: {
    asked: (db) => help.insertHelp(db, HELP),
    move: (db) => help.updateHelp(db, HELP, nextHelp(HELP, { type: 'taken', by: 's', at: NOW })),
    one: (db) => help.selectHelp(db, 'h'),
    'of a person': (db) => help.selectOpenOf(db, 's'),
    'who asks now': (db) => help.listOpen(db, NOW),
    'of a call': (db) => help.listOfCall(db, { callId: 'c', staffId: null }),
    'of a call and a person': (db) => help.listOfCall(db, { callId: 'c', staffId: 's' }),
    'whose time is over': (db) => help.listExpired(db, NOW),
    'when the next is over': (db) => help.nextExpiry(db),
    'codes of tickets': (db) => help.selectCodes(db, ['t', 'u']),
  },
  'messages of a shift': {
    one: (db) => messages.selectMessage(db, 'm'),
    sent: (db) => messages.listSent(db, { senderId: 's', after: null, limit: 50 }),
    'next page': (db) => messages.listSent(db, { senderId: 's', after: PAGE, limit: 50 }),
    'for who comes later': (db) => messages.listValid(db, NOW),
    'who was told': (db) => notifications.listTold(db, 'message/m'),
    'how many were told': (db) => notifications.countTold(db, ['message/m', 'message/n']),
    settled: (db) => notifications.markSettled(db, { onceKey: 'help/h', at: NOW }),
  },
  'hand-overs': {
    one: (db) => handOvers.selectHandOver(db, 'o'),
    notes: (db) => handOvers.listNotes(db, 'o'),
    'another note': (db) => handOvers.addNote(db, NOTE),
    last: (db) => handOvers.listHandOvers(db, { after: null, limit: 50 }),
    'next page': (db) => handOvers.listHandOvers(db, { after: PAGE, limit: 50 }),
    'forget old ones': (db) => handOvers.deleteHandOversBefore(db, NOW),
    'late stages by clock': (db) => countLateStages(db, NOW),
    'late stages': (db) => listLateStages(db, NOW, 20),
  },
}
