import { describe, expect, test } from 'vitest'
import { type OpenOutage, outageAt, outageName } from './outage.ts'

function anOutage(change: Partial<OpenOutage>): OpenOutage {
  const said = { message: 'Đứt cáp', expectedUntil: null }
  return { ticketId: 'p', code: 'KN', ...said, area: null, service: null, ...change }
}
const caugiay = anOutage({ ticketId: 'area', area: 'Cầu Giấy' })
const iptv = anOutage({ ticketId: 'service', service: 'IPTV' })
const both = anOutage({ ticketId: 'both', area: 'Ba Đình', service: 'Internet' })

describe('which open outage a place is part of', () => {
  test.each([
    ['its area', ['cau giay'], [], 'area'],
    ['one of its areas', ['Đống Đa', 'Cầu Giấy'], [], 'area'],
    ['its service', [], ['iptv'], 'service'],
    ['its area and service', ['Ba Đình'], ['Internet'], 'both'],
    ['an area whose outage is of another service', ['Ba Đình'], ['Voice'], null],
    ['an area, while nobody has said the service', ['Ba Đình'], [], null],
    ['nothing known', [], [], null],
  ])('%s', (_name, areas, services, expected) => {
    expect(outageAt([caugiay, iptv, both], { areas, services })?.ticketId ?? null).toBe(expected)
  })

  test('has a name of area and service', () => {
    expect(outageName(both)).toBe('Ba Đình · Internet')
    expect(outageName(caugiay)).toBe('Cầu Giấy')
  })
})
