import BetterSqlite from 'better-sqlite3'
import { openDatabase } from '../../server/db/database.ts'
import { recordCalls } from './call-stream.ts'
import { hearOut } from './hear.ts'
import { openTicketPath } from './ticket-path.ts'

/** How much history a database has; what is live and what is of today is the same in all of them. */
export interface Amount {
  tickets: number
  pops: number
}

/** SQL for columns that differ from row to row; `n` counts from 1. */
type Varied = Record<string, string>

/** One call in so many seconds: a day's calls are as many however long the history is. */
const SECONDS_PER_CALL = 40
const OPEN_TICKETS = 500
const LIVE_POPS = 30
const OPEN_PROMISES = 50
const DAY_ZERO = `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', `

/**
 * Fills a seeded database with the rows of many answered calls. Each row is a copy of one that the
 * service itself wrote, so that whatever columns the tree has are filled as it fills them.
 */
export async function fillDatabase(file: string, folder: string, amount: Amount): Promise<void> {
  const sample = await readSample(folder)
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma('foreign_keys = OFF')
  const { tickets, pops } = amount
  const popsPerCall = Math.ceil(pops / tickets)
  const agents = addAgents(database, popsPerCall)
  const ago = (n: string) =>
    `${DAY_ZERO}'-' || ((${tickets} - ${n}) * ${SECONDS_PER_CALL}) || ' seconds')`
  const agentOf = (n: string) => `(select id from bench_agent where place = (${n}) % ${agents})`
  const fill = (table: string, count: number, varied: Varied) => {
    copyRows(database, table, sample[table] ?? {}, count, varied)
  }
  database.transaction(() => {
    fill('ticket', tickets, {
      id: id('ticket', 'n'),
      code: `'KN-' || (1900 + n / 1000000) || '-' || printf('%06d', n % 1000000)`,
      status: `case when n > ${tickets - OPEN_TICKETS} then 'new' else 'closed' end`,
      number_raw: `'09' || printf('%08d', n % 100000000)`,
      number_key: `'+849' || printf('%08d', n % 100000000)`,
      assignee_id: agentOf('n'),
      received_at: ago('n'),
      opened_by_call_id: id('call', 'n'),
    })
    fill('ticket_timeline', tickets, {
      id: id('line', 'n'),
      ticket_id: id('ticket', 'n'),
      at: ago('n'),
    })
    fill('call', tickets, {
      id: id('call', 'n'),
      uniqueid: `'1' || printf('%09d', n) || '.1'`,
      caller_raw: `'09' || printf('%08d', n % 100000000)`,
      caller_key: `'+849' || printf('%08d', n % 100000000)`,
      entered_at: ago('n'),
      answered_at: ago('n'),
      ended_at: ago('n'),
      local_day: `substr(${DAY_ZERO}'+7 hours', '-' || ((${tickets} - n) * ${SECONDS_PER_CALL}) || ' seconds'), 1, 10)`,
      ticket_id: id('ticket', 'n'),
    })
    fill('call_event', tickets, {
      id: id('event', 'n'),
      call_id: id('call', 'n'),
      at: ago('n'),
    })
    fill('screen_pop', pops, {
      id: id('pop', 'n'),
      call_id: id('call', `1 + (n - 1) / ${popsPerCall}`),
      staff_id: agentOf('n'),
      ticket_id: id('ticket', `1 + (n - 1) / ${popsPerCall}`),
      stage: `case when n > ${pops - LIVE_POPS} then 'answered' else 'ended' end`,
    })
    addPromises(database, amount)
  })()
  database.exec('drop table bench_agent; analyze')
  database.close()
}

function id(kind: string, n: string): string {
  return `'${kind}-' || printf('%09d', ${n})`
}

/** The rows of a call that was answered and has ended. */
async function readSample(folder: string): Promise<Record<string, Record<string, unknown>>> {
  const path = await openTicketPath(folder)
  const [call] = recordCalls(1, ['101', '102'], Date.now())
  if (call === undefined) throw new Error('no call was recorded')
  await hearOut(path, [...call.before, call.answer, ...call.after])
  await path.stop()
  const reader = new BetterSqlite(path.file, { readonly: true })
  const first = (table: string, where = '1') =>
    reader.prepare<[], Record<string, unknown>>(`select * from "${table}" where ${where}`).get() ??
    {}
  const sample = {
    ticket: first('ticket'),
    ticket_timeline: first('ticket_timeline'),
    call: first('call'),
    call_event: first('call_event'),
    screen_pop: first('screen_pop', "stage = 'ended'"),
  }
  reader.close()
  return sample
}

function copyRows(
  database: BetterSqlite.Database,
  table: string,
  row: Record<string, unknown>,
  count: number,
  varied: Varied,
): void {
  const names = Object.keys(row)
  const values = names.map((name) => varied[name] ?? '?')
  const fixed = names.filter((name) => varied[name] === undefined).map((name) => row[name])
  database
    .prepare(
      `with recursive number(n) as (select 1 union all select n + 1 from number where n < ${count})
       insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')})
       select ${values.join(', ')} from number`,
    )
    .run(fixed)
}

/** Enough people that each pop of a call is another's; the seeded ones are among them. */
function addAgents(database: BetterSqlite.Database, wanted: number): number {
  const row = database
    .prepare<[], Record<string, unknown>>("select * from staff where username = 'mai'")
    .get()
  copyRows(database, 'staff', row ?? {}, wanted, {
    id: `'bench-' || n`,
    username: `'bench-' || n`,
    extension: `5000 + n`,
  })
  database.exec(
    `create table bench_agent as select row_number() over (order by username) - 1 as place, id from staff where role = 'agent';
     create unique index bench_agent_place on bench_agent (place)`,
  )
  const { count } = database
    .prepare<[], { count: number }>('select count(*) as count from bench_agent')
    .get() ?? { count: 0 }
  return count
}

/** Kept promises on every tenth ticket, and the same few open ones in every database. */
function addPromises(database: BetterSqlite.Database, { tickets }: Amount): void {
  database.exec(
    `with recursive number(n) as (select 1 union all select n + 1 from number where n < ${tickets / 10})
     insert into callback (id, ticket_id, number_raw, number_dial, due_at, status, note, assignee_id,
       attempts, version, created_by, created_at, updated_at)
     select 'promise-' || printf('%09d', n), 'ticket-' || printf('%09d', n * 10), '0912345678',
       '0912345678', '2999-01-01T00:00:00.000Z',
       case when n > ${tickets / 10 - OPEN_PROMISES} then 'scheduled' else 'done' end, '',
       (select id from staff where username = 'lan'), 0, 1,
       (select id from staff where username = 'lan'), '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
     from number`,
  )
}

/** An id of each kind from the middle of the history. */
export async function someIds(file: string): Promise<{ ticketId: string; callId: string }> {
  const database = await openDatabase(`sqlite:${file}`)
  const rows = await database.db
    .selectFrom('call')
    .select(['id', 'ticket_id'])
    .where('id', '>', 'call-000005')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  await database.close()
  return { ticketId: rows.ticket_id ?? '', callId: rows.id }
}
