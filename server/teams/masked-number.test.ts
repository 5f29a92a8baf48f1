import { describe, expect, it } from 'vitest'
import type { PhoneNumber } from '#contract/customers.ts'
import { maskNumber, maskText, refusalOfSearch, shownTo } from './masked-number.ts'

const NUMBER: PhoneNumber = {
  raw: '+84912345678',
  kind: 'mobile',
  key: '84912345678',
  display: '0912 345 678',
}

describe('a number', () => {
  it('keeps its kind and its last three digits, and nothing to match it by', () => {
    expect(maskNumber(NUMBER)).toEqual({
      raw: '',
      kind: 'mobile',
      key: null,
      display: '•••• ••• 678',
    })
  })

  it('stays when it is an extension or hidden', () => {
    for (const raw of ['101', 'anonymous', '']) {
      const short: PhoneNumber = { raw, kind: 'short_or_ext', key: null, display: raw }
      expect(maskNumber(short)).toEqual(short)
    }
  })
})

describe('what people and the PBX write', () => {
  it.each([
    '0912345678',
    '+84 912 345 678',
    '84912345678',
    '0084.912.345.678',
    '(091) 234-5678',
    '091 234 5 678',
    '912345678',
    '024 7300 0678',
    '+1 202 555 0678',
    'sđt0912345678',
    'PJSIP/0912345678@trunk',
    '0912345678/0913345678',
    '0912-34-56-78',
    '091\u00A0234\u00A05678',
    '0912–345–678',
    '0912 - 345 - 678',
    '0912\n345\n678',
    '0912,345,678',
    '0912/345/678',
    '0912_345_678',
    '091_234_5678',
    '+84/912/345/678',
    '84_912_345_678',
    '09,12,34,56,78',
    '024/7300/0678',
  ])('loses the number in "gọi %s nhé"', (number) => {
    const text = maskText(`gọi ${number} nhé`)
    expect(text).toContain('•••• ••• 678')
    expect(text.replaceAll(/\D/g, '').length).toBeLessThanOrEqual(6)
  })

  it('loses each of the numbers and keeps the days beside them', () => {
    const text = 'Hẹn 27/11/2026 0912345678, 2026-11-27 08:30 +84 912 345 678'
    expect(maskText(text)).toBe('Hẹn 27/11/2026 •••• ••• 678, 2026-11-27 08:30 •••• ••• 678')
    expect(maskText('2026-11-27 0912345678')).toBe('2026-11-27 •••• ••• 678')
    expect(maskText('KN-2026-0912345678')).toBe('KN-2026-•••• ••• 678')
  })

  it('is read in a time that grows with its length alone', () => {
    const [short, long] = ['1---', 'a-1-'].map((part) => part.repeat(25_000))
    const begun = performance.now()
    maskText(short ?? '')
    maskText(long ?? '')
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it.each([
    'KN-2026-000123',
    '2026-11-22T03:15:00.000Z',
    '2026-11-22 10:30',
    '27/11/2026 10:30',
    '27-11-2026',
    '27.11.2026',
    'IP 192.168.100.200',
    'HWTC12345678',
    'nợ 1.250.000.000 đ, đã trả 84.250.000.000 VNĐ và 912,345,678 đồng',
    'cước 12.500.000, 1,250,000,000, 84,250,000',
    'CV-02/2026/00123',
    'công văn 05/2026/0012, ngày 03/11/2026, 2026/11/27, 09/11/26 08:30',
    'LL_0912_345_678',
    'HNI-0245_001_0023',
    'VLAN 0200, 0300, 0500',
    'HD-2026-00012345',
    'PJSIP/trunk-00000012',
    '019aa1b2-0000-7000-8000-000000000123',
    'Rx -27.5 dBm, nhà 12 ngõ 345, 24/7, ext 101',
  ])('keeps %s', (text) => {
    expect(maskText(text)).toBe(text)
  })
})

describe('a whole answer', () => {
  const answer = {
    id: '0912345678',
    number: NUMBER,
    items: [{ number: null, note: 'gọi 0912345678', at: '2026-11-22T03:15:00.000Z', count: 3 }],
    fields: { to: '+84912345678' },
  }

  it('is masked at every depth for NOC and field, and copied', () => {
    const before = structuredClone(answer)
    for (const role of ['noc', 'field'] as const) {
      expect(shownTo(role, answer)).toEqual({
        id: '0912345678',
        number: maskNumber(NUMBER),
        items: [{ ...answer.items[0], note: 'gọi •••• ••• 678' }],
        fields: { to: '•••• ••• 678' },
      })
    }
    expect(answer).toEqual(before)
  })

  it('is the same for whoever talks to customers', () => {
    for (const role of ['agent', 'supervisor', 'admin'] as const) {
      expect(shownTo(role, answer)).toBe(answer)
    }
    expect(shownTo('field', null)).toBeNull()
  })
})

describe('a search by NOC or field', () => {
  it.each(['0912345678', '+84 912', 'Lan 0912', '12', '９１２３', '7 Nguyễn Trãi', '000123'])(
    'is refused when it looks for digits: "%s"',
    (query) => {
      expect(refusalOfSearch('field', query)).not.toBeNull()
      expect(refusalOfSearch('noc', query)).not.toBeNull()
      expect(refusalOfSearch('agent', query)).toBeNull()
    },
  )

  it.each(['', 'Lan', 'KN-2026-000123', '2026-123', 'HD-2026-001', 'mất mạng cầu giấy'])(
    'goes by words and whole codes: "%s"',
    (query) => {
      expect(refusalOfSearch('field', query)).toBeNull()
    },
  )
})
