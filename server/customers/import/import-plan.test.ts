import { expect, it } from 'vitest'
import { normalizeVn } from '../phone-number.ts'
import type { ImportedCustomer } from './import-line.ts'
import { planLine, type StoredCustomer } from './import-plan.ts'

const line: ImportedCustomer = {
  line: 2,
  code: 'KH-1',
  name: 'Lê Ánh',
  phones: [{ number: normalizeVn('0912345678'), label: '' }],
  contracts: [{ contractNo: 'HD-1', servicePlan: 'FTTH 200' }],
}

function tools() {
  let last = 0
  return { newId: () => `new-${++last}` }
}

/** The rows of that line as an import would have stored them. */
function stored(): StoredCustomer {
  const planned = planLine(line, null, tools())
  if (planned === null) throw new Error('a new customer is a change')
  const at = '2026-11-27T00:00:00.000Z'
  const customer = { ...planned.customer, version: 4, created_at: at, updated_at: at }
  return { customer, phones: planned.phones, contracts: planned.contracts }
}

it('a code that nobody has is a new customer', () => {
  expect(planLine(line, null, tools())).toMatchObject({
    change: 'create',
    baseVersion: 0,
    customer: { id: 'new-1', kind: 'individual' },
    phones: [{ id: 'new-2', customer_id: 'new-1', phone_key: '+84912345678' }],
    contracts: [{ id: 'new-3', contract_no: 'HD-1', area_class: 'urban', status: 'active' }],
  })
})

it('a line that says what is stored changes nothing', () => {
  expect(planLine(line, stored(), tools())).toBeNull()
})

it('rows of earlier releases, with null where there is an empty value today, do not change', () => {
  const before = stored()
  const contracts = before.contracts.map((row) => {
    return { ...row, status: null, services: null, area: null }
  })
  expect(planLine(line, { ...before, contracts }, tools())).toBeNull()
})

it('a new number is added, and what the line does not name stays', () => {
  const phones = [{ number: normalizeVn('0987654321'), label: 'vợ' }]
  const planned = planLine({ ...line, phones }, stored(), tools())
  expect(planned).toMatchObject({
    change: 'update',
    baseVersion: 4,
    phones: [{ phone_key: '+84987654321', label: 'vợ' }],
    contracts: [],
  })
})

it('what the line does not say of a contract stays', () => {
  const contracts = [{ contractNo: 'HD-1', circuitId: 'LL-1' }]
  expect(planLine({ ...line, contracts }, stored(), tools())?.contracts).toMatchObject([
    { id: 'new-3', service_plan: 'FTTH 200', circuit_id: 'LL-1' },
  ])
})
