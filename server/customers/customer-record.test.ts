import { describe, expect, it } from 'vitest'
import {
  doubledContracts,
  ownersOf,
  readPhones,
  toCustomer,
  toCustomerRefs,
} from './customer-record.ts'
import { normalizeVn } from './phone-number.ts'

const row = { id: 'c1', code: 'KH-000001', name: 'Lê Ánh', kind: 'individual', address: 'Huế' }
const [an, binh] = toCustomerRefs([
  { ...row, contract_no: 'HD-1' },
  { ...row, id: 'c2', name: 'Bình', contract_no: null },
  { ...row, contract_no: 'HD-2' },
])

describe('the short forms of customers', () => {
  it('carry all their contract numbers', () => {
    expect(an).toMatchObject({ id: 'c1', name: 'Lê Ánh', contractNos: ['HD-1', 'HD-2'] })
    expect(binh).toMatchObject({ id: 'c2', contractNos: [] })
  })
})

describe('the owner of a number', () => {
  const both = [an, binh].filter((ref) => ref !== undefined)
  it.each([
    ['nobody when nobody has it', [], null, undefined],
    ['the only one', both.slice(0, 1), null, 'c1'],
    ['nobody yet when there are several', both, null, undefined],
    ['the one picked before', both, 'c2', 'c2'],
    ['nobody yet when the picked one lost the number', both, 'c9', undefined],
  ])('is %s', (_case, candidates, chosenId, owner) => {
    expect(ownersOf(candidates, chosenId).chosen?.id).toBe(owner)
  })
})

describe('the numbers of a form', () => {
  it('count once however they are written', () => {
    const { phones, errors } = readPhones(
      [
        { number: '0912 345 678', label: 'vợ' },
        { number: '+84912345678', label: 'chồng' },
        { number: '0438223344', label: 'số cũ' },
      ],
      normalizeVn,
    )
    expect(errors).toEqual([])
    expect(phones.map((phone) => [phone.number.key, phone.label])).toEqual([
      ['+84912345678', 'vợ'],
      ['0438223344', 'số cũ'],
    ])
  })

  it.each(['unknown', '113', 'gọi cho vợ', 'số 1'])(
    'are refused with their place: %s',
    (number) => {
      const { errors } = readPhones([{ number, label: '' }], normalizeVn)
      expect(errors.map((error) => error.path)).toEqual(['phones.0.number'])
    },
  )
})

it('names the contract that stands twice', () => {
  const contract = {
    contractNo: 'HD-1',
    servicePlan: '',
    services: [],
    installationAddress: '',
    area: '',
    areaClass: 'urban' as const,
    circuitId: null,
    suspended: false,
  }
  expect(doubledContracts([contract, { ...contract, contractNo: 'HD-2' }, contract])).toEqual([
    { path: 'contracts.2.contractNo', message: 'contract HD-1 stands twice' },
  ])
})

it('reads the long form from its rows', () => {
  const contract = {
    id: 'k1',
    contract_no: 'HD-1',
    service_plan: 'FTTH 200',
    installation_address: '',
    area_class: 'rural',
    circuit_id: null,
    suspended: 1,
    status: null,
    services: '["Internet","IPTV"]',
    area: 'Cầu Giấy',
  }
  const holder = { holder_name: null, holder_paper: '001090000001' }
  const stored = { ...row, ...holder, email: null, note: '', version: 1 }
  const parts = { phones: [], representatives: [], contracts: [contract] }
  const read = toCustomer({ ...stored, created_at: '2026-11-23T02:00:00.000Z' }, parts)
  expect(read.holder).toEqual({ name: '', paper: '001090000001' })
  expect(read.contracts).toMatchObject([
    {
      contractNo: 'HD-1',
      areaClass: 'rural',
      area: 'Cầu Giấy',
      services: ['Internet', 'IPTV'],
      status: 'suspended',
      suspended: true,
    },
  ])
})
