import { expect, test } from 'vitest'
import { aCall } from '../../../test/support/domain/a-call.ts'
import { startCallback } from './callback-evidence.ts'
import { numbersOnLine, numbersStaying } from './on-line.ts'

const TALKING = aCall({ callerIdNum: '0912000001' })
const WAITING = aCall({ callerIdNum: '0912000002', answeredAt: null })
const ASKED = aCall({ callerIdNum: '0912000003', answeredAt: null, askedNumber: '0912000003' })
const ASKED_AFTER = aCall({ callerIdNum: '0912000005', askedNumber: '0912000005' })
const HIDDEN = aCall({ callerIdNum: null })
const { callback } = startCallback('pbx1', 'cb-1-1', '2026-11-23T02:00:00.000Z')
const PLACE = aCall({
  direction: 'callback',
  callerIdNum: '0912000004',
  callback: { ...callback, stage: 'in_queue' },
})

test('on the line is who talks or waits, and no place', () => {
  const live = [TALKING, WAITING, ASKED, HIDDEN, PLACE]
  expect(numbersOnLine(live)).toEqual(['0912000001', '0912000002', '0912000003'])
})

test('who only listens that they will be called back does not stay, talked to before or not', () => {
  expect(numbersStaying([TALKING, WAITING, ASKED, ASKED_AFTER, PLACE])).toEqual([
    '0912000001',
    '0912000002',
  ])
})
