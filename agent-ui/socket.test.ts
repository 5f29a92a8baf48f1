import { beforeEach, expect, test } from 'vitest'
import type { PopReceipt } from '#contract/screen-pop.ts'
import { live, tell } from './live-store.ts'
import { takePop } from './socket.ts'
import { aPop, aSnapshot } from './test-support/samples.ts'

beforeEach(() => tell({ type: 'signed_out' }))

test('the receipt is given when the pop is already on the desk', () => {
  tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
  const shownAtReceipt: [PopReceipt, string[]][] = []
  takePop(aPop({ rev: 2 }), (seen) => {
    shownAtReceipt.push([seen, live.get().desk?.pops.map((pop) => pop.id) ?? []])
  })
  expect(shownAtReceipt).toEqual([[{ id: 'pop-1', rev: 2 }, ['pop-1']]])
})

test('a pop before the first snapshot gets no receipt, so the server sends it again', () => {
  const receipts: PopReceipt[] = []
  takePop(aPop(), (seen) => receipts.push(seen))
  expect(receipts).toEqual([])
})

test('a doubled or late pop is acknowledged with the newest revision shown', () => {
  tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [aPop({ rev: 5 })] }) })
  const receipts: PopReceipt[] = []
  takePop(aPop({ rev: 3 }), (seen) => receipts.push(seen))
  expect(receipts).toEqual([{ id: 'pop-1', rev: 5 }])
})
