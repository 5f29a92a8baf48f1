import { readFileSync } from 'node:fs'
import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { phoneKind } from '#contract/customers.ts'
import { dialableNumber, nationalDigits, normalizeVn } from './phone-number.ts'

const vectors = z
  .array(z.object({ input: z.string(), kind: phoneKind, key: z.string().nullable() }))
  .parse(JSON.parse(readFileSync(new URL('phone-vectors.json', import.meta.url), 'utf8')))

function formatForeign(e164: string): string | null {
  return e164 === '+14155552671' ? '+1 415 555 2671' : null
}

describe('normalizeVn', () => {
  it.each(vectors)('reads $input as $kind $key', ({ input, kind, key }) => {
    expect(normalizeVn(input)).toMatchObject({ raw: input, kind, key })
  })

  it.each([
    ['0084912345678', 'mobile', '+84912345678'],
    ['tel:+84-91-234-5678;phone-context=vn', 'mobile', '+84912345678'],
    ['sips:%2B84912345678@203.0.113.9:5061;transport=tls', 'mobile', '+84912345678'],
    ['"Nguyễn <A>" <sip:0912345678@pbx.example>', 'mobile', '+84912345678'],
    ['０９１２３４５６７８', 'mobile', '+84912345678'],
    ['\u202a0912\u00a0345\u00a0678\u202c', 'mobile', '+84912345678'],
    ['0912–345–678', 'mobile', '+84912345678'],
    ['8402438223344', 'fixed', '+842438223344'],
    ['+84 (0)24 3822 3344', 'fixed', '+842438223344'],
    ['2438223344', 'fixed', '+842438223344'],
    ['0236 3822 334', 'fixed', '+842363822334'],
    ['01631234567', 'mobile', '+84331234567'],
    ['+8401201234567', 'mobile', '+84701234567'],
    ['+8419000382', 'service1900', null],
    ['1900123456', 'service1900', null],
    ['08441234567', 'unknown', '08441234567'],
    ['069123456', 'unknown', '069123456'],
    ['+8412', 'unknown', '+8412'],
    ['cc800', 'unknown', 'cc800'],
    ['+12', 'nobody', null],
    ['*72', 'nobody', null],
    ['0xx', 'nobody', null],
    ['00', 'nobody', null],
    ['9090', 'short_or_ext', '9090'],
  ])('reads %j as %s %s', (input, kind, key) => {
    expect(normalizeVn(input)).toMatchObject({ kind, key })
  })

  it.each([
    '',
    '  ',
    null,
    undefined,
    '<unknown>',
    'Anonymous',
    'UNAVAILABLE',
    'not available',
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    '"KH A" <>',
    'private',
  ])('takes %j as hidden', (input) => {
    expect(normalizeVn(input)).toEqual({
      raw: input ?? '',
      kind: 'anonymous',
      key: null,
      display: '',
    })
  })

  it('hides a number that the network withholds', () => {
    expect(normalizeVn('0912345678', { withheld: true })).toEqual({
      raw: '',
      kind: 'anonymous',
      key: null,
      display: '',
    })
  })

  it.each([
    ['+84912345678', '0912 345 678'],
    ['02438223344', '024 3822 3344'],
    ['02363822334', '0236 3822 334'],
    ['19000382', '1900 0382'],
    ['18001166', '1800 1166'],
    ['113', '113'],
    ['0438223344', '0438223344'],
    ['+14155552671', '+14155552671'],
    ['0000000000', '0000000000'],
    ['P', 'P'],
    ['+', '+'],
    ['sip:0@198.51.100.4', '0'],
  ])('shows %s as %s', (input, display) => {
    expect(normalizeVn(input).display).toBe(display)
  })

  it('takes our own number, however it is written, as nobody we know', () => {
    const ownKey = normalizeVn('02473000382').key
    for (const raw of ['02473000382', '+842473000382', '84 24 7300 0382']) {
      expect(normalizeVn(raw, { ownKey })).toMatchObject({
        kind: 'nobody',
        key: null,
        display: '024 7300 0382',
      })
    }
    expect(normalizeVn('0912345678', { ownKey }).kind).toBe('mobile')
  })

  it('asks for the way a foreign number is written', () => {
    expect(normalizeVn('0014155552671', { formatForeign }).display).toBe('+1 415 555 2671')
    expect(normalizeVn('+447700900123', { formatForeign }).display).toBe('+447700900123')
  })

  it('gives the same key for its own key, whatever the text', () => {
    expect.hasAssertions()
    const text = oneof(
      string(),
      string({ unit: constantFrom('0', '1', '2', '4', '8', '9', '+') }),
      constantFrom(...vectors.map((vector) => vector.input)),
    )
    assert(
      property(text, (raw) => {
        const { key } = normalizeVn(raw)
        expect(normalizeVn(key).key).toBe(key)
      }),
    )
  })
})

