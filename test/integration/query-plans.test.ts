import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as due from '../../server/callbacks/dialling/due-callback-store.ts'
import * as ledger from '../../server/callbacks/ledger-store.ts'
import * as callLists from '../../server/calls/call-list-store.ts'
import * as calls from '../../server/calls/call-store.ts'
import * as owed from '../../server/calls/owed-ticket-store.ts'
import * as linked from '../../server/calls/linked-call-store.ts'
import * as customers from '../../server/customers/customer-store.ts'
import { selectHistory } from '../../server/customers/history-store.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Db } from '../../server/db/schema.ts'
import * as answers from '../../server/guidance/answer-store.ts'
import * as findings from '../../server/guidance/finding-store.ts'
import * as checklists from '../../server/guidance/checklist-store.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import * as pops from '../../server/pops/pop-store.ts'
import { listBefore, listUncounted } from '../../server/calls/counts/count-store.ts'
import { saveWanted } from '../../server/queues/agent-state-store.ts'
import { outgoingAmong } from '../../server/calls/counts/segment-store.ts'
import * as agentDays from '../../server/queues/today/agent-days-store.ts'
import { sumDay } from '../../server/queues/today/today-store.ts'
import { claimDue, finishDue } from '../../server/schedule/due-store.ts'
import { selectContract } from '../../server/tickets/contract-store.ts'
import * as openTickets from '../../server/tickets/open-ticket-store.ts'
import * as work from '../../server/teams/work-store.ts'
import * as files from '../../server/tickets/attachments/attachment-store.ts'
import * as thumbnails from '../../server/tickets/attachments/thumbnail-store.ts'
import { takeTicket } from '../../server/tickets/assignment/assignment-store.ts'
import * as tickets from '../../server/tickets/ticket-store.ts'
import {
  addLines,
  selectLine,
  selectTimeline,
  withdrawNote,
} from '../../server/tickets/timeline-store.ts'
import LONG_HISTORY from '../fixtures/long-history-statistics.json' with { type: 'json' }
import { DIALECTS, openEmptyTestDatabase } from '../support/database.ts'
import { BOARD_AT_START, BOARD_READS } from '../support/board-reads.ts'
import { aCallRow } from '../support/domain/a-call-row.ts'
import { CALLS_OUT } from '../support/call-out-reads.ts'
import { CLOCKS_AND_NOTICES } from '../support/clock-reads.ts'
import { LISTS_AND_SEARCH } from '../support/list-reads.ts'
import { SHIFTS } from '../support/shift-reads.ts'
import { SUPERVISION } from '../support/supervision-reads.ts'
import { type Plan, readPlan, recordStatements, type Scan } from '../support/query-plan.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const READING = { readNumber: normalizeVn, mayResolveOnCall: true }
const LATER = '2026-11-22T02:05:00.000Z'

const CALL = aCallRow('c', {
  uniqueid: 'u',
  status: 'talking',
  entered_at: NOW,
  local_day: '2026-11-22',
  updated_at: NOW,
})
const CALLS = { after: null, limit: 50 }
const CALL_DAYS = { enteredFrom: NOW, enteredTo: LATER }
const FOUND_BY = { ticketIds: ['t', 'u'], phoneKeys: ['+84', '+85'] }
const LEDGER = { order: 'asc', after: null, limit: 50, assigneeId: null } as const
const OPEN = ['scheduled', 'dialing', 'failed'] as const
const ALL = [...OPEN, 'done', 'cancelled'] as const
const POP = { id: 'p', callId: 'c', staffId: 's', ticketId: 't', at: NOW }
const ANSWERS: answers.Answers = {
  ticketId: 't',
  commonVersionId: 'v',
  versionId: null,
  version: 2,
  steps: {},
  fields: {},
  result: null,
  updatedBy: null,
  updatedAt: NOW,
}
const TAKING = { owner: 'me', now: NOW, leaseUntil: LATER }
const OWED = {
  ...TAKING,
  table: 'call',
  limit: 50,
  mostTries: 5,
  orderBy: 'ticket_moment_at',
} as const
const WORK = { teamId: 'team-noc', statuses: ['noc_queued', 'noc_diagnosing'] } as const
const PAGE = { at: NOW, id: 't' }

