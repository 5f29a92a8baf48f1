import { describe, expect, it } from 'vitest'
import { channelHeaders, parsedFrame } from '../../test/support/ami-frame.ts'
import { readSnapshot } from './snapshot.ts'

const TAKEN_AT = '2026-11-22T10:15:00.000Z'
const params = parsedFrame({ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' })
const member = parsedFrame({
  Event: 'QueueMember',
  Queue: 'hotline',
  Name: '101',
  Location: 'PJSIP/101',
  Penalty: '0',
  CallsTaken: '2',
  LastCall: '1795342482',
  InCall: '0',
  Status: '1',
  Paused: '0',
  PausedReason: '',
  Wrapuptime: '10',
})
const entry = parsedFrame({
  Event: 'QueueEntry',
  Queue: 'hotline',
  Position: '1',
  Channel: 'PJSIP/trunk-00000000',
  Uniqueid: '1.0',
  CallerIDNum: '0912345678',
  CallerIDName: 'unknown',
  Wait: '18',
})
function liveChannel(cli: string) {
  return parsedFrame({
    Event: 'CoreShowChannel',
    ...channelHeaders('PJSIP/trunk-00000000', '1.0', { number: '0912345678', name: 'Lan' }),
    ChanVariable: ['HOTLINE=19000382', `HOTLINE_CLI=${cli}`],
    Application: 'Queue',
    ApplicationData: 'hotline,Ct,,,600',
    Duration: '101:01:20',
    BridgeId: '',
  })
}

describe('a snapshot', () => {
  it('holds queues, members, callers with their beginning, and channels', () => {
    const snapshot = readSnapshot([params, member, entry], [liveChannel('allowed')], TAKEN_AT, null)
    expect(snapshot.bad).toBe(0)
    expect(snapshot.queues).toEqual([{ queue: 'hotline', strategy: 'ringall' }])
    expect(snapshot.members).toMatchObject([
      { queue: 'hotline', interface: 'PJSIP/101', extension: '101', memberName: '101' },
    ])
    expect(snapshot.callers).toEqual([
      {
        queue: 'hotline',
        uniqueid: '1.0',
        channel: 'PJSIP/trunk-00000000',
        position: 1,
        joinedAt: '2026-11-22T10:14:42.000Z',
        callerIdNum: '0912345678',
        callerIdName: null,
        withheld: false,
      },
    ])
    expect(snapshot.calls).toMatchObject({
      takenAt: TAKEN_AT,
      bootedAt: null,
      channels: [
        {
          uniqueid: '1.0',
          endpoint: 'trunk',
          hotline: '19000382',
          application: 'Queue',
          applicationData: 'hotline,Ct,,,600',
          bridgeId: null,
          durationSeconds: 363_680,
        },
      ],
      waiting: [{ uniqueid: '1.0', queue: 'hotline', position: 1, waitSeconds: 18 }],
    })
  })

  it('hides the number of a waiting caller whose channel says withheld', () => {
    const snapshot = readSnapshot([entry], [liveChannel('withheld')], TAKEN_AT, null)
    expect(snapshot.callers).toMatchObject([{ callerIdNum: null, withheld: true }])
    expect(snapshot.calls.waiting).toMatchObject([{ callerIdNum: null }])
    expect(JSON.stringify(snapshot)).not.toContain('0912345678')
  })

  it('counts what it cannot read and keeps the rest', () => {
    const frames = [params, parsedFrame({ Event: 'QueueMember', Queue: 'hotline' }), entry]
    const snapshot = readSnapshot(frames, [{ event: 'CoreShowChannel' }], TAKEN_AT, null)
    expect(snapshot.bad).toBe(2)
    expect(snapshot.callers).toHaveLength(1)
  })
})
