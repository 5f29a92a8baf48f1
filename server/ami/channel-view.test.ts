import { describe, expect, it } from 'vitest'
import {
  callerName,
  callerNumber,
  channelView,
  destView,
  endpointOf,
  epochMsOf,
  extensionOf,
  instantOf,
  instantOfSeconds,
  plainName,
} from './channel-view.ts'

const headers = {
  channel: 'PJSIP/trunk-0000002a',
  uniqueid: 'pbx1-1795342482.0',
  linkedid: 'pbx1-1795342482.0',
  calleridnum: '0912345678',
  calleridname: "D\\'Angelo",
}

describe('a channel', () => {
  it('shows who calls and the hotline tag of the dialplan', () => {
    const chanvariable = { HOTLINE: '19000382', HOTLINE_CLI: 'allowed' }
    expect(channelView({ ...headers, chanvariable })).toEqual({
      uniqueid: 'pbx1-1795342482.0',
      linkedid: 'pbx1-1795342482.0',
      channel: 'PJSIP/trunk-0000002a',
      endpoint: 'trunk',
      callerIdNum: '0912345678',
      callerIdName: "D'Angelo",
      hotline: '19000382',
      withheld: false,
    })
  })

  it('shows neither number nor name of a caller who withholds them', () => {
    const chanvariable = { HOTLINE: '19000382', HOTLINE_CLI: 'withheld' }
    expect(channelView({ ...headers, chanvariable })).toMatchObject({
      callerIdNum: null,
      callerIdName: null,
      withheld: true,
    })
  })

  it('without tags, or with empty ones, is no hotline call', () => {
    expect(channelView(headers).hotline).toBeNull()
    expect(channelView({ ...headers, chanvariable: { HOTLINE: '' } }).hotline).toBeNull()
  })

  it('as destination is read from the Dest headers', () => {
    const dest = { destchannel: 'PJSIP/101-00000001', destuniqueid: '1.2', destlinkedid: '1.1' }
    expect(destView({ ...dest, destcalleridnum: '101' })).toMatchObject({
      endpoint: '101',
      uniqueid: '1.2',
      linkedid: '1.1',
      callerIdNum: '101',
      callerIdName: null,
    })
  })
})

it.each([
  ['PJSIP/101-0000002a', '101'],
  ['PJSIP/my-trunk-0000002a', 'my-trunk'],
  ['SIP/101-0000002a', '101'],
  ['PJSIP/101-0000002a<ZOMBIE>', null],
  ['Local/101@agents-0000002a;1', null],
  ['Message/ast_msg_queue', null],
  ['', null],
])('the endpoint of %s is %s', (channel, endpoint) => {
  expect(endpointOf(channel)).toBe(endpoint)
})

it.each([
  ['PJSIP/101', '101'],
  ['Local/101@agents/n', null],
  ['PJSIP/101@trunk', null],
])('the extension of the interface %s is %s', (device, extension) => {
  expect(extensionOf(device)).toBe(extension)
})

it.each([
  ['0912345678', '0912345678'],
  ['+84912345678', '+84912345678'],
  ['09123\vEvent: X', '09123'],
  ['\v', null],
  ['<unknown>', null],
  ['unknown', null],
  ['Anonymous', null],
  ['Restricted', null],
  ['withheld', null],
  ['s', null],
  ['', null],
  [undefined, null],
])('the number %j is %j', (raw, number) => {
  expect(callerNumber(raw)).toBe(number)
})

it.each([
  ['O\\\'Brien \\"x\\"\\? \\\\', 'O\'Brien "x"? \\'],
  ['Nguyễn Văn Đức', 'Nguyễn Văn Đức'],
  ['a\\nb', 'a b'],
  ['a\u0007b', 'ab'],
  ['  ', null],
  ['<unknown>', null],
  [undefined, null],
])('the escaped name %j is %j', (raw, name) => {
  expect(callerName(raw)).toBe(name)
})

it('leaves backslashes of names that are not escaped, and cuts endless ones', () => {
  expect(plainName("a\\'b")).toBe("a\\'b")
  expect(plainName('x'.repeat(300))).toHaveLength(120)
})

describe('times', () => {
  it('are read to the millisecond, also when many fall into one second', () => {
    expect(instantOf('1795342482.072069')).toBe('2026-11-22T10:14:42.072Z')
    expect(instantOf('1795342482.999999')).toBe('2026-11-22T10:14:42.999Z')
    expect(instantOf('1795342483.000000')).toBe('2026-11-22T10:14:43.000Z')
    expect(instantOf('1795342482.5')).toBe('2026-11-22T10:14:42.500Z')
  })

  it.each([undefined, '', 'yesterday', '-5', '1e30', 'NaN'])('%j is none', (timestamp) => {
    expect(instantOf(timestamp)).toBeNull()
  })

  it('of whole seconds: 0 means never', () => {
    expect(instantOfSeconds(0)).toBeNull()
    expect(instantOfSeconds(1_795_342_482)).toBe('2026-11-22T10:14:42.000Z')
    expect(instantOfSeconds(1e30)).toBeNull()
    expect(epochMsOf('1795342482.072069')).toBe(1_795_342_482_072)
  })
})

it('of a browser phone is its person’s extension, by channel and by interface', () => {
  expect(endpointOf('PJSIP/web-101-0000002a')).toBe('101')
  expect(extensionOf('PJSIP/web-101')).toBe('101')
  expect(endpointOf('PJSIP/web-trunk-0000002a')).toBe('web-trunk')
})