/** What every screen, call, promise and start asks, by what it is asked for. */
const HOT: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  desk: {
    'live pops of a person': (db) => pops.selectLivePops(db, 's'),
    'open promises': (db) =>
      ledger.listLedger(db, { ...LEDGER, statuses: OPEN, assigneeId: 's' }, READING),
    'promises due': (db) => ledger.countDue(db, 's', NOW),
    'open tickets': (db) => openTickets.countOpenOf(db, 's'),
    'current call': (db) => calls.findCall(db, 'c'),
  },
  pops: {
    ring: (db) => pops.upsertPops(db, 'ring', [POP]),
    answer: (db) => pops.upsertPops(db, 'answer', [POP]),
    'end of a call': (db) => pops.closePops(db, 'end', { callId: 'c', staffId: null, at: NOW }),
    'withdrawn from one': (db) =>
      pops.closePops(db, 'withdraw', { callId: 'c', staffId: 's', at: NOW }),
    touch: (db) => pops.touchPops(db, 't', NOW),
    'of a repeated commit': (db) => pops.selectUnseenPops(db, ['c', 'd']),
    're-send': (db) => pops.selectPops(db, ['p', 'q']),
    'all that are live': (db) => pops.selectLivePops(db, null),
    'end of some': (db) => pops.endPops(db, ['p', 'q'], NOW),
    receipts: (db) => pops.saveReceipts(db, [{ id: 'p', staffId: 's', rev: 1, sentAt: NOW }], NOW),
    sent: (db) => pops.saveSent(db, ['p', 'q'], NOW),
    'tickets of one': (db) =>
      openTickets.selectTicketsOfPops(db, [{ phoneKey: '+84', ticketId: 't' }]),
    'tickets of many': (db) =>
      openTickets.selectOpenTickets(db, {
        customerIds: ['a'],
        phoneKeys: ['+84'],
      }),
    'owners of a number': (db) => customers.selectByNumbers(db, ['+84']),
    'owners of numbers': (db) => customers.selectByNumbers(db, ['+84', '+85']),
    customers: (db) => customers.selectRefs(db, ['a', 'b']),
    calls: (db) => linked.callsById(db, ['c', 'd']),
  },
  'work of a team': {
    counts: (db) => work.countWork(db, WORK),
    stage: (db) => work.listStage(db, 'noc_queued', { teamId: 'team-noc', limit: 50 }),
    any: (db) => work.hasWork(db, WORK),
    take: (db) => takeTicket(db, { id: 't', status: 'noc_queued' }, 's', NOW),
  },
  ticket: {
    one: (db) => tickets.selectTicket(db, 't'),
    timeline: (db) => selectTimeline(db, 't'),
    line: (db) =>
      addLines(db, [
        { ticketId: 't', actorId: null, kind: 'note', note: '', fields: {}, id: 'l', at: NOW },
      ]),
    'a line': (db) => selectLine(db, { ticketId: 't', id: 'l' }),
    'a note back': (db) => withdrawNote(db, { ticketId: 't', id: 'l' }),
    calls: (db) => linked.ticketCalls(db, 't', String),
    promises: (db) => ledger.listLedger(db, { ...LEDGER, statuses: ALL, ticketId: 't' }, READING),
    'of a call': (db) => tickets.selectTicketOfCall(db, 'c'),
    change: (db) => tickets.updateTicket(db, 't', 1, { subject: 'x' }),
    assign: (db) => tickets.assignIfFree(db, 't', 's'),
    link: (db) => linked.linkTicket(db, { callId: 'c', ticketId: 't' }),
    customer: (db) => customers.selectCustomer(db, 'a'),
    numbers: (db) => customers.selectPhones(db, ['a']),
    contracts: (db) => customers.selectContracts(db, ['a']),
    contract: (db) => selectContract(db, 'x'),
    subject: (db) => tickets.writeMadeSubject(db, 't', 'x'),
    representatives: (db) => customers.selectRepresentatives(db, ['a']),
    files: (db) => files.selectAttachments(db, ['t', 'u']),
    'how many files': (db) => files.countAttachments(db, 't'),
    file: (db) => files.selectAttachment(db, 'f'),
    'which have small pictures': (db) => thumbnails.selectThumbnailed(db, ['f', 'g']),
    'small picture': (db) => thumbnails.selectThumbnail(db, 'f'),
    'file that was sent': (db) => files.selectSent(db, { uploadedBy: 's', clientId: 'c' }),
    'was theirs': (db) => files.hasWorkedOn(db, 't', 's'),
    'file on its way': (db) => files.forgetLoose(db, 'p'),
    'history of a customer': (db) => selectHistory(db, 'a', { after: null, limit: 50 }),
    'history of a customer, further': (db) => selectHistory(db, 'a', { after: PAGE, limit: 50 }),
  },
  guidance: {
    answers: (db) => answers.selectAnswers(db, 't'),
    begin: (db) => answers.insertAnswers(db, ANSWERS),
    save: (db) => answers.updateAnswers(db, ANSWERS),
    ticket: (db) => answers.selectGuidedTicket(db, 't'),
    version: (db) => checklists.selectVersionById(db, 'v'),
    'version by number': (db) => checklists.selectVersion(db, 'VPN', 1),
    versions: (db) => checklists.selectVersionsOf(db, 'VPN'),
    newest: (db) => checklists.selectNewest(db, 'VPN'),
    'of a board': (db) => findings.selectAnswered(db, ['noc_queued', 'field_working']),
  },
  ...LISTS_AND_SEARCH,
  ...CALLS_OUT,
  ...CLOCKS_AND_NOTICES,
  ...SHIFTS,
  ...SUPERVISION,
  calls: {
    save: (db) => calls.upsertCalls(db, [CALL]),
    lines: (db) =>
      calls.insertTimeline(db, [
        { id: 'l', call_id: 'c', event_key: 'k', at: NOW, kind: 'answered', detail: '{}' },
      ]),
    list: (db) => callLists.listCalls(db, {}, CALLS),
    'next page': (db) => callLists.listCalls(db, {}, { ...CALLS, after: { at: NOW, id: 'c' } }),
    'of a ticket': (db) => callLists.listCalls(db, { ticketId: 't' }, CALLS),
    'that nobody answered': (db) => callLists.listCalls(db, { missed: '1' }, CALLS),
    'that are talking': (db) => callLists.listCalls(db, { status: 'talking' }, CALLS),
    'of some days': (db) => callLists.listCalls(db, CALL_DAYS, CALLS),
    'of an agent': (db) => callLists.listCalls(db, { ...CALL_DAYS, phones: ['101'] }, CALLS),
    'found by words': (db) => callLists.listFoundCalls(db, {}, FOUND_BY, CALLS),
    'found by words, missed': (db) =>
      callLists.listFoundCalls(db, { missed: '1' }, FOUND_BY, CALLS),
    detail: (db) => calls.findCall(db, 'c'),
    timeline: (db) => calls.listTimeline(db, 'c'),
    'of the journal': (db) => calls.findCalls(db, 'pbx1', ['u', 'v']),
  },
  'owed tickets': {
    'when the next falls due': (db) => owed.listOwed(db, 5),
    claim: (db) => claimDue(db, { ...OWED, where: owed.isOwedSince(NOW) }),
    finish: (db) => finishDue(db, { table: 'call', id: 'c', owner: 'me', fence: 1 }),
    'whether it is there': (db) => owed.hasTicket(db, 'c'),
  },
  board: {
    ...BOARD_READS,
    'calls of a day that are not counted': (db) => listUncounted(db, '2026-11-22', 200),
    'the calls before one': (db) => listBefore(db, 'c', 200),
    'counters of today': (db) => sumDay(db, '2026-11-22', ['hotline', 'tech']),
    'parts of calls of today by person': (db) => agentDays.sumParts(db, '2026-11-22'),
    'time in the queues today': (db) => agentDays.listTimes(db, NOW),
    'the rest after a part': (db) => agentDays.saveWrapUp(db, { callId: 'c', part: 0 }, 12),
    'calls that somebody ordered at once': (db) =>
      outgoingAmong(db, [{ pbxId: 'pbx1', uniqueid: 'cb-1' }]),
    'a person is in another state': (db) =>
      saveWanted(db, 'mai', { state: 'ready', reason: null, since: NOW }),
  },
  start: {
    ...BOARD_AT_START,
    'calls that are not over, or ended just now': (db) => calls.loadCalls(db, NOW),
    'promises in flight': (db) => due.takeOver(db, 'me', NOW),
    'pops of calls that are over': (db) => pops.selectOverPops(db),
  },
}

