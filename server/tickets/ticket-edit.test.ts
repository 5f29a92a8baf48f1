import { describe, expect, it } from 'vitest'
import { aStoredTicket } from '../../test/support/domain/a-stored-ticket.ts'
import {
  complainantFault,
  differing,
  editedFields,
  maskedNumber,
  orderedColumns,
} from './ticket-edit.ts'

const row = aStoredTicket('t', { area: 'Cầu Giấy', contact_raw: '0912345678' })

describe('an order', () => {
  it('becomes columns: what it leaves out stays, what it empties is null', () => {
    const complainant = { relation: 'holder', name: 'Lê Ánh', paper: '' } as const
    expect(orderedColumns({ area: '', category: 'SLOW', contactName: null, complainant })).toEqual({
      area: null,
      category: 'SLOW',
      contact_name: null,
      complainant: '{"relation":"holder","name":"Lê Ánh","paper":""}',
    })
    expect(orderedColumns({})).toEqual({})
    expect(orderedColumns({ complainant: null })).toEqual({ complainant: null })
  })

  it('changes only what says something else', () => {
    expect(differing(row, { area: 'Cầu Giấy', kind: 'info', description: 'x' })).toEqual({
      kind: 'info',
      description: 'x',
    })
  })
})

describe('the timeline of an edit', () => {
  it('has the new values, empty where they were emptied, and the contract by its number', () => {
    const changed = { area: null, area_class: 'rural', contract_id: 'c1' }
    expect(editedFields(changed, {}, 'HD-1')).toEqual({
      area: '',
      areaClass: 'rural',
      contractNo: 'HD-1',
    })
  })

  it('has the last digits of a number alone', () => {
    expect(editedFields({ contact_raw: '0912 345 678' }, {}, null)).toEqual({
      contactNumber: '…678',
    })
    expect(maskedNumber('')).toBe('')
  })

  it('has who complains, and on which paper', () => {
    const complainant = { relation: 'representative', name: 'Bình', paper: 'GUQ 12' } as const
    expect(editedFields({ complainant: '{}' }, { complainant }, null)).toEqual({
      complainant: 'representative',
      complainantName: 'Bình',
      paper: 'GUQ 12',
    })
  })
})

it.each([
  [undefined, null],
  [null, null],
  [{ relation: 'holder', name: '', paper: '' }, null],
  [{ relation: 'other', name: '', paper: '' }, null],
  [{ relation: 'representative', name: '', paper: 'GUQ 12' }, null],
  [{ relation: 'representative', name: 'Bình', paper: '' }, 'paper_missing'],
] as const)('a complainant %j is refused for %s', (asked, code) => {
  expect(complainantFault(asked)?.code ?? null).toBe(code)
})
