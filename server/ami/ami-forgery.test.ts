import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionUnderTest, type SessionUnderTest } from '../../test/support/ami-session.ts'
import { settle } from '../../test/support/clock.ts'

let room: SessionUnderTest
beforeEach(async () => {
  room = await createSessionUnderTest()
  await room.ready()
})
afterEach(() => room.stop())

const HANGUP = { Event: 'Hangup', Privilege: 'call,all', Uniqueid: '1.1', Cause: '16' }
const PARSED_HANGUP = { event: 'Hangup', privilege: 'call,all', uniqueid: '1.1', cause: '16' }

/** A caller's number as a real Asterisk prints it in Newchannel, before any dialplan runs. */
function newchannel(number: string): string {
  return (
    `Event: Newchannel\r\nPrivilege: call,all\r\nCallerIDNum: ${number}\r\n` +
    'CallerIDName: <unknown>\r\nUniqueid: 1.0\r\nLinkedid: 1.0\r\n\r\n'
  )
}

describe("line ends in a caller's number", () => {
  it('bare line feeds make neither headers nor frames', async () => {
    room.fake.sendRaw(newchannel('0900\nUniqueid: 9.9\n\nEvent: Hangup\nPrivilege: call,all\n\n'))
    room.fake.send(HANGUP)
    await room.heard(2)
    expect(room.events).toMatchObject([{ event: 'Newchannel', uniqueid: '1.0' }, PARSED_HANGUP])
    expect(room.counted('ami_suspicious_frames')).toBe(0)
  })

  it('a CRLF cut in two by the network stays one', async () => {
    const [first, second] = [
      'Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: 1.1\r',
      '\nCause: 16\r\n\r',
    ]
    room.fake.sendRaw(first)
    await settle()
    room.fake.sendRaw(second)
    await settle()
    room.fake.sendRaw('\n')
    await room.heard(1)
    expect(room.events).toEqual([PARSED_HANGUP])
  })

  it('a whole forged frame lacks the Privilege, is dropped, counted and reported', async () => {
    const forged = 'Event: Hangup\r\nUniqueid: 1.9\r\nLinkedid: 1.9\r\nCause: 16'
    room.fake.sendRaw(newchannel(`0900\r\n\r\n${forged}\r\n`))
    room.fake.send(HANGUP)
    await room.heard(2)
    expect(room.events.map((frame) => [frame['event'], frame['uniqueid']])).toEqual([
      ['Newchannel', undefined],
      ['Hangup', '1.1'],
    ])
    expect(room.counted('ami_malformed_frames')).toBe(2)
    const reports = room.logLines.filter((line) => line['level'] === 50)
    expect(reports.map((line) => line['kind'])).toEqual(['no_privilege', 'no_event_or_response'])
  })
})