/** The 21 prefixes that MIC plan 2018 moved: Mobifone, Vinaphone, Viettel, Vietnamobile, Gmobile. */
describe('an old 11-digit mobile', () => {
  it.each([
    ['0120', '070'],
    ['0121', '079'],
    ['0122', '077'],
    ['0126', '076'],
    ['0128', '078'],
    ['0123', '083'],
    ['0124', '084'],
    ['0125', '085'],
    ['0127', '081'],
    ['0129', '082'],
    ['0162', '032'],
    ['0163', '033'],
    ['0164', '034'],
    ['0165', '035'],
    ['0166', '036'],
    ['0167', '037'],
    ['0168', '038'],
    ['0169', '039'],
    ['0186', '056'],
    ['0188', '058'],
    ['0199', '059'],
  ])('of %s is dialled as %s today', (before, today) => {
    expect(dialableNumber(`${before}1234567`)).toEqual({ digits: `${today}1234567` })
    expect(normalizeVn(`+84${before.slice(1)}1234567`).key).toBe(`+84${today.slice(1)}1234567`)
  })

  it.each(['0130', '0150', '0160', '0161', '0180', '0187', '0189', '0190', '0198'])(
    'of %s was never one',
    (prefix) => {
      expect(normalizeVn(`${prefix}1234567`).kind).toBe('unknown')
    },
  )
})

describe('dialableNumber', () => {
  it.each([
    ['0912345678', '0912345678'],
    ['+84912345678', '0912345678'],
    ['841201234567', '0701234567'],
    ['024 3822 3344', '02438223344'],
  ])('dials %s as %s', (input, digits) => {
    expect(dialableNumber(input)).toEqual({ digits })
  })

  it.each([
    ['1900 0382', '1900 0382 is a service number', 'number_service'],
    ['18001166', '1800 1166 is a service number', 'number_service'],
    ['113', '113 is a short code or an extension', 'number_short'],
    ['+14155552671', '+14155552671 is outside Vietnam', 'number_abroad'],
    ['anonymous', 'the number is hidden or empty', 'number_hidden'],
    ['', 'the number is hidden or empty', 'number_hidden'],
    ['0438223344', '0438223344 is no Vietnamese number', 'number_malformed'],
    ['0912345678,,1', '0912345678,,1 is no Vietnamese number', 'number_malformed'],
  ])('refuses %j: %s', (input, problem, code) => {
    expect(dialableNumber(input)).toEqual({ problem: expect.stringContaining(problem), code })
  })

  it('does not dial our own number', () => {
    const ownKey = normalizeVn('02473000382').key
    const readNumber = (raw: string | null | undefined) => normalizeVn(raw, { ownKey })
    expect(dialableNumber('024 7300 0382', readNumber)).toMatchObject({ code: 'number_nobodys' })
    expect(dialableNumber('024 7300 0383', readNumber)).toEqual({ digits: '02473000383' })
  })

  it('lets nothing but digits out', () => {
    expect.hasAssertions()
    assert(
      property(string(), (raw) => {
        const answer = dialableNumber(raw)
        expect('digits' in answer ? answer.digits : '0912345678').toMatch(/^0\d{9,10}$/)
      }),
    )
  })
})

describe('nationalDigits', () => {
  it('is what a person in Vietnam would dial', () => {
    expect(nationalDigits(normalizeVn('+84912345678'))).toBe('0912345678')
    expect(nationalDigits(normalizeVn('+14155552671'))).toBe('+14155552671')
    expect(nationalDigits(normalizeVn('1900 0382'))).toBe('19000382')
    expect(nationalDigits(normalizeVn('0000'))).toBe('0000')
    expect(nationalDigits(normalizeVn('anonymous'))).toBe('')
  })
})
