import { expect, test } from 'vitest'
import { planDemoCall } from './demo-plan.ts'

const CUSTOMERS = [{ number: '0912345678', name: 'Trần Văn Bình' }, { number: '0912345679' }]
const TALK = { min: 1000, max: 3000 }
const plan = (index: number) => planDemoCall(index, CUSTOMERS, TALK, 0.5)

test('known customers call in turn and every fourth caller is a stranger', () => {
  const numbers = [0, 1, 2, 3].map((index) => plan(index).caller.number)
  expect(numbers).toEqual(['0912345678', '0912345679', '0912345678', '0900000103'])
})

test('every seventh call hides its number and every ninth gives up', () => {
  const calls = Array.from({ length: 18 }, (_, index) => plan(index))
  expect(calls.flatMap((call, index) => (call.withheld ? [index] : []))).toEqual([6, 13])
  expect(calls.flatMap((call, index) => (call.givesUpAfterMs === null ? [] : [index]))).toEqual([
    8, 17,
  ])
})

test('the stay lies between its limits', () => {
  expect(plan(0).staysMs).toBe(2000)
  expect(planDemoCall(0, [], TALK, 0).staysMs).toBe(1000)
})
