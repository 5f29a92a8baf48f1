import { describe, expect, it } from 'vitest'
import { partsOf, wholeQuery, windowsOf } from './gin-query.ts'
import type { Term } from './search-query.ts'

const beginning = (word: string): Term => ({ word, isBeginning: true })
const whole = (word: string): Term => ({ word, isBeginning: false })

describe('a query of PostgreSQL', () => {
  it('asks for each word by itself, or for what would do instead of all', () => {
    const level = [[beginning('le'), beginning('vu')], [beginning('levu')], [whole('_c7')]]
    expect(partsOf(level, '_open')).toEqual([
      `'_open'`,
      `'le' | 'levu' | '_c7'`,
      `'vu' | 'levu' | '_c7'`,
    ])
  })

  it('takes beginnings of up to six letters for words, longer ones and those of marks for beginnings', () => {
    const level = [[beginning('nguyen'), beginning('internet'), beginning('_r87'), whole('5')]]
    expect(partsOf(level, null)).toEqual([`'nguyen'`, `'internet':*`, `'_r87':*`, `'5'`])
  })

  it('asks for all of it where documents are read one by one', () => {
    const asked = { level: [[beginning('le'), whole('5')]], but: [[[whole('_c7')]]], mark: '_open' }
    expect(wholeQuery(asked)).toBe(`('_open' & (('le':* & '5'))) & !(('_c7'))`)
  })
})

describe('windows of blocks', () => {
  const block = 16_384

  it('begin with the newest, grow, and end with everything', () => {
    expect(windowsOf(20 * block + 5, 2 * block, 100)).toEqual([
      [20, 19],
      [20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5],
      null,
    ])
  })

  it('begin with as many as promise enough', () => {
    expect(windowsOf(20 * block, 0, 2.5 * block)).toEqual([[20, 19, 18, 17], null])
    expect(windowsOf(20 * block, 0, 30 * block)).toEqual([null])
  })

  it('are everything at once where that is one block, or nothing', () => {
    expect(windowsOf(block + 1000, block, 100)).toEqual([null])
    expect(windowsOf(3, 9 * block, 100)).toEqual([null])
  })
})
