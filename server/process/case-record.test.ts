import { expect, it } from 'vitest'
import { aStoredTicket } from '../../test/support/domain/a-stored-ticket.ts'
import { caseOf, columnsOf } from './case-record.ts'

const NAMED = { relation: 'holder', name: 'Hà', paper: '' } as const

it('a row is a case: flags, JSON and what stands in place of what is not known', () => {
  const row = aStoredTicket('t1', {
    complainant: JSON.stringify(NAMED),
    is_outage: 1,
    opened_by_call_id: 'c1',
    number_raw: '0912345678',
  })
  expect(caseOf(row)).toMatchObject({
    id: 't1',
    status: 'guiding',
    statusSince: row.created_at,
    complainant: NAMED,
    isOutage: true,
    withoutConfirmation: false,
    openedByCall: true,
    contactNumber: '0912345678',
    agreedChannel: null,
  })
})

it('the number that the customer confirmed stands before the one that called', () => {
  const row = aStoredTicket('t1', { number_raw: '0912345678', contact_raw: '0987654321' })
  expect(caseOf(row).contactNumber).toBe('0987654321')
})

it('of an agreed channel the process needs only which it is', () => {
  const agreed = { channel: 'email', agreedBy: 'Hà', notedBy: 's1', at: '2026-11-23T01:00:00.000Z' }
  const row = aStoredTicket('t1', { reply_channel: JSON.stringify(agreed) })
  expect(caseOf(row).agreedChannel).toBe('email')
})

it('a row that no release wrote is refused instead of guessed', () => {
  expect(() => caseOf(aStoredTicket('t1', { status: 'lost' }))).toThrow('Invalid option')
})

it('a change writes what it names, null too, and nothing else', () => {
  expect(columnsOf({ status: 'closed', returnStatus: null })).toEqual({
    status: 'closed',
    return_status: null,
  })
  expect(columnsOf({})).toEqual({})
})

it('flags and people are written as their row keeps them', () => {
  expect(columnsOf({ withoutConfirmation: true, complainant: NAMED })).toEqual({
    without_confirmation: 1,
    complainant: JSON.stringify(NAMED),
  })
  expect(columnsOf({ withoutConfirmation: false, complainant: null })).toEqual({
    without_confirmation: 0,
    complainant: null,
  })
})

it('what a change writes is read back as it was', () => {
  const change = {
    status: 'need_customer_info',
    returnStatus: 'field_working',
    returnAssigneeId: 'kt',
    openQuestion: 'Nhà ở tầng mấy?',
    loopNo: 2,
    mergedInto: 't2',
    contactNumber: '0987654321',
  } as const
  expect(caseOf({ ...aStoredTicket('t1'), ...columnsOf(change) })).toMatchObject(change)
})
