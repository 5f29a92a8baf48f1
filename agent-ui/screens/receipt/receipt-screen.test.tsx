import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Receipt } from '#contract/casework/receipts.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { ReceiptView } from './receipt-screen.tsx'

const RECEIPT: Receipt = {
  ticketId: 't1',
  code: 'KN-2026-000123',
  kind: 'complaint',
  channel: 'letter',
  receivedAt: '2026-11-22T03:00:00.000Z',
  dueAt: '2026-12-21T16:59:59.999Z',
  dueProvisional: false,
  category: { id: 'BILLING', name: 'Cước phí' },
  subject: 'Cước phí · Cầu Giấy',
  content: '<img src=x onerror=alert(1)>',
  request: 'Hoàn tiền',
  customer: null,
  contractNo: 'HD-1',
  circuitId: null,
  address: null,
  complainant: { relation: 'representative', name: 'Bình', paper: 'GUQ 12' },
  contact: { name: 'Bình', number: '0912 345 678' },
  receivedBy: 'Lan',
  company: { name: 'DCNET', address: 'Hà Nội', hotline: '19000382', email: '', taxCode: '' },
}
let service: FakeService

beforeEach(() => {
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

async function shown(receipt: Receipt): Promise<HTMLElement> {
  service.answer('GET /api/tickets/t1/receipt', { body: receipt })
  const { element } = await mountRouted(inPage(<ReceiptView ticketId="t1" />))
  await settle()
  return element
}

test('the slip says number, who, content, request and deadline, and shows markup as text', async () => {
  const sheet = (await shown(RECEIPT)).querySelector('article')
  const text = sheet?.textContent ?? ''
  for (const words of [
    'Phiếu tiếp nhận khiếu nại',
    'KN-2026-000123',
    'Bình, người đại diện hợp pháp',
    'GUQ 12',
    '<img src=x onerror=alert(1)>',
    'Hoàn tiền',
    'Hạn giải quyết: 21/12/2026 (20 ngày làm việc',
    'DCNET',
  ]) {
    expect(text).toContain(words)
  }
  expect(sheet?.querySelector('img')).toBeNull()
  expect(text).not.toContain('Mã kênh')
})

test('without a request and a deadline the slip says so', async () => {
  const text = (await shown({ ...RECEIPT, request: null, dueAt: null })).textContent ?? ''
  expect(text).toContain('Kiểm tra, xử lý và trả lời kết quả')
  expect(text).toContain('Hạn giải quyết: không áp dụng')
})
