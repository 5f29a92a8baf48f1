import { expect, test } from 'vitest'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { aPop } from '../test-support/samples.ts'
import { CustomerCard } from './customer-card.tsx'

const { number } = aPop().call
const hidden = { raw: '', kind: 'anonymous', key: null, display: '' } as const

function cardOf(given: typeof number): string {
  const card = <CustomerCard customer={null} candidates={[]} number={given} onChoose={null} />
  return mount(inPage(card)).element.textContent ?? ''
}

test('of a number that nobody has it is said so, of a hidden one what to ask', () => {
  expect(cardOf(number)).toContain('Số này chưa có trong danh sách khách hàng.')
  expect(cardOf(hidden)).toContain('Người gọi giấu số')
  expect(cardOf(hidden)).not.toContain('chưa có trong danh sách')
})
