import { expect, test } from 'vitest'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'
import { aCallRow } from '../../test/support/domain/a-call-row.ts'
import { rowToContract } from '../calls/call-record.ts'
import { addRing } from '../calls/conversation/rings.ts'
import { deskCallOf } from './desk-call.ts'

const AT = '2026-11-23T02:01:00.000Z'
const number = { raw: '', kind: 'anonymous', key: null, display: '' } as const
const row = rowToContract({ row: aCallRow('call-1'), ticket: null }, () => number)
const reader = { extension: '101', nameOf: () => 'Minh' }

test('the own call says since when its reader holds the customer', () => {
  expect(deskCallOf(row, aCall(), reader)).toEqual({ ...row, heldSince: null, consult: null })
  const held = aCall({ segments: [aSegment({ heldAt: AT })] })
  expect(deskCallOf(row, held, reader).heldSince).toBe(AT)
  expect(deskCallOf(row, held, { ...reader, extension: '102' }).heldSince).toBeNull()
})

test('and which colleague they ask, by name', () => {
  const ring = { agentUniqueid: 'x', extension: '102', by: 'dial', startedAt: AT } as const
  const { consult } = deskCallOf(row, addRing(aCall(), ring), reader)
  expect(consult).toEqual({ extension: '102', displayName: 'Minh', stage: 'ringing', since: AT })
})