/** Of these lists: indexes that are read in the order that is asked for, from one end up to a limit. */
const IN_ORDER: Record<string, readonly string[]> = {
  'alarm log': ['alarm_log'],
  calls: ['call_entered', 'call_missed'],
  clocks: ['ticket_clock_alarm'],
  'hand-overs': ['hand_over_at'],
  start: ['audit_pkey', 'sqlite_autoindex_audit_1'],
  'customer list': ['customer_pkey', 'sqlite_autoindex_customer_1'],
  search: ['search_due_pkey', 'search_due_customer_pkey', 'ticket_doc_pkey', 'customer_doc_pkey'],
}
/** Indexes that hold nothing but the few rows that are live now: reading all of one is reading little. */
const OF_LIVE_ROWS = [
  'alarm_open',
  'alarm_message_due',
  'outgoing_call_live_phone',
  'outgoing_call_live_number_dial',
  'callback_open_number',
  'callback_one_missed',
  'screen_pop_live',
  'call_owed',
  'help_request_open',
  'callback_attempt_one_live',
  'callback_attempt_one_per_phone',
]

/** Where another index would do as well by the plan, and read nearly everything in truth. */
const BY_INDEX = [
  ['desk', 'live pops of a person', 'screen_pop_live'],
  ['desk', 'open tickets', 'ticket_of_assignee'],
  ['ticket', 'promises', 'callback_ticket'],
  ['ticket', 'calls', 'call_ticket'],
  ['ticket list', 'all', 'ticket_status_received'],
  ['ticket list', 'open', 'ticket_status_received'],
  ['ticket list', 'of a customer', 'ticket_customer'],
  ['ticket list', 'of a person', 'ticket_of_assignee'],
  ['ticket list', 'of a number', 'ticket_number'],
  ['ticket list', 'of an outage', 'ticket_of_outage'],
  ['ticket list', 'of a past outage', 'ticket_by_past_outage'],
  ['ticket list', 'of no outage', 'ticket_status_received'],
  ['ticket list', 'of a category', 'ticket_by_category'],
  ['ticket list', 'of a service', 'ticket_by_service'],
  ['ticket list', 'of an area', 'ticket_by_area'],
  ['ticket list', 'of one team of several', 'ticket_by_team_id'],
  ['ticket list', 'by mail', 'ticket_by_channel'],
  ['ticket list', 'complaints', 'ticket_by_kind'],
  ['ticket list', 'of some days', 'ticket_status_received'],
  ['ticket list', 'by deadline', 'ticket_status_received'],
  ['ticket list', 'by closing', 'ticket_by_closing'],
  ['ticket list', 'how many of each status', 'ticket_status_received'],
  ['search', 'tickets of a customer', 'ticket_customer'],
  ['search', 'merged codes', 'ticket_merged'],
  ['pops', 'tickets of one', 'ticket_number'],
  ['guidance', 'of a board', 'ticket_status_received'],
  ['board', 'counters of today', 'call_day'],
  ['board', 'promises due', 'callback_due'],
  ['board', 'who was called back today', 'call_day'],
  ['board', 'promises to who waits', 'callback_open_number'],
  ['board', 'missed callers', 'callback_due'],
  ['board', 'clocks that have run out', 'ticket_clock_ticket'],
  ['start', 'calls that are not over, or ended just now', 'call_end'],
  ['start', 'promises in flight', 'callback_taken'],
  ['calls', 'that are talking', 'call_end'],
  ['calls', 'found by words', 'call_ticket'],
  ['calls', 'found by words', 'call_without_ticket'],
  ['promises', 'due', 'callback_due'],
  ['owed tickets', 'claim', 'call_owed'],
  ['clocks', 'claim', 'ticket_clock_alarm'],
  ['clocks', 'of a ticket', 'ticket_clock_ticket'],
  ['notifications', 'unread', 'notification_unread'],
  ['notifications', 'how many are unread', 'notification_unread'],
  ['messages of a shift', 'who was told', 'notification_of_shift'],
  ['hand-overs', 'late stages', 'ticket_clock_stage_due'],
  ['promises', 'without a verdict', 'callback_owed_verdict'],
  ['promises', 'failed of a ticket', 'callback_ticket'],
  ['promises', 'without a ticket, to a number', 'callback_missed_number'],
  ['promises', 'places that were left', 'callback_attempt_call'],
] as const

