import { describe, expect, it } from 'vitest'
import {
  callbackEntry,
  callbackFamilies,
  journalEvent,
  journalEvents,
  journalFamilies,
} from './journal.ts'

const FAMILY = 'hotline/20261122'
const frame = (key: string, val: string) => ({
  event: 'DBGetTreeResponse',
  key: `/${FAMILY}/${key}`,
  val,
})

describe('the families to read', () => {
  it('are yesterday and today, by UTC', () => {
    expect(journalFamilies('2026-11-22T23:59:59.999Z')).toEqual([
      'hotline/20261121',
      'hotline/20261122',
    ])
    expect(journalFamilies('2027-01-01T00:00:00.000Z')).toEqual([
      'hotline/20261231',
      'hotline/20270101',
    ])
  })

  it('of a callback are those around the day it was placed, whatever day it is now', () => {
    expect(callbackFamilies('2026-11-20T09:00:00.000Z')).toEqual([
      'hotline/20261120',
      'hotline/20261121',
      'hotline/20261119',
    ])
  })
})

describe('a journal entry', () => {
  it('of an answered call tells who answered, when and after how long', () => {
    const value = 'v1|1795342482583|1795342482072|hotline|PJSIP/101|4|0912345678|pbx1-1.0'
    expect(journalEvent('pbx1', 'answered/pbx1-1.0', value)).toEqual({
      pbxId: 'pbx1',
      at: '2026-11-22T10:14:42.583Z',
      type: 'journal_answered',
      uniqueid: 'pbx1-1.0',
      linkedid: 'pbx1-1.0',
      receivedAt: '2026-11-22T10:14:42.072Z',
      queue: 'hotline',
      extension: '101',
      holdSeconds: 4,
      callerIdNum: '0912345678',
      withheld: false,
    })
  })

  it('of an agent to whom a call was passed on is a later answer of the same caller', () => {
    const value = 'v1|1795342492583|1795342482072|hotline|PJSIP/102|4|0912345678|pbx1-1.0'
    const key = 'joined/pbx1-1.0/1795342492580'
    expect(journalEvent('pbx1', key, value)).toMatchObject({
      at: '2026-11-22T10:14:52.583Z',
      type: 'journal_answered',
      uniqueid: 'pbx1-1.0',
      extension: '102',
      isLater: true,
    })
  })

  it('of a caller who withholds the number says so and has none', () => {
    const value = 'v1|1795342482589|1795342482072|abandoned|16|hotline|withheld'
    expect(journalEvent('pbx1', 'ended/pbx1-1.0', value)).toEqual({
      pbxId: 'pbx1',
      at: '2026-11-22T10:14:42.589Z',
      type: 'journal_ended',
      uniqueid: 'pbx1-1.0',
      receivedAt: '2026-11-22T10:14:42.072Z',
      outcome: 'abandoned',
      cause: 16,
      queue: 'hotline',
      callerIdNum: null,
      withheld: true,
    })
  })

  it('of a caller whom a full queue refused names that queue beside the empty one', () => {
    const value = 'v1|1795342482589|1795342482072|no_agents|16||0912345678|hotline'
    expect(journalEvent('pbx1', 'ended/pbx1-1.0', value)).toMatchObject({
      queue: '',
      callerIdNum: '0912345678',
      refusedBy: 'hotline',
    })
  })

  it('of a caller who left the queue by key tells whom to call back, and for which queue', () => {
    const value = 'v1|1795342482589|1795342482072|hotline|0987654321|withheld'
    expect(journalEvent('pbx1', 'hold/pbx1-1.0', value)).toEqual({
      pbxId: 'pbx1',
      at: '2026-11-22T10:14:42.589Z',
      type: 'journal_asked',
      uniqueid: 'pbx1-1.0',
      receivedAt: '2026-11-22T10:14:42.072Z',
      queue: 'hotline',
      number: '0987654321',
      callerIdNum: null,
      withheld: true,
    })
  })

  it('of a callback tells how its two legs ended', () => {
    expect(journalEvent('pbx1', 'callback/cb-1', 'v1|1795342482589|1|BUSY|17|0')).toEqual({
      pbxId: 'pbx1',
      at: '2026-11-22T10:14:42.589Z',
      type: 'journal_callback_ended',
      channelId: 'cb-1',
      agentAnswered: true,
      dialStatus: 'BUSY',
      cause: 17,
      talkSeconds: 0,
    })
    expect(journalEvent('pbx1', 'callback/cb-1', 'v1|1795342482589|0|none||0')).toMatchObject({
      agentAnswered: false,
      dialStatus: null,
      cause: null,
    })
  })

  it('of a customer who was rung first tells what they pressed and who talked to them', () => {
    const value = 'v2|1795342482589|ANSWER|16|given|PJSIP/101|31'
    expect(journalEvent('pbx1', 'callback/cb-1', value)).toEqual({
      pbxId: 'pbx1',
      at: '2026-11-22T10:14:42.589Z',
      type: 'journal_callback_ended',
      channelId: 'cb-1',
      agentAnswered: true,
      dialStatus: 'ANSWER',
      cause: 16,
      talkSeconds: 31,
      customerFirst: { consent: 'given', extension: '101' },
    })
    const busy = 'v2|1795342482589|BUSY|17|none||0'
    expect(journalEvent('pbx1', 'callback/cb-1', busy)).toMatchObject({
      agentAnswered: false,
      customerFirst: { consent: 'none', extension: null },
    })
  })

  it.each([
    ['callback/cb-1', 'v2|1795342482589|ANSWER|16|maybe|PJSIP/101|31'],
    ['answered/1.0', ''],
    ['answered/1.0', 'v2|1795342482583|1795342482072|hotline|PJSIP/101|4|0912345678|1.0'],
    ['answered/1.0', 'v1|later|1795342482072|hotline|PJSIP/101|4|0912345678|1.0'],
    ['answered/1.0', 'v1|1795342482583|1795342482072|hotline|PJSIP/101|4|0912345678'],
    ['answered/', 'v1|1795342482583|1795342482072|hotline|PJSIP/101|4|0912345678|1.0'],
    ['ended/1.0', 'v1|1795342482589|1795342482072|vanished|16|hotline|0912345678'],
    ['ended/1.0', 'v1|1795342482589|1795342482072|answered|999|hotline|0912345678'],
    ['callback/cb-1', 'v1|1795342482589|yes|BUSY|17|0'],
    ['hold/1.0', 'v1|1795342482589|1795342482072|hotline|19001234|0912345678'],
    ['other/1.0', 'v1'],
    ['', ''],
  ])('that is not as the dialplan writes it is none: %s = %s', (key, value) => {
    expect(journalEvent('pbx1', key, value)).toBeNull()
  })
})

