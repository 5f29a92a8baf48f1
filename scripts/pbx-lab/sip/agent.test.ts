import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SipAgent } from './agent.ts'
import { formatSip, headerOf, methodOf, parseSip, type SipMessage } from './message.ts'

/** A PBX that only hears; the test answers. */
let pbx: Socket
let phone: SipAgent

beforeEach(async () => {
  pbx = createSocket('udp4').bind(0, '127.0.0.1')
  await once(pbx, 'listening')
  phone = await SipAgent.open({ host: '127.0.0.1', port: pbx.address().port })
})
afterEach(() => {
  phone.close()
  pbx.close()
})

/** What the PBX hears next, which has to be this request. */
async function next(method: string): Promise<SipMessage> {
  const text = await new Promise<string>((resolve) => {
    pbx.once('message', (bytes: Buffer) => resolve(bytes.toString('latin1')))
  })
  const request = parseSip(text)
  if (request === null || methodOf(request) !== method) throw new Error(`not ${method}: ${text}`)
  return request
}

function answer(request: SipMessage, status: string): void {
  const headers = ['Via', 'From', 'Call-ID', 'CSeq'].map((name): [string, string] => [
    name,
    headerOf(request, name),
  ])
  headers.push(['To', `${headerOf(request, 'To')};tag=pbx`], ['Contact', '<sip:pbx@127.0.0.1>'])
  pbx.send(formatSip({ start: `SIP/2.0 ${status}`, headers, body: '' }), phone.port, phone.host)
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
  expect(headerOf(await next('ACK'), 'CSeq')).toBe('1 ACK')
})
