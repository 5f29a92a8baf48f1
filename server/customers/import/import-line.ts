import { z } from 'zod'
import type { ContractStatus, PhoneNumber } from '#contract/customers.ts'
import type { ImportColumn, ImportFault, ImportField } from '#contract/customer-import.ts'
import { cleanText } from '#contract/text.ts'
import { cleanNumberText, customerNumberFault, faultMessage } from '../customer-number.ts'
import type { ReadPhone } from '../customer-record.ts'
import { storedKey } from '../customer-record.ts'
import { foldText } from '../fold-text.ts'

/** A contract as a line gives it; what is undefined the line does not say. */
export interface ImportedContract {
  contractNo: string
  servicePlan?: string
  services?: string[]
  circuitId?: string
  status?: ContractStatus
  installationAddress?: string
  area?: string
  areaClass?: 'urban' | 'rural'
}

/** A customer as a line gives it; an empty cell says nothing, so that what is stored stays. */
export interface ImportedCustomer {
  line: number
  code: string
  name: string
  kind?: 'individual' | 'organisation'
  email?: string
  address?: string
  note?: string
  holderName?: string
  holderPaper?: string
  phones: ReadPhone[]
  contracts: ImportedContract[]
}

export type ReadLine = { customer: ImportedCustomer } | { faults: ImportFault[] }

const MOST_SHOWN = 80
/** `0912345678 (chị Hoa)`: the words are the number's label. */
const WITH_A_NAME = /^([\d\s.+-]+)\((\p{L}[^()\d]{0,39})\)$/u
const UNIT_SEPARATOR = '\u001F'
const LONGEST: Partial<Record<ImportField, number>> = {
  code: 40,
  name: 160,
  address: 300,
  note: 2000,
  holderName: 160,
  holderPaper: 60,
  phone: 60,
  phoneLabel: 40,
  contractNo: 40,
  servicePlan: 80,
  services: 400,
  circuitId: 40,
  installationAddress: 300,
  area: 80,
}
const KINDS = {
  individual: ['ca nhan', 'ho gia dinh', 'individual', 'person'],
  organisation: [
    'to chuc',
    'doanh nghiep',
    'cong ty',
    'co quan',
    'organisation',
    'organization',
    'company',
  ],
} as const
const AREA_CLASSES = {
  urban: ['thanh thi', 'do thi', 'thanh pho', 'noi thanh', 'urban'],
  rural: ['nong thon', 'ngoai thanh', 'rural'],
} as const
const STATUSES = {
  active: ['dang hoat dong', 'hoat dong', 'dang dung', 'active'],
  suspended: ['tam ngung', 'tam dung', 'tam khoa', 'suspended'],
  ended: ['da thanh ly', 'thanh ly', 'da cham dut', 'cham dut', 'ket thuc', 'ended'],
} as const
const MOST_SERVICES = 20
const email = z.email().max(160)

/** Where each field stands in a line; the same for all lines of a file. */
export interface Layout {
  columns: readonly ImportColumn[]
  /** By field and part. */
  places: ReadonlyMap<string, number>
  /** Parts of the numbers and contracts, ascending. */
  phoneParts: readonly number[]
  contractParts: readonly number[]
}

export function layoutOf(columns: readonly ImportColumn[]): Layout {
  const partsOf = (field: ImportField) =>
    columns
      .flatMap((column) => (column.field === field ? [column.part] : []))
      .toSorted((a, b) => a - b)
  const places = new Map(
    columns.flatMap(({ field, part }, index) =>
      field === null ? [] : [[`${field} ${part}`, index] as const],
    ),
  )
  const contractParts = partsOf('contractNo')
  return { columns, places, phoneParts: partsOf('phone'), contractParts }
}

/** Reads one line by the columns of the file: the customer, or everything that is wrong with it. */
export function readLine(
  line: number,
  given: readonly string[],
  layout: Layout,
  describe: (raw: string) => PhoneNumber,
): ReadLine {
  const reader = createReader(line, cleanCells(given), layout)
  const code = reader.required('code').toUpperCase()
  const name = reader.required('name')
  const parts = {
    kind: reader.oneOf('kind', KINDS),
    email: readEmail(reader),
    address: reader.text('address'),
    note: reader.text('note'),
    holderName: reader.text('holderName'),
    holderPaper: reader.text('holderPaper'),
  }
  const phones = readPhones(reader, layout.phoneParts, describe)
  const contracts = readContracts(reader, layout.contractParts)
  reader.requireWidth()
  if (reader.faults.length > 0) return { faults: reader.faults }
  return { customer: { line, code, name, ...defined(parts), phones, contracts } }
}

type Reader = ReturnType<typeof createReader>

/** All cells in one go, which is what costs: no cell holds the sign between them. */
function cleanCells(cells: readonly string[]): readonly string[] {
  const cleaned = cleanText(cells.join(UNIT_SEPARATOR)).split(UNIT_SEPARATOR)
  const isWhole = cleaned.length === cells.length
  return (isWhole ? cleaned : cells.map(cleanText)).map((cell) => cell.trim())
}

