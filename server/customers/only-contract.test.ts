import { expect, it } from 'vitest'
import { type JoinedContract, onlyContract } from './only-contract.ts'

const first: JoinedContract = {
  contract_id: 'c1',
  contract_no: 'HD-1',
  contract_status: 'active',
  suspended: 0,
  installation_address: '12 Lê Lợi',
  area_class: 'rural',
}
const second: JoinedContract = { ...first, contract_id: 'c2', contract_no: 'HD-2' }
const ended = { ...second, contract_status: 'ended' }
const suspended = { ...second, contract_status: 'suspended', suspended: 1 }
const older = { ...first, contract_status: null }
const olderSuspended = { ...suspended, contract_status: null }
const none: JoinedContract = {
  contract_id: null,
  contract_no: null,
  contract_status: null,
  suspended: null,
  installation_address: null,
  area_class: null,
}

it.each([
  ['nobody', [], null],
  ['a customer without one', [none], null],
  ['the customer of one', [first], 'c1'],
  ['the customer of one from before there was a status', [older], 'c1'],
  ['the customer of two', [first, second], null],
  ['the customer of one beside one that ended', [first, ended], 'c1'],
  ['the customer of one beside one that is suspended', [suspended, first], 'c1'],
  ['the customer of one that is suspended', [suspended], null],
  ['the customer of one that was suspended before there was a status', [olderSuspended], null],
  ['the customer of one that ended', [ended], null],
])('the contract of %s', (_case, rows, id) => {
  expect(onlyContract(rows)?.id ?? null).toBe(id)
})

it('is told with what a ticket takes over', () => {
  expect(onlyContract([first])).toEqual({
    id: 'c1',
    contractNo: 'HD-1',
    installationAddress: '12 Lê Lợi',
    areaClass: 'rural',
  })
})
