import { expect, test } from 'vitest'
import { play } from '../../../test/support/call-table.ts'
import { consultOf } from './consult.ts'

const ASKING = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2
  00:20.000  held             101#2
  00:20.100  dial_begun       trunk#1  102#5`
const ANSWERED = `${ASKING}
  00:24.000  dial_ended       trunk#1  102#5  status=ANSWER`

const seen = (table: string, agent = '101') => consultOf(play(table).call(), agent)

test('a colleague is asked from the first ring on, and talks once the phone is answered', () => {
  expect(seen(ASKING)).toMatchObject({ extension: '102', stage: 'ringing' })
  expect(seen(ANSWERED)).toMatchObject({ extension: '102', stage: 'talking' })
})

test('only who talks to the customer asks', () => {
  expect(seen(ANSWERED, '102')).toBeNull()
  expect(seen(`${ASKING}\n  00:21.000  hung_up  101#2`)).toBeNull()
})

test.each([
  ['rejects', `${ASKING}\n  00:24.000  dial_ended  trunk#1  102#5  status=BUSY`],
  ['hangs up', `${ANSWERED}\n  00:30.000  hung_up  102#5`],
  [
    'has the customer',
    `${ANSWERED}
    00:30.000  bridge_entered        102#5
    00:30.010  attended_transferred  trunk#1  102#5  by=101#2,101#2
    00:30.020  hung_up               101#2`,
  ],
])('nobody is asked any more when the colleague %s', (_, table) => {
  expect(seen(table)).toBeNull()
})
