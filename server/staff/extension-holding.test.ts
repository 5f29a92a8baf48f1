import { expect, it } from 'vitest'
import { changeHands, type Holding, holderAt, holdingsByExtension } from './extension-holding.ts'

const NOON = '2026-11-23T05:00:00.000Z'
const LAN: Holding = { extension: '101', staffId: 'lan', since: '', until: NOON }
const MAI: Holding = { extension: '101', staffId: 'mai', since: NOON, until: null }

it('names who had the extension at that moment', () => {
  const at = (text: string) => holderAt([LAN, MAI], text)
  expect(at('2026-11-23T04:59:59.999Z')).toBe('lan')
  expect(at(NOON)).toBe('mai')
  expect(
    holderAt([{ ...MAI, until: '2026-11-24T00:00:00.000Z' }], '2026-11-25T00:00:00.000Z'),
  ).toBeNull()
  expect(holderAt([MAI], '2026-11-01T00:00:00.000Z')).toBeNull()
})

it('takes who has an extension without a record for its holder of always', () => {
  const member = { id: 'hoa', extension: '102' }
  const found = holdingsByExtension([LAN, MAI], [member, { ...member, id: 'x', extension: null }])
  expect(found.get('102')).toEqual([{ extension: '102', staffId: 'hoa', since: '', until: null }])
  expect(found.get('101')).toEqual([LAN, MAI])
})

it('lets an extension go from hand to hand', () => {
  const always = new Map([['101', [{ ...LAN, until: null }]]])
  const back = changeHands(always, { from: '101', to: null, staffId: 'lan', at: NOON })
  expect(changeHands(back, { from: null, to: '101', staffId: 'mai', at: NOON })).toEqual(
    new Map([['101', [LAN, MAI]]]),
  )
})
