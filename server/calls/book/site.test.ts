import { describe, expect, test } from 'vitest'
import { liveChannel, snapshotAt } from '../../../test/support/call-snapshot.ts'
import { callEvents, play, SITE } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import type { ChannelView } from '../conversation/call-event.ts'
import { newIngress, noteIngress, rulesOf } from './site.ts'

const TAGGED = { hotline: '19000382' }
const UNTAGGED = { hotline: null }
const NO_TAGS = { hotline: null, hasNoTags: true } as const

/** A caller who waits in the hotline queue and is answered by 102. */
function answered(caller: string, view: Partial<ChannelView>) {
  const events = callEvents(`
    00:00.000  queue_joined     ${caller}#1
    00:01.000  agent_called     ${caller}#1  102#2
    00:05.000  agent_connected  ${caller}#1  102#2  hold=5`)
  return events.map((event) =>
    'caller' in event && event.caller !== null
      ? { ...event, caller: { ...event.caller, ...view } }
      : event,
  )
}
const EARLIER = callEvents('00:00.000  queue_joined  trunk#0')
const opens = (events: Parameters<typeof play>[0]) =>
  play(events).told.some((fact) => fact.includes('call_answered'))

describe('who is a customer', () => {
  test.each([
    ['a tagged caller by a trunk named by digits', '701', TAGGED, true],
    ['a tagged caller by a trunk named like a phone', 'cc800', TAGGED, true],
    ['a tagged caller on the very extension of a person', '101', TAGGED, true],
    ['an untagged phone named by digits', '101', UNTAGGED, false],
    ['an untagged phone named by letters', 'cc800', UNTAGGED, false],
    ['an untagged phone of which nothing is known', 'door-7', UNTAGGED, false],
    ['an untagged caller by the trunk', 'trunk', UNTAGGED, false],
  ])('%s, where tags are sent', (_, caller, view, isCustomer) => {
    expect(opens([...EARLIER, ...answered(caller, view)])).toBe(isCustomer)
  })

  test.each([
    ['a caller by a trunk named by digits', '7010001', true],
    ['a caller by a trunk', 'trunk', true],
    ['a person’s phone', '101', false],
    ['a member of a queue named by letters', 'cc800', false],
  ])('%s, where the PBX sends no tag at all', (_, caller, isCustomer) => {
    for (const view of [UNTAGGED, NO_TAGS]) {
      expect(opens(answered(caller, view))).toBe(isCustomer)
    }
  })

  test('a PBX whose dialplan says that it tags is believed before the first call', () => {
    const told = snapshotAt('00:00.000', { dialplanTags: true })
    expect(opens([told, ...answered('door-7', UNTAGGED)])).toBe(false)
    expect(opens([told, ...answered('door-7', NO_TAGS)])).toBe(true)
  })

  test('a tagged direct call by a trunk named by digits opens its ticket', () => {
    const events = callEvents(`
      00:00.000  dial_begun      701#1  102#2  dial=102
      00:04.000  dial_ended      701#1  102#2
      00:04.010  bridge_entered  102#2
      00:04.020  bridge_entered  701#1`)
    const direct = events.map((event) =>
      'caller' in event && event.caller !== null
        ? { ...event, caller: { ...event.caller, ...TAGGED } }
        : event,
    )
    expect(play(direct).told).toContain('00:04.020 call_answered 102')
  })
})

describe('a trunk named by digits', () => {
  test('is no agent when a customer is passed on to a number outside', () => {
    const { call } = play([
      ...answered('trunk', TAGGED),
      ...callEvents(`
        00:05.010  bridge_entered     trunk#1
        00:05.020  bridge_entered     102#2
        00:09.000  blind_transferred  trunk#1  102#2  exten=0987654321
        00:09.100  dial_begun         trunk#1  709#3  dial=0987654321@709
        00:12.000  dial_ended         trunk#1  709#3
        00:12.010  bridge_entered     trunk#1  bridge=b2
        00:12.020  bridge_entered     709#3    bridge=b2`),
    ])
    expect(call().segments.map(({ extension }) => extension)).toEqual(['102'])
  })

  test.each([
    ['a tagged call', callEvents('00:00.000  queue_joined  trunk#1'), 'trunk', false],
    [
      'a number dialled by it',
      callEvents('00:00.000  dial_begun  102#1  709#2  dial=0987@709'),
      '709',
      false,
    ],
    ['nothing', [], '709', true],
  ])('is known by %s', (_, events, endpoint, isInternal) => {
    const ingress = newIngress()
    for (const event of events) noteIngress(ingress, event)
    const nobody = { ...SITE, isPhone: () => false }
    expect(rulesOf(nobody, ingress).isInternal(endpoint)).toBe(isInternal)
  })

  test('that customers came by is seen in a snapshot too', () => {
    const ingress = newIngress()
    const seen = liveChannel('trunk#1', { endpoint: '701', bridgeId: 'b1' })
    noteIngress(ingress, snapshotAt('00:00.000', { channels: [seen] }))
    const nobody = { ...SITE, isPhone: () => false }
    expect(rulesOf(nobody, ingress).isInternal('701')).toBe(false)
    const everybody = { ...SITE, isPhone: () => true }
    expect(rulesOf(everybody, ingress).isInternal('701')).toBe(true)
  })
})

test('a call that only the journal knows entered its queue as long before the answer as it waited', () => {
  const { call } = play(
    '00:15.000  journal_answered  trunk#1  received=00:00.000 extension=101 hold=5',
  )
  expect(call().enteredAt).toBe(time('00:10.000'))
})