/** As many rows as people ever worked here, or are signed in; what is due to be indexed, from its beginning. */
const SMALL = [
  'figure_target',
  'staff',
  'team',
  'team_member',
  'session',
  'search_due',
  'search_due_customer',
]

function isWalk({ index, of }: Scan, list: string): boolean {
  if (SMALL.includes(of)) return true
  return (
    index !== null && (IN_ORDER[list]?.includes(index) === true || OF_LIVE_ROWS.includes(index))
  )
}

/**
 * What `analyze` says of 300,000 tickets (`scripts/bench-million`): whoever runs it must not get a scan
 * for it.
 */
async function takeStatistics({ db }: Database): Promise<void> {
  await sql`analyze`.execute(db)
  await sql`delete from sqlite_stat1`.execute(db)
  for (const [table, index, statistics] of LONG_HISTORY) {
    // oxlint-disable-next-line no-await-in-loop
    await sql`insert into sqlite_stat1 values (${table}, ${index}, ${statistics})`.execute(db)
  }
  await sql`analyze sqlite_master`.execute(db)
}

/**
 * PostgreSQL looks at how large a table is: of one without a row it would as soon read all of a partial
 * index.
 */
async function openSomeTickets({ db }: Database): Promise<void> {
  await sql`insert into customer (id, code, name, kind, address, note, version, created_at,
    updated_at) select 'a' || n, 'KH-' || n, '', 'individual', '', '', 1, ${NOW}, ${NOW}
    from generate_series(1, 5000) as n`.execute(db)
  await sql`insert into ticket (id, code, status, kind, priority, team, channel, subject, description,
    customer_id, number_key, received_at, recovered, version, created_at, updated_at)
    select 't' || n, 'KN-' || n, case when n % 50 = 0 then 'new' else 'closed' end, 'incident', 'normal',
      'cskh', 'hotline', '', '', 'a' || n, '+84' || n, ${NOW}, 0, 1, ${NOW}, ${NOW}
    from generate_series(1, 5000) as n`.execute(db)
  await sql`insert into ticket_clock (id, ticket_id, kind, loop_no, started_at, pauses)
    select 'k' || id, id, 'overall', 1, ${NOW}, '[]' from ticket`.execute(db)
  await sql`analyze ticket, ticket_clock`.execute(db)
}

