import { expect, test } from 'vitest'
import { z } from 'zod'
import { formFaults } from './form-faults.ts'

const shape = z.object({
  name: z.string().trim().min(1).max(5),
  password: z.string().min(10),
  email: z.email(),
  role: z.enum(['agent', 'noc']),
  count: z.number().min(2).max(4),
  contracts: z.array(z.object({ contractNo: z.string().min(1) })),
})
const right = {
  name: 'An',
  password: '0123456789',
  email: 'an@dcnet.vn',
  role: 'noc',
  count: 3,
  contracts: [],
}

test.each([
  [{ name: ' ' }, { name: { code: 'required' } }],
  [{ name: 'Nguyễn' }, { name: { code: 'too_long', max: 5 } }],
  [{ password: '123' }, { password: { code: 'too_short', min: 10 } }],
  [{ email: 'an@' }, { email: { code: 'format' } }],
  [{ role: 'boss' }, { role: { code: 'choice' } }],
  [{ count: 1 }, { count: { code: 'too_small', min: 2 } }],
  [{ count: 9 }, { count: { code: 'too_large', max: 4 } }],
  [{ count: 'two' }, { count: { code: 'wrong' } }],
  [{ contracts: [{ contractNo: '' }] }, { 'contracts.0.contractNo': { code: 'required' } }],
  [{}, {}],
])('%o', (change, faults) => {
  const result = shape.safeParse({ ...right, ...change }, { reportInput: true })
  expect(formFaults(result.error?.issues ?? [])).toEqual(faults)
})

test('a field that is missing is asked for, one with two faults is told the first', () => {
  const result = z
    .object({ a: z.string(), b: z.string().min(3).regex(/^x/) })
    .safeParse({ b: 'y' }, { reportInput: true })
  expect(formFaults(result.error?.issues ?? [])).toEqual({
    a: { code: 'required' },
    b: { code: 'too_short', min: 3 },
  })
})
