import { describe, expect, it } from 'vitest'
import { encodeAction, MAX_LINE_BYTES, UnsafeAction } from './ami-action.ts'

describe('encoding an action', () => {
  it('writes Action, ActionID, the headers in their order and the variables, then an empty line', () => {
    const bytes = encodeAction(
      {
        name: 'Originate',
        headers: { Channel: 'PJSIP/101', Priority: 1, Reason: undefined },
        variables: { CALLBACK_EXPIRES: 'a-1' },
      },
      'id-1',
    )
    expect(bytes).toBe(
      'Action: Originate\r\nActionID: id-1\r\nChannel: PJSIP/101\r\nPriority: 1\r\n' +
        'Variable: CALLBACK_EXPIRES=a-1\r\n\r\n',
    )
  })

  it('keeps lines below what Asterisk cuts, counted in bytes', () => {
    const fits = 'x'.repeat(MAX_LINE_BYTES - 'Reason: '.length)
    expect(encodeAction({ name: 'Ping', headers: { Reason: fits } }, '1')).toContain(fits)
    const headers = { Reason: `${fits}x` }
    const over = () => encodeAction({ name: 'Ping', headers }, '1')
    expect(over).toThrow(new UnsafeAction('Reason is too long'))
    const wide = { Reason: 'ạ'.repeat(400) }
    const multibyte = () => encodeAction({ name: 'Ping', headers: wide }, '1')
    expect(multibyte).toThrow(UnsafeAction)
  })

  it('keeps actions below the number of lines that Asterisk reads', () => {
    const headers = Object.fromEntries(
      Array.from({ length: 130 }, (_, index) => [`H${index}`, 'x']),
    )
    expect(() => encodeAction({ name: 'Ping', headers }, '1')).toThrow('too many lines')
  })

  it('refuses an ActionID that would break list replies', () => {
    expect(() => encodeAction({ name: 'Ping' }, 'x'.repeat(201))).toThrow(UnsafeAction)
  })

  it('never repeats a value in its message', () => {
    const headers = { Secret: 'hunter2\r\n' }
    const secret = () => encodeAction({ name: 'Login', headers }, '1')
    expect(secret).toThrow('Secret has a line break in its value')
    expect(secret).not.toThrow('hunter2')
  })
})
