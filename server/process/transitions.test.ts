import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { processAction } from '#contract/casework/process.ts'
import { ticketStatus, type TicketStatus } from '#contract/tickets.ts'
import { aCase, caseFacts } from '../../test/support/domain/a-case.ts'
import { OPEN_STATUSES, TICKET_STATES } from '../tickets/ticket.ts'
import type { ProcessEffect } from './effect.ts'
import { ACTION_INPUT } from './inputs.ts'
import type { Row, Step } from './row.ts'
import { TRANSITIONS } from './transitions.ts'

/** The page as it was made exact; the code below is compared with it, cell by cell. */
const page = readFileSync(new URL('process-table.md', import.meta.url), 'utf8')

interface PageRow {
  number: number
  from: string
  event: string
  guard: string
  to: string
  effects: string
}

const pageRows: PageRow[] = page
  .split('\n')
  .filter((text) => /^\|\s*\d+\s*\|/.test(text))
  .map((text) => {
    const [number = '', from = '', event = '', guard = '', to = '', effects = ''] = text
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return { number: Number(number), from, event, guard, to, effects }
  })

/** Action ids by row, from the paragraph below the table. */
const actionIds = new Map<number, string>()
for (const part of page.match(/by row: ([\s\S]*?)\.\s+Where/)?.[1]?.split(' · ') ?? []) {
  const action = /`([a-z_]+)/.exec(part)?.[1]
  for (const number of part.slice(0, part.indexOf('`')).match(/\d+/g) ?? []) {
    if (action !== undefined) actionIds.set(Number(number), action)
  }
}

/** `NOC_* / FIELD_*`, `any open`, `NEW / GUIDING` as statuses. */
function statusesIn(cell: string): TicketStatus[] {
  if (cell.includes('any open') || cell === 'merged') return [...OPEN_STATUSES]
  const words = cell.match(/[A-Z]+(?:_[A-Z*]+)*/g) ?? []
  return ticketStatus.options.filter((status) =>
    words.some((word) =>
      word.endsWith('*')
        ? status.startsWith(word.slice(0, -1).toLowerCase())
        : status === word.toLowerCase(),
    ),
  )
}