const FIRST = { sqlite: async () => undefined, postgres: openSomeTickets }

const HISTORIES = [
  ...DIALECTS.map((dialect) => [dialect, 'no history', FIRST[dialect]] as const),
  ['sqlite', 'the statistics of a long history', takeStatistics] as const,
]

for (const [dialect, history, prepare] of HISTORIES) {
  describe(`the plans on ${dialect} with ${history}`, () => {
    let database: Database
    beforeAll(async () => {
      // not a schema that others filled and left: the planner looks at how large its tables are
      database = await openEmptyTestDatabase(dialect)
      await migrateToLatestOrThrow(database)
      await prepare(database)
    })
    afterAll(() => database.close())

    async function plansOf(ask: (db: Db) => Promise<unknown>): Promise<Plan[]> {
      const statements = await recordStatements(database, ask)
      expect(statements.length).toBeGreaterThan(0)
      return Promise.all(statements.map((one) => readPlan(database, one)))
    }
    const scansOf = async (ask: (db: Db) => Promise<unknown>) =>
      (await plansOf(ask)).flatMap(({ scans }) => scans)

    for (const [of, asked] of Object.entries(HOT)) {
      it.each(Object.entries(asked))(`${of}, %s: an index is used`, async (_what, ask) => {
        const scans = await scansOf(ask)
        expect(scans.filter((scan) => !isWalk(scan, of))).toEqual([])
      })
    }

    it.each(BY_INDEX)('%s, %s: the index is %s', async (of, what, index) => {
      const ask = HOT[of]?.[what]
      expect(ask).toBeDefined()
      const plans = ask === undefined ? [] : await plansOf(ask)
      expect(plans.flatMap(({ indexes }) => indexes)).toContain(index)
    })

    it('a statement without an index is seen', async () => {
      const scans = await scansOf((db) =>
        db.selectFrom('ticket').selectAll().where('subject', '=', 'x').execute(),
      )
      expect(scans).toMatchObject([{ of: 'ticket' }])
    })
  })
}
