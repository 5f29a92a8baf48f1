import { describe, expect, test } from 'vitest'
import { aCustomer } from '../test-support/samples.ts'
import {
  NEW_CONTRACT,
  customerEntryOf,
  customerEntrySchema,
  customerInput,
} from './customer-entry.ts'
import { formFaults } from './form-faults.ts'

describe('a customer in the form', () => {
  test('comes back as it was when nothing was changed', () => {
    const customer = aCustomer()
    const { name, contracts, representatives } = customerInput(customerEntryOf(customer))
    expect(name).toBe(customer.name)
    expect(contracts?.[0]).toMatchObject({ services: ['Internet', 'IPTV'], circuitId: 'CG-1' })
    expect(representatives?.[0]).toMatchObject({ validUntil: null, number: null })
  })

  test('of a caller begins with the number that called', () => {
    expect(customerEntryOf(null, '0912 345 678').phones).toEqual([
      { number: '0912 345 678', label: '' },
    ])
  })

  test('says what is wrong at the line where it is', () => {
    const entry = { ...customerEntryOf(null), name: 'Mai', contracts: [{ ...NEW_CONTRACT }] }
    const { error } = customerEntrySchema.safeParse(entry, { reportInput: true })
    expect(formFaults(error?.issues ?? [])).toEqual({
      'contracts.0.contractNo': { code: 'required' },
    })
    const named = { ...entry, contracts: [], email: 'mai@' }
    expect(customerEntrySchema.safeParse(named).success).toBe(false)
    expect(customerEntrySchema.safeParse({ ...named, email: '' }).success).toBe(true)
  })
})