const rowOf = (number: number): Row => {
  const found = TRANSITIONS.filter((one) => one.number === number)
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} rows ${number}`)
  return found[0]
}

/** A step for looking at what a row answers, whatever its input may be. */
function stepOf(row: Row, given: Partial<Step['ticket']> = {}, input: object = {}): Step {
  const [from = 'new'] = row.from
  const ticket = aCase({ status: from, ...given })
  return { ticket, input, facts: caseFacts() }
}

const effectsOf = (row: Row, given?: Partial<Step['ticket']>, input?: object): ProcessEffect[] =>
  row.effects?.(stepOf(row, given, input)) ?? []

describe('the table of the process', () => {
  it('has every row of the page but the opening, once', () => {
    expect(pageRows.map(({ number }) => number)).toEqual(
      Array.from({ length: 38 }, (_, index) => index + 1),
    )
    expect(TRANSITIONS.map(({ number }) => number)).toEqual(
      pageRows.map(({ number }) => number).filter((number) => number !== 1),
    )
  })

  it.each(pageRows.slice(1).map((one) => [one.number, one] as const))(
    'has row %i with its action, its states and where it leads',
    (number, { from, to, event }) => {
      const row = rowOf(number)
      expect(row.action).toBe(actionIds.get(number))
      expect(row.from.toSorted()).toEqual(
        statusesIn(from === 'merged' ? 'any open' : from).toSorted(),
      )
      const stays = /same state|state kept|attribute/.test(to) || statusesIn(to)[0] === row.from[0]
      const isRight =
        row.to === null ? stays : typeof row.to === 'function' || statusesIn(to).includes(row.to)
      expect(isRight, `${event} leads to ${to}`).toBe(true)
    },
  )

  it.each([
    [9, {}, ['need_customer_info']],
    [14, { returnStatus: 'field_working' as const }, ['field_working']],
    [14, { returnStatus: 'callback_due' as const }, ['callback_due']],
    [20, {}, ['customer_reply']],
    [20, { isOutage: true, customerId: null }, ['confirmed']],
    [38, { returnStatus: 'noc_diagnosing' as const }, ['noc_diagnosing']],
    [38, { returnStatus: 'callback_due' as const }, ['confirmed']],
  ])('row %i leads by its ticket to the state the page names', (number, given, expected) => {
    const { to } = rowOf(number)
    if (typeof to !== 'function') throw new Error('its state does not depend on the ticket')
    expect([to(stepOf(rowOf(number), given))]).toEqual(expected)
  })

  it.each([
    ['CSKH lead', 'lead'],
    ['(lead)', 'lead'],
  ])('lets only a lead cancel, as “%s” says', (_text, who) => {
    expect(rowOf(30).who).toEqual([who])
  })

  it('gives each row to whom the page names, else to the owner of its state', () => {
    for (const { number, event } of pageRows.slice(1)) {
      const named = /\((CSKH|NOC|KT)(?:, (CSKH|NOC|KT))?(?:\/customer)?\)/.exec(event)?.slice(1)
      const teams = { CSKH: 'cskh', NOC: 'noc', KT: 'field' } as Record<string, string>
      const row = rowOf(number)
      if (number === 30) continue
      const owners = [...new Set(row.from.map((status) => TICKET_STATES[status].owner))]
      const expected = named
        ? named.flatMap((one) => (one === undefined ? [] : (teams[one] ?? [])))
        : owners.length > 1
          ? ['owner']
          : owners
      const expectedWho = [36, 37].includes(number) ? ['cskh'] : expected
      expect([number, row.who.toSorted()]).toEqual([number, expectedWho.toSorted()])
    }
  })

  it('starts and stops the clocks that the page names', () => {
    const clocks: [RegExp, string, string][] = [
      [/start (?:a )?(?:new )?NOC/, 'start_clock', 'noc'],
      [/new NOC 24 h instance/, 'start_clock', 'noc'],
      [/stop NOC/, 'stop_clock', 'noc'],
      [/start KT/, 'start_clock', 'field'],
      [/stop KT/, 'stop_clock', 'field'],
      [/pause stage clock/, 'pause_clocks', ''],
      [/resume clock/, 'resume_clocks', ''],
      [/stop all clocks, freeze/, 'freeze_clocks', ''],
      [/KT clock pauses/, 'pause_clocks', ''],
      [/voids the earlier answer|frozen result thaws/, 'thaw_clocks', ''],
      [/stage clocks pause/, 'pause_clocks', ''],
      [/create callback due now \+ 30 min/, 'promise_callback', ''],
      [/retry \+15, \+60 min/, 'retry_promise', ''],
      [/open callbacks cancelled/, 'cancel_promises', ''],
    ]
    let seen = 0
    for (const { number, effects } of pageRows.slice(1)) {
      for (const [text, type, clock] of clocks.filter(([pattern]) => pattern.test(effects))) {
        const has = effectsOf(rowOf(number), {}, { visitAt: '2026-11-24T02:00:00.000Z' }).some(
          (one) => one.type === type && (clock === '' || ('clock' in one && one.clock === clock)),
        )
        expect(has, `row ${number}: ${type} ${clock} by “${text.source}”`).toBe(true)
        seen += 1
      }
    }
    expect(seen).toBe(21)
  })

  it('begins a new round where the page says loop_no + 1, and nowhere else', () => {
    for (const { number, effects } of pageRows.slice(1)) {
      const row = rowOf(number)
      const lastFrom = row.from.at(-1)
      const step = stepOf(row, lastFrom === undefined ? {} : { status: lastFrom }, {})
      const loopNo = row.change?.(step).loopNo
      expect([number, loopNo]).toEqual([number, /loop_no \+ 1/.test(effects) ? 2 : undefined])
    }
  })

  it('has an input for every action, and a row for every action', () => {
    const actions = [...new Set(TRANSITIONS.map(({ action }) => action))].toSorted()
    expect(actions).toEqual(processAction.options.toSorted())
    expect(Object.keys(ACTION_INPUT).toSorted()).toEqual(actions)
  })

  it('offers one way on from every state that is not cancelled', () => {
    for (const status of ticketStatus.options.filter((one) => one !== 'cancelled')) {
      const main = TRANSITIONS.filter((one) => one.isMain === true && one.from.includes(status))
      expect([status, new Set(main.map(({ action }) => action)).size]).toEqual([status, 1])
    }
  })
})
