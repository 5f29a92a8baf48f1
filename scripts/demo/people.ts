import type { StaffCreate } from '#contract/staff.ts'
import type { CustomerCreate } from '#contract/customers.ts'

/**
 * Everybody and everything here is invented. On the demo's PBX a number that ends in 9 is never
 * picked up and one that ends in 7 is busy, so that promised callbacks meet both.
 */

export const DEMO_PASSWORD = 'demo-hotline'

type DemoPerson = Pick<StaffCreate, 'username' | 'displayName' | 'role' | 'extension'>

/** `admin` exists from the first start; the others are added to it. */
export const DEMO_STAFF: readonly DemoPerson[] = [
  { username: 'lan', displayName: 'Nguyễn Thị Lan', role: 'agent', extension: '101' },
  { username: 'mai', displayName: 'Trần Ngọc Mai', role: 'agent', extension: '102' },
  { username: 'tuan', displayName: 'Phạm Anh Tuấn', role: 'agent', extension: '103' },
  { username: 'giamsat', displayName: 'Lê Minh Hà', role: 'supervisor', extension: '110' },
  { username: 'noc', displayName: 'Đỗ Quang Vinh', role: 'noc', extension: null },
  { username: 'kythuat', displayName: 'Vũ Văn Sơn', role: 'field', extension: null },
]

/** Agents that `--traffic` keeps at work; `lan` is left to the person at the browser. */
export const ROBOT_AGENTS: readonly string[] = ['mai', 'tuan']
export const PERSON_AT_THE_BROWSER = 'lan'

export const DEMO_CUSTOMERS: readonly (Partial<CustomerCreate> & { name: string })[] = [
  {
    name: 'Hoàng Thị Thu Trang',
    address: '12 ngõ 45 Nguyễn Khang, Cầu Giấy, Hà Nội',
    phones: [{ number: '0912 000 101', label: 'di động' }],
    contracts: [contract('DEMO-0001', 'Internet 300 Mb/s', '12 ngõ 45 Nguyễn Khang, Hà Nội')],
  },
  {
    name: 'Hoàng Văn Phúc',
    address: '12 ngõ 45 Nguyễn Khang, Cầu Giấy, Hà Nội',
    note: 'Cùng số điện thoại với chị Thu Trang.',
    phones: [{ number: '0912 000 101', label: 'di động chung' }],
    contracts: [contract('DEMO-0002', 'Internet 150 Mb/s', '8 ngõ 2 Phan Đình Phùng, Nam Định')],
  },
  {
    name: 'Công ty TNHH Ánh Dương Mẫu',
    kind: 'organisation',
    email: 'it@anhduong-mau.example',
    address: '88 Trần Duy Hưng, Hà Nội',
    phones: [
      { number: '024 3000 0102', label: 'văn phòng' },
      { number: '0983 000 102', label: 'phụ trách IT' },
    ],
    contracts: [
      contract('DEMO-0003', 'Kênh thuê riêng 100 Mb/s', '88 Trần Duy Hưng, Hà Nội'),
      contract('DEMO-0004', 'Internet 1 Gb/s', '15 Lê Lợi, Hải Phòng'),
      contract('DEMO-0005', 'Internet 300 Mb/s', 'Khu công nghiệp Đồng Văn, Hà Nam', 'rural'),
    ],
  },
  {
    name: 'Bùi Đức Long',
    address: 'Xã Tân Mẫu, huyện Tân Mẫu, Nghệ An',
    phones: [{ number: '0356 000 109', label: 'di động' }],
    contracts: [contract('DEMO-0006', 'Internet 150 Mb/s', 'Xã Tân Mẫu, Nghệ An', 'rural')],
  },
  {
    name: 'Trường Mầm non Hoa Sen Mẫu',
    kind: 'organisation',
    address: '5 Nguyễn Trãi, Thanh Hóa',
    phones: [{ number: '0237 300 0104', label: 'văn thư' }],
    contracts: [contract('DEMO-0007', 'Internet 300 Mb/s', '5 Nguyễn Trãi, Thanh Hóa')],
  },
  {
    name: 'Đặng Thùy Linh',
    address: 'Chung cư Mẫu, Quận 7, TP. Hồ Chí Minh',
    phones: [{ number: '0707 000 107', label: 'di động' }],
    contracts: [contract('DEMO-0008', 'Internet 500 Mb/s', 'Chung cư Mẫu, TP. Hồ Chí Minh')],
  },
]

/** Each number of theirs, as a telephone dials it. */
export const DEMO_CALLERS = DEMO_CUSTOMERS.flatMap(({ name, phones }) =>
  (phones ?? []).map(({ number }) => ({ name, number: number.replaceAll(' ', '') })),
)

function contract(
  contractNo: string,
  servicePlan: string,
  installationAddress: string,
  areaClass: 'urban' | 'rural' = 'urban',
) {
  const rest = { areaClass, area: '', services: [], circuitId: null, suspended: false }
  return { contractNo, servicePlan, installationAddress, ...rest }
}
