import { headerOf, type AmiFrame } from '../../server/ami/ami-frame.ts'
import type { AmiSession } from './ami-session.ts'
import type { TestCall } from './judge-pbx.ts'

const RING_MS = 8_000
const WAIT_MS = 12_000
/** Hangup causes of a phone that is busy or says no. */
const BUSY_CAUSES = ['17', '21']
/** OriginateResponse: the phone rang and was not picked up. */
const RANG = '3'

/** Rings a phone; who picks up hears a beep and the call ends. No customer is dialled. */
export async function placeTestCall(
  tracker: AmiSession,
  dialler: AmiSession,
  extension: string,
  callerId: string,
): Promise<TestCall> {
  const channelId = `doctor-${Date.now()}`
  const reply = await dialler.send({
    name: 'Originate',
    headers: {
      Channel: `PJSIP/${extension}`,
      Application: 'Playback',
      Data: 'beep',
      Timeout: RING_MS,
      CallerID: callerId,
      ChannelId: channelId,
      Async: 'true',
    },
  })
  if (headerOf(reply, 'response') !== 'Success')
    return { outcome: 'not_placed', because: headerOf(reply, 'message') ?? 'refused' }
  const isOurs = (event: AmiFrame, name: string) =>
    headerOf(event, 'event') === name && headerOf(event, 'uniqueid') === channelId
  const answer = await tracker.waitFor((event) => isOurs(event, 'OriginateResponse'), WAIT_MS)
  if (answer === null) return { outcome: 'not_placed', because: 'the tracker heard nothing of it' }
  if (headerOf(answer, 'response') === 'Success') return { outcome: 'answered' }
  if (headerOf(answer, 'reason') === RANG) return { outcome: 'rang' }
  const hangup = tracker.events.find((event) => isOurs(event, 'Hangup'))
  if (hangup === undefined)
    return { outcome: 'not_placed', because: 'the phone is unknown or not registered' }
  const cause = headerOf(hangup, 'cause') ?? ''
  return BUSY_CAUSES.includes(cause)
    ? { outcome: 'busy' }
    : { outcome: 'not_placed', because: headerOf(hangup, 'cause-txt') ?? `cause ${cause}` }
}
