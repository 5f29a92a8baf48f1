import { describe, expect, it } from 'vitest'
import { makeSubject, type SubjectParts, subjectAfter } from './subject.ts'

describe('a ticket has a name by itself', () => {
  const nothing: SubjectParts = { label: null, details: [], service: null, area: null }

  it.each<[Partial<SubjectParts>, string]>([
    [
      { label: 'Mất kết nối', details: ['LOS đỏ'], area: 'Cầu Giấy' },
      'Mất kết nối · LOS đỏ · Cầu Giấy',
    ],
    [{ label: 'Mất kết nối', details: ['LOS đỏ'], service: 'FTTH' }, 'Mất kết nối · LOS đỏ'],
    [{ label: 'Mất kết nối', service: 'FTTH', area: 'Cầu Giấy' }, 'Mất kết nối · FTTH · Cầu Giấy'],
    [{ label: 'LOS đỏ', details: ['LOS đỏ', 'thi công'] }, 'LOS đỏ · thi công'],
    [{ label: 'LOS đỏ', details: ['los đỏ'] }, 'LOS đỏ'],
    [{ label: 'VPN', service: 'vpn', area: 'Hà Đông' }, 'VPN · Hà Đông'],
    [{ service: 'FTTH', area: 'Cầu Giấy' }, 'FTTH · Cầu Giấy'],
    [{ area: 'Cầu Giấy' }, 'Cầu Giấy'],
    [{}, ''],
  ])('%j → %s', (known, subject) => {
    expect(makeSubject({ ...nothing, ...known })).toBe(subject)
  })

  it('is never longer than a subject may be', () => {
    const long = { label: 'a'.repeat(120), service: 'b'.repeat(120), area: 'c' }
    expect(makeSubject({ ...nothing, ...long })).toHaveLength(200)
  })
})

describe('a subject', () => {
  const made = { subject: 'Mất kết nối', subject_by_person: 0 }
  const own = { subject: 'Khách VIP mất mạng', subject_by_person: 1 }

  it.each([
    ['that was made follows what is known', made, undefined, 'Mạng chậm', 'Mạng chậm', 0],
    ['of a person stays', own, undefined, 'Mạng chậm', own.subject, 1],
    ['that a person writes is theirs', made, 'Của tôi', 'Mạng chậm', 'Của tôi', 1],
    [
      'that was made is not theirs by saving the form',
      made,
      made.subject,
      'Mạng chậm',
      'Mạng chậm',
      0,
    ],
    ['of a person goes on when saved again', own, own.subject, 'Mạng chậm', own.subject, 1],
    ['that a person empties is made again', own, '', 'Mạng chậm', 'Mạng chậm', 0],
  ])('%s', (_what, before, written, newlyMade, subject, byPerson) => {
    expect(subjectAfter(before, written, newlyMade)).toEqual({
      subject,
      subject_by_person: byPerson,
    })
  })
})
