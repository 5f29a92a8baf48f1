import type { ImportColumn, ImportFault, ImportField } from '#contract/customer-import.ts'
import { foldText } from '../fold-text.ts'

/** Names of columns as people write them in Vietnamese and English, folded; the first is ours. */
const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  code: ['ma khach hang', 'ma kh', 'makh', 'customer code', 'code', 'customer id'],
  name: ['ten khach hang', 'ten kh', 'ho ten', 'ho va ten', 'ten', 'customer name', 'name'],
  kind: ['loai khach hang', 'loai kh', 'loai', 'kind', 'customer type', 'type'],
  email: ['email', 'e mail', 'thu dien tu', 'dia chi email'],
  address: ['dia chi', 'dia chi khach hang', 'address', 'customer address'],
  note: ['ghi chu', 'note', 'notes'],
  holderName: ['chu hop dong', 'chu the hop dong', 'nguoi dung ten', 'holder', 'contract holder'],
  holderPaper: ['giay to', 'cccd', 'cmnd', 'so giay to', 'mst', 'ma so thue', 'paper', 'id paper'],
  phone: [
    'dien thoai',
    'so dien thoai',
    'sdt',
    'di dong',
    'so may',
    'phone',
    'mobile',
    'telephone',
  ],
  phoneLabel: ['ghi chu dien thoai', 'ghi chu sdt', 'nhan dien thoai', 'phone label', 'label'],
  contractNo: ['so hop dong', 'hop dong', 'ma hop dong', 'so hd', 'contract no', 'contract'],
  servicePlan: ['goi cuoc', 'goi dich vu', 'service plan', 'plan'],
  services: ['dich vu', 'services', 'service'],
  circuitId: ['ma kenh', 'ma mach', 'so kenh', 'circuit id', 'circuit'],
  contractStatus: ['trang thai', 'tinh trang', 'trang thai hop dong', 'status', 'contract status'],
  installationAddress: ['dia chi lap dat', 'noi lap dat', 'installation address', 'site address'],
  area: ['khu vuc', 'quan huyen', 'dia ban', 'area', 'district'],
  areaClass: ['loai khu vuc', 'phan loai khu vuc', 'vung', 'area class'],
}

const FIELD_BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name) => [name, importFieldOf(field)] as const),
  ),
)

/** What stands once for each telephone or contract. */
const OF_PHONE: readonly ImportField[] = ['phone', 'phoneLabel']
const OF_CONTRACT: readonly ImportField[] = [
  'contractNo',
  'servicePlan',
  'services',
  'circuitId',
  'contractStatus',
  'installationAddress',
  'area',
  'areaClass',
]
const REQUIRED: readonly ImportField[] = ['code', 'name']
const MOST_SHOWN = 80

/** `Số điện thoại (2)` is the second telephone: what each header of the file is taken for. */
export function readColumns(headers: readonly string[]): ImportColumn[] {
  return headers.map((header) => {
    const folded = foldText(header)
      .replaceAll(/[^a-z0-9]+/g, ' ')
      .trim()
    const [, name = '', digits = ''] = /^(.*?)\s*([1-9]?)$/.exec(folded) ?? []
    const field = FIELD_BY_NAME.get(name) ?? null
    const isPart = field !== null && [...OF_PHONE, ...OF_CONTRACT].includes(field)
    if (digits !== '' && !isPart) return { header, field: null, part: 1 }
    return { header, field, part: digits === '' ? 1 : Number(digits) }
  })
}

/** Columns that are missing or stand twice, and parts of a contract whose number has no column. */
export function columnFaults(columns: readonly ImportColumn[]): ImportFault[] {
  const faults: ImportFault[] = []
  const seen = new Map<string, ImportColumn>()
  for (const column of columns) {
    if (column.field === null) continue
    const key = `${column.field} ${column.part}`
    const before = seen.get(key)
    if (before !== undefined) {
      const message = `"${column.header}" and "${before.header}" are the same column: keep one`
      faults.push(headerFault(column.header, message, 'column_doubled'))
    }
    seen.set(key, column)
  }
  for (const field of REQUIRED.filter((one) => !seen.has(`${one} 1`))) {
    const [name = ''] = NAMES[field]
    const example = NAMES[field].at(-1) ?? ''
    const message = `the file needs a column "${name}" (or "${example}") in its first line`
    faults.push(headerFault(field, message, 'column_missing'))
  }
  return [...faults, ...orphans(columns, seen)]
}

function orphans(
  columns: readonly ImportColumn[],
  seen: ReadonlyMap<string, ImportColumn>,
): ImportFault[] {
  return columns.flatMap(({ header, field, part }) => {
    if (field === null) return []
    const owner = OF_CONTRACT.includes(field) ? 'contractNo' : 'phone'
    const isPart = OF_CONTRACT.includes(field) || OF_PHONE.includes(field)
    if (!isPart || seen.has(`${owner} ${part}`)) return []
    const [name = ''] = NAMES[owner]
    const message = `"${header}" belongs to a column "${name}${part > 1 ? ` ${part}` : ''}", which is missing`
    return [headerFault(header, message, 'column_alone')]
  })
}

function headerFault(column: string, message: string, code: string): ImportFault {
  return { line: 1, column, value: column.slice(0, MOST_SHOWN), message, code }
}

/** `Object.entries` has forgotten which keys there are. */
function importFieldOf(text: string): ImportField {
  // oxlint-disable-next-line no-unsafe-type-assertion -- a key of NAMES
  return text as ImportField
}
