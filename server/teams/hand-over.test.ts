import { describe, expect, it } from 'vitest'
import { type HandOverView, missingForHandOver } from './hand-over.ts'

const WHOLE: HandOverView = {
  kind: 'incident',
  category: 'NO_INTERNET',
  address: '12 Cầu Giấy',
  contactName: 'Lan',
  contactNumber: '0912345678',
  causeCode: 'fiber_cut',
  checklistResult: 'nok',
  answeredSteps: 3,
  guidanceSkipped: false,
}
const NOTHING: HandOverView = {
  kind: 'incident',
  category: null,
  address: null,
  contactName: null,
  contactNumber: null,
  causeCode: null,
  checklistResult: null,
  answeredSteps: 0,
  guidanceSkipped: false,
}

function codes(ticket: HandOverView, team: 'cskh' | 'noc' | 'field'): string[] {
  return missingForHandOver(ticket, team).map(({ code }) => code)
}

describe('a hand-over', () => {
  it.each(['cskh', 'noc', 'field'] as const)('of a whole ticket to %s misses nothing', (team) => {
    expect(missingForHandOver(WHOLE, team)).toEqual([])
  })

  it('to field needs address, contact and cause, all of them named at once', () => {
    expect(codes(NOTHING, 'field')).toEqual([
      'address_missing',
      'contact_number_missing',
      'contact_name_missing',
      'cause_code_missing',
    ])
    expect(missingForHandOver({ ...WHOLE, address: '  ' }, 'field')).toEqual([
      {
        path: 'address',
        code: 'address_missing',
        message: 'enter where the technician has to go',
      },
    ])
  })

  it('to NOC needs a contact and the saved checklist of the category', () => {
    expect(codes(NOTHING, 'noc')).toEqual([
      'contact_number_missing',
      'category_missing',
      'checklist_missing',
    ])
    expect(codes({ ...WHOLE, answeredSteps: 0 }, 'noc')).toEqual(['checklist_missing'])
  })

  it('to NOC needs no checklist where guidance was skipped or there is no fault', () => {
    const bare = { ...NOTHING, contactNumber: '0912345678' }
    expect(codes({ ...bare, guidanceSkipped: true }, 'noc')).toEqual([])
    expect(codes({ ...bare, kind: 'request' }, 'noc')).toEqual([])
  })

  it('to CSKH needs nothing: they ask the customer', () => {
    expect(codes(NOTHING, 'cskh')).toEqual([])
  })
})
