import { customerCode } from '../../server/customers/customer-record.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Row } from '../../server/db/schema.ts'
import { asStored, newTicket } from '../../server/tickets/new-ticket.ts'
import { OPEN_STATUSES, TICKET_STATES } from '../../server/tickets/ticket.ts'

/** Family names as often as people have them: of ten, four are Nguyễn. */
const FAMILY =
  'Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split(
    ' ',
  )
const MIDDLE = 'Văn Thị Hữu Đức Minh Thanh Ngọc Quốc Xuân Hồng Đình Thu'.split(' ')
const GIVEN =
  'Anh Ánh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Ngọc Nhung Phong Phương Quân Quang Sơn Tâm Thảo Thủy Trang Trung Tuấn Tùng Việt Yến'.split(
    ' ',
  )
const SUBJECTS = [
  'Mất kết nối',
  'Mất kết nối, đèn LOS đỏ',
  'Mạng chậm buổi tối',
  'Tivi không xem được',
  'Điện thoại không gọi được',
  'Đổi mật khẩu wifi',
  'Cáp bị đứt',
  'Modem không lên đèn',
  'Mạng chập chờn',
  'Hỏi cước tháng này',
]
const AREAS = [
  'Cầu Giấy',
  'Đống Đa',
  'Ba Đình',
  'Hoàn Kiếm',
  'Hai Bà Trưng',
  'Thanh Xuân',
  'Hà Đông',
  'Long Biên',
  'Nam Từ Liêm',
  'Bắc Từ Liêm',
  'Hoàng Mai',
  'Tây Hồ',
]
const STREETS = ['Láng', 'Giải Phóng', 'Phố Huế', 'Kim Mã', 'Trần Duy Hưng', 'Nguyễn Trãi']
const CATEGORIES = ['NO_INTERNET', 'SLOW', 'LOS_FIBER_CUT', 'IPTV', 'VOICE', 'WIFI_WEAK', 'BILLING']
const SECONDS_PER_TICKET = 40
const OPEN_TICKETS = 500
/** Of those who ever call, each does so about three times. */
const TICKETS_PER_CUSTOMER = 3

/** Random numbers that are the same in every run. */
function createDice(seed: number) {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const pick = <T>(values: readonly T[]): T => {
    const value = values[below(values.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  return { below, pick }
}

export interface CustomerRows {
  customer: Row<'customer'>
  phone: Row<'customer_phone'>
  contract: Row<'contract'>
}

/** Rows of so many tickets, the last received at `endMs`, and of their customers; `n` counts from 1. */
export function createVietnameseRows(amount: number, endMs: number, staffIds: readonly string[]) {
  const { below, pick } = createDice(7)
  const customers = Math.ceil(amount / TICKETS_PER_CUSTOMER)

  function customerRows(n: number): CustomerRows {
    const id = customerId(n)
    const code = customerCode(n)
    const name = `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`
    const address = `${below(400) + 1} ${pick(STREETS)}, ${pick(AREAS)}, Hà Nội`
    const phone = normalizeVn(phoneOf(n))
    const contractNo = `HD-${2015 + below(11)}-${String(n).padStart(6, '0')}`
    const at = new Date(endMs - amount * SECONDS_PER_TICKET * 1000).toISOString()
    const holder = { holder_name: null, holder_paper: null }
    const customer = {
      id,
      code,
      name,
      kind: 'individual',
      email: null,
      address,
      note: '',
      ...holder,
    }
    return {
      customer: { ...customer, version: 1, created_at: at, updated_at: at },
      phone: {
        id: `p${n}`,
        customer_id: id,
        phone_key: phone.key ?? '',
        raw: phone.raw,
        label: '',
      },
      contract: {
        id: `c${n}`,
        customer_id: id,
        contract_no: contractNo,
        service_plan: 'FTTH',
        installation_address: address,
        area_class: 'urban',
        circuit_id: null,
        suspended: 0,
        area: null,
        services: null,
        status: null,
      },
    }
  }

  function ticketRow(n: number): Row<'ticket'> {
    const receivedAt = new Date(endMs - (amount - n) * SECONDS_PER_TICKET * 1000).toISOString()
    const dueAt = new Date(Date.parse(receivedAt) + 28 * 86_400_000).toISOString()
    const owner = 1 + below(customers)
    const status = n > amount - OPEN_TICKETS ? pick(OPEN_STATUSES) : 'closed'
    const area = pick(AREAS)
    const row = newTicket(
      {
        channel: below(40) === 0 ? 'email' : 'hotline',
        kind: below(20) === 0 ? 'complaint' : 'incident',
        subject: `${pick(SUBJECTS)} · ${area}`,
        description: '',
        number: normalizeVn(phoneOf(owner)),
        customerId: customerId(owner),
        contract: null,
        assigneeId: pick(staffIds),
        receivedAt,
        openedByCallId: null,
        recovered: false,
      },
      { id: ticketId(n), code: codeOf(n), now: receivedAt, dueAt: () => dueAt },
    )
    return {
      ...asStored(row),
      status,
      team: TICKET_STATES[status].owner,
      category: pick(CATEGORIES),
      area,
      closed_at: status === 'closed' ? receivedAt : null,
    }
  }

  return { customers, customerRows, ticketRow }
}

export function ticketId(n: number): string {
  return `ticket-${String(n).padStart(9, '0')}`
}

export function customerId(n: number): string {
  return `customer-${String(n).padStart(9, '0')}`
}

/** Each customer's own. */
export function phoneOf(n: number): string {
  return `09${String((n * 7919) % 100_000_000).padStart(8, '0')}`
}

export function codeOf(n: number): string {
  return `KN-${2020 + Math.floor(n / 200_000)}-${String(n % 200_000).padStart(6, '0')}`
}
