import { describe, expect, it } from 'vitest'
import type { TicketContract } from '../customers/only-contract.ts'
import { type ContractColumns, contractAfter, NO_CONTRACT } from './ticket-contract.ts'

const HUE: TicketContract = {
  id: 'hue',
  contractNo: 'HD-1',
  installationAddress: '1 Huế',
  areaClass: 'rural',
}
const HANOI: TicketContract = {
  id: 'hanoi',
  contractNo: 'HD-2',
  installationAddress: '2 Hà Nội',
  areaClass: 'urban',
}
const NOWHERE: TicketContract = { ...HUE, id: 'nowhere', installationAddress: '' }
const columns = (
  contract_id: string | null,
  address: string | null,
  area_class: string | null,
): ContractColumns => ({ contract_id, address, area_class })

describe('what a ticket has of its contract', () => {
  it.each([
    ['fills what nobody said', NO_CONTRACT, null, HUE, columns('hue', '1 Huế', 'rural')],
    ['fills no place with nothing', NO_CONTRACT, null, NOWHERE, columns('nowhere', null, 'rural')],
    [
      'leaves the place that a person said',
      columns(null, '9 Đà Nẵng', 'urban'),
      null,
      HUE,
      columns('hue', '9 Đà Nẵng', 'urban'),
    ],
    ['goes with it', columns('hue', '1 Huế', 'rural'), HUE, null, NO_CONTRACT],
    [
      'becomes that of the other',
      columns('hue', '1 Huế', 'rural'),
      HUE,
      HANOI,
      columns('hanoi', '2 Hà Nội', 'urban'),
    ],
    [
      'leaves the place that a person said when it goes',
      columns('hue', 'nhà mẹ, 9 Huế', 'urban'),
      HUE,
      null,
      columns(null, 'nhà mẹ, 9 Huế', 'urban'),
    ],
    [
      'stays when it is the same',
      columns('hue', '1 Huế', 'rural'),
      HUE,
      HUE,
      columns('hue', '1 Huế', 'rural'),
    ],
    ['is nothing where there was none', NO_CONTRACT, null, null, NO_CONTRACT],
  ])('%s', (_case, before, from, to, after) => {
    expect(contractAfter(before, from, to)).toEqual(after)
  })
})
