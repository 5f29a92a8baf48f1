import { describe, expect, test } from 'vitest'
import { aTicket } from '../test-support/samples.ts'
import { formFaults } from './form-faults.ts'
import {
  newReply,
  overridesOf,
  replyInput,
  replySchema,
  showsReplies,
  withKind,
} from './replies.ts'

const byLetter = aTicket({ replyChannel: { channel: 'letter', agreedBy: null } })

function faultsOf(entry: object) {
  const { error } = replySchema.safeParse({ ...newReply(byLetter), ...entry })
  return formFaults(error?.issues ?? [])
}

describe('an answer by hand', () => {
  test('begins with what fits the channel, and keeps to it when it is another', () => {
    expect(newReply(byLetter)).toMatchObject({ kind: 'letter', channel: 'letter' })
    const tried = withKind(newReply(byLetter), 'attempt')
    expect(tried).toMatchObject({ kind: 'attempt', channel: 'letter' })
    expect(withKind(tried, 'mail').channel).toBe('email')
  })

  test('is found again: a letter and a mail need their reference, a visit does not', () => {
    expect(faultsOf({})).toEqual({ reference: { code: 'required' } })
    expect(faultsOf({ reference: 'CV 12/2026' })).toEqual({})
    expect(faultsOf({ kind: 'visit', channel: 'counter' })).toEqual({})
    expect(faultsOf({ reference: 'x', at: 'hôm qua' })).toHaveProperty('at')
  })

  test('was now, unless another time is given', () => {
    expect(replyInput(newReply(byLetter))).not.toHaveProperty('at')
    const at = '22/11/2026 10:00'
    expect(replyInput({ ...newReply(byLetter), at }).at).toBe('2026-11-22T03:00:00.000Z')
  })
})

test('answers are shown when one is due, and who may not write reads what there is', () => {
  const permissions = ['edit' as const, 'note_reply' as const]
  expect(showsReplies(aTicket({ permissions }))).toBe(false)
  expect(showsReplies(aTicket({ permissions, status: 'customer_reply' }))).toBe(true)
  expect(showsReplies({ ...byLetter, permissions })).toBe(true)
  expect(showsReplies(byLetter)).toBe(false)
})

test('a step without evidence stands among the answers with its reason', () => {
  const at = '2026-11-22T03:00:00.000Z'
  const fields = { action: 'reply_result', overrideReason: 'khách xác nhận qua Zalo' }
  const line = { id: 'l1', at, kind: 'moved' as const, actor: null, note: '', fields }
  const closed = { ...line, id: 'l2', fields: { ...fields, action: 'close' } }
  expect(overridesOf({ timeline: [line, closed] })).toEqual([
    { id: 'l1', at, actor: null, reason: 'khách xác nhận qua Zalo' },
  ])
})
