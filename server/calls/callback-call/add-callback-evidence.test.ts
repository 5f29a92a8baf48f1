import { expect, test } from 'vitest'
import { aFreshCallback } from '../../../test/support/a-book-call.ts'
import { callEvents, RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import type { CallbackCall } from '../conversation/call.ts'
import { addCallbackEvidence } from './add-callback-evidence.ts'

const placed = aFreshCallback()
function withLine(line: string, call: CallbackCall = placed) {
  const [event] = callEvents(`00:09.000  ${line}`)
  if (event === undefined) throw new Error('the table has one line')
  return addCallbackEvidence(call, event, RULES)
}

test.each([
  ['channel_created      101=cb-7', { stage: 'agent_ringing' }],
  ['dial_begun           -         101=cb-7', { stage: 'agent_ringing' }],
  ['dial_ended           -         101=cb-7', { agentAnsweredAt: time('00:09.000') }],
  ['callback_confirmation 101=cb-7 - state=asked', { confirmation: 'asked' }],
  ['originate_responded  101=cb-7', { agentAnsweredAt: time('00:09.000') }],
  ['dial_begun           101=cb-7  trunk#2', { customerUniqueid: 'trunk#2' }],
  ['dial_ended           101=cb-7  trunk#2  status=BUSY', { dialStatus: 'BUSY' }],
  ['bridge_entered       101=cb-7', { customerAnsweredAt: time('00:09.000') }],
  ['hung_up              101=cb-7  cause=19', { agentCause: 19 }],
])('of its own legs: %s', (line, callback) => {
  expect(withLine(line)).toMatchObject({ callback })
})

test('a colleague’s phone that rings for the customer is an agent’s, as in any call', () => {
  const talking = aFreshCallback({ customerUniqueid: 'trunk#2' })
  expect(withLine('dial_begun  trunk#2  102#3', talking)).toMatchObject({
    callback: talking.callback,
    rings: [{ extension: '102', by: 'dial' }],
  })
})

test('the number is the one that was dialled, whatever a leg presents', () => {
  expect(withLine('presentation_changed  cb-7  withheld=yes')).toBe(placed)
})

test('a bridge that is heard after the end changes nothing', () => {
  const over = aFreshCallback({}, { endedAt: time('00:08.000') })
  expect(withLine('bridge_entered  101=cb-7', over)).toBe(over)
})
