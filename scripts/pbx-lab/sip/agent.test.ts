import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SipAgent } from './agent.ts'
import { formatSip, headerOf, methodOf, parseSip, type SipMessage } from './message.ts'

/** A PBX that only notes what it is told; the test answers. */
let pbx: Socket
let phone: SipAgent
const told: { request: SipMessage; from: RemoteInfo }[] = []

beforeEach(async () => {
  told.length = 0
  pbx = createSocket('udp4').bind(0, '127.0.0.1')
  await once(pbx, 'listening')
  phone = await SipAgent.open({ host: '127.0.0.1', port: pbx.address().port })
})
afterEach(() => {
  phone.close()
  pbx.close()
})

/** The next request, which has to be this one. */
async function next(method: string): Promise<SipMessage> {
  const [bytes, from]: [Buffer, RemoteInfo] = await once(pbx, 'message')
  const request = parseSip(bytes.toString('latin1'))
  if (request === null) throw new Error('no SIP')
  expect(methodOf(request)).toBe(method)
  told.push({ request, from })
  return request
}

function answer(request: SipMessage, status: string): void {
  const headers = ['Via', 'From', 'Call-ID', 'CSeq'].map((name): [string, string] => [
    name,
    headerOf(request, name),
  ])
  headers.push(['To', `${headerOf(request, 'To')};tag=pbx`], ['Contact', '<sip:pbx@127.0.0.1>'])
  const port = told.at(-1)?.from.port ?? 0
  pbx.send(formatSip({ start: `SIP/2.0 ${status}`, headers, body: '' }), port, '127.0.0.1')
}

test('a call that is answered while it is cancelled is hung up', async () => {
  const call = phone.call('100')
  const invite = await next('INVITE')
  const cancelled = call.hangup()
  const cancel = await next('CANCEL')
  answer(invite, '200 OK')
  await next('ACK')
  await next('BYE')
  answer(cancel, '481 Call/Transaction Does Not Exist')
  await cancelled
  expect(await call.ended).toEqual({ by: 'us', wasUp: false, status: 487 })
})

test('a call that is cancelled in time acknowledges its end', async () => {
  const call = phone.call('100')
  const invite = await next('INVITE')
  const cancelled = call.hangup()
  answer(await next('CANCEL'), '200 OK')
  await cancelled
  answer(invite, '487 Request Terminated')
  await next('ACK')
})
