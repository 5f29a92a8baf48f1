import { describe, expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { callEvents, play } from '../../../test/support/call-table.ts'
import type { CallFact } from './call-fact.ts'
import { holdSeconds } from './durations.ts'
import { talkingExtensions } from './segments.ts'

const scenarios = Object.entries(CALL_SCENARIOS)
const holds = (told: string[]) => told.filter((fact) => /call_(held|resumed)/.test(fact))

describe('hold with several people on the call', () => {
  const THREE = `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:05.000  agent_connected  trunk#1  101#2  hold=5
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   101#2
    00:10.000  held             101#2
    00:12.000  bridge_entered   102#3`

  test('another agent’s leaving does not end it', () => {
    const { told, call } = play(`${THREE}
      00:13.000  hung_up  102#3
      00:20.000  resumed  101#2
      00:30.000  hung_up  101#2
      00:30.001  hung_up  trunk#1`)
    expect(holds(told)).toEqual(['00:10.000 call_held', '00:20.000 call_resumed'])
    expect(holdSeconds(call())).toBe(10)
  })

  test('the holder’s own leaving ends it', () => {
    const { told, call } = play(`${THREE}
      00:13.000  hung_up  101#2
      00:20.000  resumed  101#2
      00:30.000  hung_up  trunk#1`)
    expect(holds(told)).toEqual(['00:10.000 call_held', '00:13.000 call_resumed'])
    expect(call().segments.map((segment) => segment.holdSeconds)).toEqual([3, 0])
  })

  test('the call is held until the last of them is back', () => {
    const { told, call } = play(`${THREE}
      00:15.000  held     102#3
      00:20.000  resumed  101#2
      00:25.000  resumed  102#3`)
    expect(holds(told)).toEqual(['00:10.000 call_held', '00:25.000 call_resumed'])
    expect(holdSeconds(call())).toBe(20)
  })

  test('by the customer is told in the timeline and is no hold of ours', () => {
    const { told, call, timeline } = play(`
      00:00.000  queue_joined     trunk#1
      00:05.000  agent_connected  trunk#1  101#2  hold=5
      00:10.000  held             trunk#1
      00:20.000  resumed          trunk#1`)
    expect(holds(told)).toEqual([])
    expect(holdSeconds(call())).toBe(0)
    expect(timeline.slice(-2)).toEqual([
      'customer_held channel=trunk#1',
      'customer_resumed channel=trunk#1',
    ])
  })
})

function sumOf(counted: string[]): string[] {
  const totals = new Map<string, number>()
  for (const line of counted) {
    const [, queue = '', ...changes] = line.split(' ')
    for (const change of changes) {
      const [, name = '', by = ''] = /^([a-z]+)([+-]\d+)$/.exec(change) ?? []
      totals.set(`${queue} ${name}`, (totals.get(`${queue} ${name}`) ?? 0) + Number(by))
    }
  }
  return [...totals].filter(([, n]) => n !== 0).map(([name, n]) => `${name} ${n}`)
}

describe('today’s counters', () => {
  test('count a call once in the queue of first entry, wherever it is answered', () => {
    expect(play(CALL_SCENARIOS['blindTransferToQueue'] ?? '').counted).toEqual([
      '00:00.000 hotline offered+1',
      '00:05.000 hotline answered+1',
    ])
    expect(play(CALL_SCENARIOS['abandonedWhileRinging'] ?? '').counted).toEqual([
      '00:00.000 hotline offered+1',
      '00:09.004 hotline abandoned+1',
    ])
    expect(play(CALL_SCENARIOS['direct'] ?? '').counted).toEqual([])
    expect(play(CALL_SCENARIOS['callbackAnswered'] ?? '').counted).toEqual([])
  })

  test('take back an abandoned call that the journal calls a timeout', () => {
    const { counted } = play(`
      00:00.000  queue_joined   trunk#1
      00:20.000  queue_left     trunk#1
      00:21.000  hung_up        trunk#1
      00:21.000  journal_ended  trunk#1  received=00:00.000 outcome=timeout`)
    expect(counted.slice(1)).toEqual([
      '00:21.000 hotline abandoned+1',
      '00:21.000 hotline abandoned-1',
    ])
  })

  test('take back an abandoned call whose answer is learnt late', () => {
    const { counted } = play(`
      00:00.000  queue_joined      trunk#1
      00:45.000  hung_up           trunk#1
      00:05.000  journal_answered  trunk#1  received=00:00.000 extension=101`)
    expect(counted.slice(1)).toEqual([
      '00:45.000 hotline abandoned+1',
      '00:05.000 hotline answered+1 abandoned-1',
    ])
  })

  test('follow a call to the queue that it turns out to have entered first', () => {
    const { counted } = play(`
      00:30.000  queue_joined      trunk#1  queue=hotline-tech
      00:10.000  queue_joined      trunk#1  queue=hotline`)
    expect(sumOf(counted)).toEqual(['hotline offered 1'])
  })

  test.each(scenarios)('%s: come out the same, each event doubled', (_, table) => {
    const events = callEvents(table)
    const doubled = events.flatMap((event) => [event, event])
    expect(sumOf(play(doubled).counted)).toEqual(sumOf(play(events).counted))
  })
})

/** Who talks, as somebody knows it who hears the facts alone. */
function talkingByFacts(facts: CallFact[]): string[] {
  const talking = new Set<string>()
  for (const fact of facts) {
    if (fact.type === 'call_ended') talking.clear()
    else if (fact.type === 'agent_left') talking.delete(fact.extension)
    else if (fact.type === 'callback_progressed' && fact.stage === 'talking') {
      for (const extension of talkingExtensions(fact.call)) talking.add(extension)
    } else if (
      fact.type === 'call_answered' ||
      fact.type === 'agent_joined' ||
      fact.type === 'answered_without_ticket'
    ) {
      if (talkingExtensions(fact.call).includes(fact.extension)) talking.add(fact.extension)
    }
  }
  return [...talking].toSorted()
}

test.each([
  ...scenarios,
  ['an answer elsewhere', '00:00.000 agent_connected trunk#1 101#2 queue=sales'],
])('%s: whoever hears the facts alone knows at every moment who talks', (_, table) => {
  const events = callEvents(table)
  for (const [index] of events.entries()) {
    const { facts, applied } = play(events.slice(0, index + 1))
    const call = applied.flatMap((one) => one.changed).at(-1)
    if (call === undefined) continue
    expect(talkingByFacts(facts), `after line ${index + 1}`).toEqual(
      talkingExtensions(call).toSorted(),
    )
  }
})
