import * as attempts from '../../server/callbacks/attempt-store.ts'
import * as callbacks from '../../server/callbacks/callback-store.ts'
import * as due from '../../server/callbacks/dialling/due-callback-store.ts'
import * as standIn from '../../server/callbacks/dialling/stand-in-store.ts'
import * as stale from '../../server/callbacks/dialling/stale-lease-store.ts'
import * as ledger from '../../server/callbacks/ledger-store.ts'
import * as outgoing from '../../server/callbacks/outgoing/outgoing-store.ts'
import * as owners from '../../server/callbacks/promise-owner-store.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Db } from '../../server/db/schema.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const LATER = '2026-11-22T02:05:00.000Z'
const LEDGER = { order: 'asc', after: null, limit: 50, assigneeId: null } as const
const OPEN = ['scheduled', 'dialing', 'failed'] as const
const TAKING = { owner: 'me', now: NOW, leaseUntil: LATER }
const PROMISE: callbacks.Callback = {
  id: 'k',
  ticketId: 't',
  numberRaw: '0912345678',
  numberDial: '0912345678',
  createdBy: 's',
  status: 'dialing',
  dueAt: NOW,
  assigneeId: 's',
  waitingFor: null,
  attempts: 1,
  retries: 0,
  asked: null,
  cancelReason: null,
  reason: 'guidance',
  team: 'cskh',
  promisedFor: NOW,
  agreed: false,
  firstAttemptAt: NOW,
  verdict: null,
  version: 1,
  claim: { table: 'callback', id: 'k', owner: 'me', fence: 1 },
}
const HOLD = {
  by: 'agent',
  ofPeople: null,
  notOfPeople: ['s'],
  toNumbers: null,
  notToNumbers: ['0912345678'],
} as const
const HOLD_OF_PEOPLE = { ...HOLD, by: 'pbx', ofPeople: ['s'], notOfPeople: [] } as const

/** What promises and ordered calls ask; `query-plans.test.ts` looks at each plan. */
export const CALLS_OUT: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  promises: {
    due: (db) => due.listOldestDue(db, NOW, ['0912345678']),
    'asked for': (db) => due.listAskedDue(db, NOW, NOW),
    claim: (db) => due.claimForDialing(db, ['k', 'l'], TAKING),
    'give back': (db) => due.giveBack(db, [PROMISE], NOW),
    waiting: (db) => due.holdUp(db, NOW, HOLD),
    'of people of a PBX that is away': (db) => due.holdUp(db, NOW, HOLD_OF_PEOPLE),
    'to mark as waiting': (db) => due.hasUnmarked(db, NOW, HOLD),
    'numbers being dialled': (db) => due.numbersDialled(db),
    next: (db) => due.nextDueAfter(db, NOW),
    'due soon': (db) => standIn.listSoonDue(db, LATER),
    'lease that ran out': (db) => stale.hasStaleLease(db, NOW, LATER),
    'leases too long': (db) => stale.endTooLongLeases(db, NOW, LATER),
    'look-ups': (db) => due.claimLookups(db, TAKING),
    'look-up soon': (db) => due.lookUpSoon(db, PROMISE, NOW),
    'without an attempt': (db) => stale.listWithoutAttempt(db),
    'of people who left': (db) => owners.listOrphaned(db),
    'open ones of each person': (db) => owners.countOpenPromises(db, ['s', 'u']),
    'whether a call is with its customer': (db) =>
      owners.isCallWithPromised(db, 'c', { ticketId: 't', numberDial: '0912345678' }),
    'of calls': (db) => ledger.promisesOfCalls(db, ['c', 'd']),
    'busy phones': (db) => attempts.busyExtensions(db, ['101', '102']),
    one: (db) => callbacks.findCallback(db, 'k'),
    change: (db) => callbacks.savePromise(db, PROMISE, { ...PROMISE, status: 'done' }, NOW),
    'failed of a ticket': (db) => callbacks.listFailed(db, 't'),
    views: (db) => ledger.readViews(db, ['k', 'l'], normalizeVn),
    ledger: (db) => ledger.listLedger(db, { ...LEDGER, statuses: OPEN }, normalizeVn),
    'attempt of a channel': (db) => attempts.findAttemptByChannel(db, 'pbx1', 'cb-1'),
    'attempt by id': (db) => attempts.findAttempt(db, 'a'),
    'live attempts': (db) => attempts.listLiveAttempts(db, ['k']),
    attempts: (db) => attempts.listAttempts(db, ['k', 'l']),
    'end of an attempt': (db) =>
      attempts.endAttempt(db, 'a', { outcome: 'reached', hangupCause: null, endedAt: NOW }),
  },
  'ordered calls': {
    'of a channel': (db) => outgoing.findOutgoingByChannel(db, 'pbx1', 'cb-1'),
    'of a call': (db) => outgoing.findOutgoingByCall(db, 'c'),
    'numbers of calls': (db) => outgoing.numbersOfCalls(db, ['c', 'd']),
    live: (db) => outgoing.liveOutgoing(db),
    view: (db) => outgoing.readOutgoing(db, 'o', normalizeVn),
    'due look-ups': (db) => outgoing.takeLookups(db, NOW, LATER),
    'next look-up': (db) => outgoing.nextLookupAt(db),
    'all look-ups': (db) => outgoing.lookUpAll(db, NOW),
    end: (db) =>
      outgoing.endOutgoing(db, 'o', { outcome: 'reached', hangupCause: 16, endedAt: NOW }),
  },
}