describe('a family', () => {
  it('is read in the order of time, and its unreadable entries are counted', () => {
    const { events, bad } = journalEvents('pbx1', FAMILY, [
      frame('ended/1.0', 'v1|1795342482589|1795342482072|answered|16|hotline|0912345678'),
      frame('answered/1.0', 'v1|1795342482583|1795342482072|hotline|PJSIP/101|4|0912345678|1.0'),
      frame('answered/1.1', 'nonsense'),
      { event: 'DBGetTreeResponse', key: '/other/family', val: '' },
    ])
    expect(events.map(({ type }) => type)).toEqual(['journal_answered', 'journal_ended'])
    expect(bad).toBe(2)
  })

  it('gives the word on exactly the callback that is asked for', () => {
    const frames = [
      frame('callback/cb-10', 'v1|1795342482589|1|BUSY|17|0'),
      frame('callback/cb-1', 'v1|1795342482590|1|ANSWER|16|42'),
    ]
    expect(callbackEntry(FAMILY, 'cb-1', frames)).toMatchObject({
      at: '2026-11-22T10:14:42.590Z',
      channelId: 'cb-1',
      dialStatus: 'ANSWER',
      talkSeconds: 42,
    })
    expect(callbackEntry(FAMILY, 'cb-2', frames)).toBeNull()
    expect(callbackEntry(FAMILY, 'cb-3', [frame('callback/cb-3', 'x')])).toBeNull()
  })
})
