import * as attempts from '../../server/callbacks/attempt-store.ts'
import * as callbacks from '../../server/callbacks/callback-store.ts'
import { numbersDialled } from '../../server/callbacks/dialling/dialled-numbers-store.ts'
import * as due from '../../server/callbacks/dialling/due-callback-store.ts'
import * as dueOrder from '../../server/callbacks/dialling/due-order-store.ts'
import * as standIn from '../../server/callbacks/dialling/stand-in-store.ts'
import * as stale from '../../server/callbacks/dialling/stale-lease-store.ts'
import * as verdicts from '../../server/callbacks/ledger/verdict-store.ts'
import * as concerns from '../../server/callbacks/ledger/concern-store.ts'
import * as figures from '../../server/callbacks/ledger/figures-store.ts'
import { listPastTheirTurn } from '../../server/callbacks/hold/closing-store.ts'
import * as hold from '../../server/callbacks/hold/hold-store.ts'
import * as missed from '../../server/callbacks/missed/missed-store.ts'
import { listTeamDue } from '../../server/callbacks/missed/team-due-store.ts'
import * as ledger from '../../server/callbacks/ledger-store.ts'
import { listPromisedBefore } from '../../server/callbacks/got-through-store.ts'
import * as outgoing from '../../server/callbacks/outgoing/outgoing-store.ts'
import * as words from '../../server/callbacks/word/word-store.ts'
import * as owners from '../../server/callbacks/promise-owner-store.ts'
import { giveTicketToPops } from '../../server/pops/pop-ticket-store.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Db } from '../../server/db/schema.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const READING = { readNumber: normalizeVn, mayResolveOnCall: true }
const LATER = '2026-11-22T02:05:00.000Z'
const LEDGER = { order: 'asc', after: null, limit: 50, assigneeId: null } as const
const OPEN = ['scheduled', 'dialing', 'failed'] as const
const ALL = [...OPEN, 'done', 'cancelled'] as const
const TAKING = { owner: 'me', now: NOW, leaseUntil: LATER }
const PROMISE: callbacks.Callback = {
  id: 'k',
  ticketId: 't',
  numberRaw: '0912345678',
  numberDial: '0912345678',
  missedCallId: null,
  createdBy: 's',
  status: 'dialing',
  dueAt: NOW,
  assigneeId: 's',
  waitingFor: null,
  attempts: 1,
  retries: 0,
  faults: 0,
  asked: null,
  cancelReason: null,
  reason: 'guidance',
  team: 'cskh',
  promisedFor: NOW,
  agreed: false,
  lateUntil: LATER,
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

const EVERYBODY = { assigneeId: null, team: null }
const RISK = {
  overdueBefore: NOW,
  soon: LATER,
  absence: { staffIds: ['s', 'u'], teams: ['noc'] },
} as const
const listed = (db: Db, filter: Partial<ledger.LedgerFilter>) =>
  ledger.listLedger(db, { ...LEDGER, statuses: ALL, ...filter }, READING)

/** What promises and ordered calls ask; `query-plans.test.ts` looks at each plan. */
export const CALLS_OUT: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  promises: {
    due: (db) => due.listOldestDue(db, NOW, ['0912345678']),
    'due of urgent tickets': (db) => dueOrder.listUrgentDue(db, NOW, ['0912345678']),
    'due as agreed': (db) => dueOrder.listAgreedDue(db, LATER, NOW),
    'due days ago': (db) => dueOrder.listExpired(db, NOW),
    'asked for': (db) => due.listAskedDue(db, NOW, NOW),
    claim: (db) => due.claimForDialing(db, ['k', 'l'], TAKING),
    'give back': (db) => due.giveBack(db, [PROMISE], NOW),
    waiting: (db) => due.holdUp(db, NOW, HOLD),
    'of people of a PBX that is away': (db) => due.holdUp(db, NOW, HOLD_OF_PEOPLE),
    'to mark as waiting': (db) => due.hasUnmarked(db, NOW, HOLD),
    'numbers being dialled': (db) => numbersDialled(db, ['pbx1']),
    next: (db) => dueOrder.nextDueAfter(db, NOW),
    'due soon': (db) => standIn.listSoonDue(db, LATER),
    'lease that ran out': (db) => stale.hasStaleLease(db, NOW, LATER),
    'leases too long': (db) => stale.endTooLongLeases(db, NOW, LATER),
    'look-ups': (db) => due.claimLookups(db, TAKING),
    'look-up soon': (db) => due.lookUpSoon(db, PROMISE, NOW),
    'without an attempt': (db) => stale.listWithoutAttempt(db),
    'without a verdict': (db) => verdicts.listOwedVerdicts(db, NOW),
    'of people who left': (db) => owners.listOrphaned(db),
    'with who holds their tickets': (db) => owners.listWithHolders(db, ['k', 'l']),
    'open ones of each person': (db) => owners.countOpenPromises(db, ['s', 'u']),
    'whether a call is with its customer': (db) =>
      owners.isCallWithPromised(db, 'c', { ticketId: 't', numberDial: '0912345678' }),
    'of calls': (db) => ledger.promisesOfCalls(db, ['c', 'd']),
    'busy phones': (db) => attempts.busyExtensions(db, ['101', '102']),
    one: (db) => callbacks.findCallback(db, 'k'),
    change: (db) => callbacks.savePromise(db, PROMISE, { ...PROMISE, status: 'done' }, NOW),
    'failed of a ticket': (db) => callbacks.listFailed(db, 't'),
    views: (db) => ledger.readViews(db, ['k', 'l'], READING),
    ledger: (db) => ledger.listLedger(db, { ...LEDGER, statuses: OPEN }, READING),
    'ledger of a team': (db) => listed(db, { assigneeId: null, narrowing: { team: 'cskh' } }),
    'ledger of days': (db) =>
      listed(db, { narrowing: { team: null, dueFrom: NOW, dueBefore: LATER } }),
    'ledger of a colleague': (db) =>
      listed(db, { assigneeId: 's', narrowing: { team: 'cskh', lateSince: NOW } }),
    'at risk': (db) =>
      listed(db, { statuses: ['scheduled'], narrowing: { team: null, atRisk: RISK } }),
    'keepers of what is due soon': (db) => concerns.keepersUntil(db, LATER),
    'counts of all': (db) =>
      concerns.countConcerns(db, EVERYBODY, { atRisk: RISK, lateSince: NOW }),
    'counts of a person': (db) =>
      concerns.countConcerns(db, { assigneeId: 's', team: null }, { atRisk: RISK, lateSince: NOW }),
    'counts of a team': (db) =>
      concerns.countConcerns(db, { ...EVERYBODY, team: 'cskh' }, { atRisk: RISK, lateSince: NOW }),
    'figures of some days': (db) =>
      figures.countVerdicts(db, { ...EVERYBODY, from: NOW, before: LATER }),
    'figures of a person': (db) =>
      figures.countVerdicts(db, { assigneeId: 's', team: 'cskh', from: NOW, before: LATER }),
    'attempt of a channel': (db) => attempts.findAttemptByChannel(db, 'pbx1', 'cb-1'),
    'attempt by id': (db) => attempts.findAttempt(db, 'a'),
    'live attempts': (db) => attempts.listLiveAttempts(db, ['k']),
    attempts: (db) => attempts.listAttempts(db, ['k', 'l']),
    'end of an attempt': (db) =>
      attempts.endAttempt(db, 'a', {
        outcome: 'reached',
        hangupCause: null,
        endedAt: NOW,
        talkSeconds: 30,
        awaitsWordOf: 's',
      }),
    'asked and not placed': (db) => hold.listAsked(db, NOW),
    places: (db) => hold.listPlaces(db),
    'asked and past closing time': (db) => listPastTheirTurn(db, NOW),
    'who is called by a call because they asked': (db) => hold.findCalled(db, 'c'),
    'places that were left': (db) => hold.listLeftPlaces(db, NOW),
    'without a ticket, to a number': (db) => missed.listTicketless(db, '0912345678'),
    'number that was typed': (db) => hold.changeNumber(db, 'k', { number: '0912', now: NOW }),
    'phone of a place': (db) => hold.takePhone(db, 'a', '101'),
    'attempts that wait for a word': (db) => words.listAwaiting(db, 's'),
    'who is asked for a word on them': (db) => words.listAsked(db, ['k', 'l']),
    'unsaid before an attempt': (db) => words.forgetFormer(db, { callbackId: 'k', number: 2 }),
    'unsaid of a ticket': (db) => words.listUnsaidOf(db, 't'),
    'words that are needed no more': (db) => words.forgetWords(db, ['a']),
  },
  'missed callers': {
    'due to the team': (db) => listTeamDue(db, NOW, { busyNumbers: ['0912345678'], limit: 9 }),
    'taken for the team': (db) => due.claimForDialing(db, ['k'], TAKING, new Map([['k', 's']])),
    'open promise of a number': (db) => missed.hasOpenPromise(db, '0912345678'),
    'made for a number': (db) => missed.listMadeSince(db, { numberDial: '0912', since: NOW }),
    'of a call': (db) => missed.findOfMissedCall(db, 'c'),
    'failed of a number': (db) =>
      missed.listFailedOfNumber(db, { numberDial: '0912', before: NOW }),
    'got through': (db) => missed.gotThroughSince(db, { numberKey: '+84912', since: NOW }),
    'got through first': (db) => listPromisedBefore(db, { numberDial: '0912', before: NOW }),
    open: (db) => missed.listOpenMissed(db),
    'of a day': (db) => missed.listMissedOfDay(db, '2026-11-22'),
    'pop gets its ticket': (db) => giveTicketToPops(db, { callId: 'c', ticketId: 't', at: NOW }),
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
