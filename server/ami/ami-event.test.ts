import { describe, expect, it } from 'vitest'
import { EVENT_NAMES, IGNORED_EVENTS, parseAmiEvent } from './ami-event.ts'

const hangup = {
  event: 'Hangup',
  privilege: 'call,all',
  timestamp: '1795342482.072069',
  channel: 'PJSIP/101-0000002a',
  uniqueid: '1795342482.10',
  linkedid: '1795342482.10',
  calleridnum: '0912345678',
  cause: '16',
  'cause-txt': 'Normal Clearing',
  chanvariable: { HOTLINE: '', HOTLINE_CLI: '' },
}

describe('reading an event', () => {
  it('keeps the headers that are used, numbers as numbers and ids as text', () => {
    expect(parseAmiEvent(hangup)).toEqual({
      event: 'Hangup',
      timestamp: '1795342482.072069',
      channel: 'PJSIP/101-0000002a',
      uniqueid: '1795342482.10',
      linkedid: '1795342482.10',
      calleridnum: '0912345678',
      cause: 16,
      'cause-txt': 'Normal Clearing',
      chanvariable: { HOTLINE: '', HOTLINE_CLI: '' },
    })
  })

  it('turns an unknown name away before looking at anything else', () => {
    const looked: unknown[] = []
    const touched = new Proxy(
      { event: 'VarSet', value: 'x' },
      { get: (frame, key) => (looked.push(key), Reflect.get(frame, key)) },
    )
    expect(parseAmiEvent(touched)).toEqual({
      event: null,
      name: 'VarSet',
      problem: 'unknown',
      header: null,
    })
    expect(looked).toEqual(['event'])
  })

  it('names the header at fault of a malformed one, without its value', () => {
    expect(parseAmiEvent({ ...hangup, cause: 'many' })).toEqual({
      event: null,
      name: 'Hangup',
      problem: 'malformed',
      header: 'cause',
    })
    const { uniqueid: _, ...without } = hangup
    expect(parseAmiEvent(without)).toMatchObject({ problem: 'malformed', header: 'uniqueid' })
  })

  it('takes the first of repeated headers', () => {
    const doubled = { ...hangup, calleridnum: ['0912345678', '0999'], cause: ['16', '17'] }
    expect(parseAmiEvent(doubled)).toMatchObject({ calleridnum: '0912345678', cause: 16 })
  })

  it('reads an AgentComplete whose channels are gone', () => {
    const complete = {
      event: 'AgentComplete',
      queue: 'hotline',
      membername: '101',
      holdtime: '3',
      talktime: '60',
      reason: 'caller',
    }
    expect(parseAmiEvent(complete)).toEqual({ ...complete, holdtime: 3, talktime: 60 })
  })
})

it('knows the include list of manager.conf', () => {
  const known = [...EVENT_NAMES, ...IGNORED_EVENTS].toSorted()
  expect(known).toEqual(
    (
      'AgentCalled AgentComplete AgentConnect AgentDump AgentRingNoAnswer AttendedTransfer ' +
      'BlindTransfer BridgeEnter BridgeLeave ChanSpyStart ChanSpyStop DialBegin DialEnd FullyBooted Hangup Hold ' +
      'LocalBridge LocalOptimizationBegin LocalOptimizationEnd NewCallerid Newchannel ' +
      'OriginateResponse Pickup QueueCallerAbandon QueueCallerJoin QueueCallerLeave ' +
      'QueueMemberAdded QueueMemberPause QueueMemberPenalty QueueMemberRemoved ' +
      'QueueMemberRinginuse QueueMemberStatus Reload Rename Shutdown Unhold UserEvent'
    ).split(' '),
  )
})