function createReader(line: number, cells: readonly string[], { columns, places }: Layout) {
  const faults: ImportFault[] = []

  function refuse(index: number, message: string, code: string): void {
    const column = columns[index]?.header ?? String(index + 1)
    faults.push({ line, column, value: (cells[index] ?? '').slice(0, MOST_SHOWN), message, code })
  }

  /** The cell's words; undefined when it is empty or there is no such column. */
  function text(field: ImportField, part = 1): string | undefined {
    const index = places.get(`${field} ${part}`)
    const words = index === undefined ? '' : (cells[index] ?? '')
    if (index === undefined || words === '') return undefined
    const longest = LONGEST[field] ?? 160
    if (words.includes('\0')) refuse(index, 'must not hold the character U+0000', 'character')
    if (words.length <= longest) return words
    refuse(index, `has ${words.length} characters, ${longest} are the most`, 'too_long')
    return undefined
  }

  function required(field: ImportField): string {
    const index = places.get(`${field} 1`) ?? 0
    if ((cells[index] ?? '') === '') refuse(index, 'must not be empty', `${field}_missing`)
    return text(field) ?? ''
  }

  function oneOf<K extends string>(
    field: ImportField,
    words: Readonly<Record<K, readonly string[]>>,
    part = 1,
  ): K | undefined {
    const given = text(field, part)
    if (given === undefined) return undefined
    const folded = foldText(given)
    // oxlint-disable-next-line no-unsafe-type-assertion -- `Object.keys` has forgotten its keys
    const keys = Object.keys(words) as K[]
    const found = keys.find((key) => words[key].includes(folded))
    const allowed = keys.map((key) => words[key][0]).join(', ')
    if (found === undefined)
      refuse(indexOf(field, part), `is none of: ${allowed}`, `${field}_unknown`)
    return found
  }

  function indexOf(field: ImportField, part = 1): number {
    return places.get(`${field} ${part}`) ?? 0
  }

  /** More cells than columns: most often a sign of division within words that want quotes. */
  function requireWidth(): void {
    const index = cells.findIndex((cell, at) => at >= columns.length && cell.trim() !== '')
    if (index === -1) return
    const message = `has ${cells.length} cells, the first line ${columns.length}: put words with the dividing sign in quotes`
    refuse(index, message, 'too_many_cells')
  }

  return { faults, refuse, text, required, oneOf, indexOf, requireWidth }
}

function readEmail(reader: Reader): string | undefined {
  const given = reader.text('email')
  if (given === undefined || email.safeParse(given).success) return given
  reader.refuse(reader.indexOf('email'), 'is no address, for example lan@example.com', 'email')
  return undefined
}

/** Each number once; those that can be no telephone of a customer are refused with what is right. */
function readPhones(
  reader: Reader,
  parts: readonly number[],
  describe: (raw: string) => PhoneNumber,
): ReadPhone[] {
  const phones = new Map<string, ReadPhone>()
  for (const part of parts) {
    const given = reader.text('phone', part)
    if (given === undefined) continue
    const [, digits = given, whose = ''] = WITH_A_NAME.exec(given) ?? []
    const label = reader.text('phoneLabel', part) ?? whose
    const written = cleanNumberText(digits)
    const number = describe(written)
    const fault = customerNumberFault(written, number)
    if (fault !== null) {
      reader.refuse(reader.indexOf('phone', part), faultMessage(given, fault), fault)
    } else if (!phones.has(storedKey(number))) phones.set(storedKey(number), { number, label })
  }
  return [...phones.values()]
}

function readContracts(reader: Reader, parts: readonly number[]): ImportedContract[] {
  const contracts = new Map<string, ImportedContract>()
  for (const part of parts) {
    const contractNo = reader.text('contractNo', part)
    const services = reader.text('services', part)?.split(/[;,|/+]/)
    const rest = defined({
      servicePlan: reader.text('servicePlan', part),
      services: services?.map((one) => one.trim()).filter((one) => one !== ''),
      circuitId: reader.text('circuitId', part),
      status: reader.oneOf('contractStatus', STATUSES, part),
      installationAddress: reader.text('installationAddress', part),
      area: reader.text('area', part),
      areaClass: reader.oneOf('areaClass', AREA_CLASSES, part),
    })
    const at = reader.indexOf('contractNo', part)
    if ((rest.services?.length ?? 0) > MOST_SERVICES) {
      reader.refuse(reader.indexOf('services', part), `${MOST_SERVICES} are the most`, 'too_long')
    }
    if (contractNo === undefined) {
      if (Object.keys(rest).length === 0) continue
      reader.refuse(at, 'must not be empty when the line says more of it', 'contract_missing')
    } else if (contracts.has(contractNo)) {
      reader.refuse(at, 'stands twice in this line', 'contract_doubled')
    } else contracts.set(contractNo, { contractNo, ...rest })
  }
  return [...contracts.values()]
}

/** Without what is undefined. */
function defined<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(parts).filter(([, value]) => value !== undefined)
  // oxlint-disable-next-line no-unsafe-type-assertion -- the same keys, without the undefined ones
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
