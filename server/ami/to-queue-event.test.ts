import { describe, expect, it } from 'vitest'
import { channelHeaders, parsedFrame } from '../../test/support/ami-frame.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import { parseAmiEvent } from './ami-event.ts'
import { toQueueEvent } from './to-queue-event.ts'

const AT = '2026-11-22T10:14:42.072Z'
const member = {
  Queue: 'hotline',
  MemberName: '101',
  Interface: 'PJSIP/101',
  StateInterface: 'PJSIP/101',
  Membership: 'dynamic',
  Penalty: '2',
  CallsTaken: '3',
  LastCall: '1795342482',
  InCall: '1',
  Status: '2',
  Paused: '1',
  PausedReason: 'lunch',
  Wrapuptime: '10',
}
const memberView = {
  queue: 'hotline',
  interface: 'PJSIP/101',
  extension: '101',
  memberName: '101',
  deviceStatus: 2,
  paused: true,
  pauseReason: 'lunch',
  penalty: 2,
  lastCallAt: '2026-11-22T10:14:42.000Z',
  wrapUpSeconds: 10,
  inCall: true,
}

function meaningOf(headers: Record<string, string | readonly string[]>): QueueEvent | null {
  const event = parseAmiEvent(parsedFrame(headers))
  if (event.event === null) throw new Error(`not read: ${event.name} ${event.header}`)
  return toQueueEvent('pbx1', event, AT)
}

describe('what an event means for the live queues', () => {
  it.each([
    ['QueueMemberAdded', 'member_added'],
    ['QueueMemberStatus', 'member_status'],
    ['QueueMemberPause', 'member_status'],
    ['QueueMemberPenalty', 'member_status'],
    ['QueueMemberRinginuse', 'member_status'],
  ])('%s gives the whole row as %s', (Event, type) => {
    const meaning = meaningOf({ Event, ...member })
    expect(meaning).toEqual({ pbxId: 'pbx1', at: AT, type, member: memberView })
  })

  it('a member that never took a call and is no phone has neither last call nor extension', () => {
    const other = { Interface: 'Local/101@agents/n', LastCall: '0', Paused: '0', PausedReason: '' }
    expect(meaningOf({ Event: 'QueueMemberStatus', ...member, ...other })).toMatchObject({
      member: { extension: null, lastCallAt: null, paused: false, pauseReason: null },
    })
  })

  it('QueueMemberRemoved names queue and interface', () => {
    expect(meaningOf({ Event: 'QueueMemberRemoved', ...member })).toEqual({
      pbxId: 'pbx1',
      at: AT,
      type: 'member_removed',
      queue: 'hotline',
      interface: 'PJSIP/101',
    })
  })

  it('QueueCallerJoin gives the caller with place and beginning', () => {
    const chan = channelHeaders('PJSIP/trunk-00000000', '1.0', {
      number: '0912345678',
      name: 'Lan',
    })
    const join = { Event: 'QueueCallerJoin', ...chan, Queue: 'hotline', Position: '2', Count: '2' }
    expect(meaningOf(join)).toEqual({
      pbxId: 'pbx1',
      at: AT,
      type: 'caller_joined',
      caller: {
        queue: 'hotline',
        uniqueid: '1.0',
        channel: 'PJSIP/trunk-00000000',
        position: 2,
        joinedAt: AT,
        callerIdNum: '0912345678',
        callerIdName: 'Lan',
        withheld: false,
      },
    })
  })

  it('QueueCallerLeave gives the caller who left', () => {
    const chan = channelHeaders('PJSIP/trunk-00000000', '1.0')
    const leave = { Event: 'QueueCallerLeave', ...chan, Queue: 'hotline', Position: '1' }
    expect(meaningOf(leave)).toMatchObject({ type: 'caller_left', uniqueid: '1.0' })
  })

  it('an event about something else is nothing', () => {
    const chan = channelHeaders('PJSIP/trunk-00000000', '1.0')
    expect(meaningOf({ Event: 'Hold', ...chan })).toBeNull()
  })
})
