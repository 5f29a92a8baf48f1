import { expect, it } from 'vitest'
import { normalizeVn } from '../customers/phone-number.ts'
import { readQuery } from './search-query.ts'

/** Levels as text: `a* b` are both, `|` is either. */
function asText(query: string, hidesNumbers = false): string[] {
  return readQuery(query, normalizeVn, hidesNumbers).map((level) =>
    level
      .map((terms) => terms.map((term) => term.word + (term.isBeginning ? '*' : '')).join(' '))
      .join(' | '),
  )
}

it.each([
  ['KN-2026-000123', ['_y2026n123', 'kn2026000123*']],
  ['2026-123', ['_y2026n123', '2026* 123* | 2026123*']],
  ['kn-123', ['_c123', 'kn123*']],
  ['KN-2026', ['_c2026', 'kn2026*']],
  ['123', ['_c123', '_k123', '123*']],
  ['5678', ['_c5678', '_k5678', '5678* | _r8765*']],
  ['+84 912 345 678', ['_k84912345678', '84* 912* 345* 678* | 84912345678* | _r8765432190*']],
  ['Mất mạng', ['mat* mang* | matmang*']],
  ['Đình 5', ['dinh* 5 | dinh5*']],
  ['le', ['le*']],
  ['a b c d e f g h i j', ['a b c d e f g h | abcdefghij*']],
  ['%', []],
  ['   ', []],
])('%j asks for %j, the most exact first', (query, levels) => {
  expect(asText(query)).toEqual(levels)
})

it.each([
  ['Lan-0912', ['lan0912*']],
  ['KN-2026-091234', ['_y2026n91234', 'kn2026091234*']],
  ['2026-0912345', ['_y2026n912345']],
  ['0912345678', []],
  ['5678', ['_c5678']],
  ['HD-2026-001', ['hd2026001*']],
  ['Mất mạng', ['mat* mang* | matmang*']],
])('%j of whoever sees no numbers asks for %j: for no digits of one', (query, levels) => {
  expect(asText(query, true)).toEqual(levels)
})
