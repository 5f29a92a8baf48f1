import { isUtf8 } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import type { ImportFault } from '#contract/customer-import.ts'
import { type BadByte, badByteIn, type Delimiter, delimiterOf } from './csv-text.ts'

export interface CsvRecord {
  /** Of the file, where the record begins. */
  line: number
  cells: string[]
}

/** The file as a whole cannot be read: the one fault says where and why. */
export class UnreadableCsv extends Error {
  override readonly name = 'UnreadableCsv'
  readonly fault: ImportFault
  constructor(fault: ImportFault) {
    super(fault.message)
    this.fault = fault
  }
}

/** Few enough that reading and checking them takes milliseconds. */
const RECORDS_AT_ONCE = 100
const BYTES_AT_ONCE = 16_384
/** A quote that is not closed would else take the rest of the file for one cell. */
const LONGEST_RECORD = 65_536
const LONGEST_HEADER = 65_536
const BYTE_ORDER_MARK = 3
const NEWLINE = 0x0a
const BYTES_OF_A_LOOK = 262_144
const UTF16_MARKS = new Set(['fffe', 'feff'])

/** Throws UnreadableCsv for bytes that are no UTF-8. Answers the file without its byte order mark. */
export async function requireUtf8(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length === 0) throw unreadable(1, 'the file is empty', 'empty_file')
  const mark = Buffer.from(bytes.subarray(0, BYTE_ORDER_MARK)).toString('hex')
  if (isUtf8(bytes)) return mark === 'efbbbf' ? bytes.subarray(BYTE_ORDER_MARK) : bytes
  const bad = await findBadByte(bytes)
  const hex = `0x${bad.value.toString(16).padStart(2, '0')}`
  const is = UTF16_MARKS.has(mark.slice(0, 4))
    ? 'the file is UTF-16'
    : `byte ${bad.byte} (${hex}) of the file, on line ${bad.line}, is not UTF-8`
  throw unreadable(bad.line, `${is}: save it as CSV UTF-8`, 'encoding', hex)
}

/** In parts that end with a line, which is never within a character. */
async function findBadByte(bytes: Uint8Array): Promise<BadByte> {
  let line = 1
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, from + BYTES_OF_A_LOOK)
    const part = bytes.subarray(from, end === -1 ? bytes.length : end + 1)
    const bad = isUtf8(part) ? null : badByteIn(part)
    if (bad !== null) return { ...bad, line: line + bad.line - 1, byte: from + bad.byte }
    line += part.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0)
    from += part.length
    await nextTurn()
  }
  return { line, byte: bytes.length, value: bytes.at(-1) ?? 0 }
}

/** By the first line that is not empty. */
export function findDelimiter(bytes: Uint8Array): Delimiter {
  const start = new TextDecoder().decode(bytes.subarray(0, LONGEST_HEADER))
  return delimiterOf(start.split(/\r\n|\n|\r/).find((line) => line.trim() !== '') ?? '')
}

/**
 * The records of the file (RFC 4180), the header among them, some at a time; between two parts the
 * event loop turns. Throws UnreadableCsv for quotes that do not fit.
 */
export async function* readRecords(
  bytes: Uint8Array,
  delimiter: Delimiter,
): AsyncGenerator<CsvRecord[]> {
  const parser = parse({
    delimiter,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  })
  pipeline(Readable.from(partsOf(bytes)), parser, () => {})
  let records: CsvRecord[] = []
  try {
    for await (const found of parser) {
      records.push(toRecord(found))
      if (records.length < RECORDS_AT_ONCE) continue
      yield records
      records = []
      await nextTurn()
    }
  } catch (error) {
    if (error instanceof CsvError) throw brokenQuote(error)
    throw error
  }
  if (records.length > 0) yield records
}

function* partsOf(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
    yield Buffer.from(bytes.subarray(from, from + BYTES_AT_ONCE))
  }
}

/** `lines` is where the record ends: cells with line breaks began above. */
function toRecord(found: { info: { lines: number }; record: string[] }): CsvRecord {
  const { info, record } = found
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
  return { line: info.lines - breaks, cells: record }
}

function brokenQuote(error: CsvError): UnreadableCsv {
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1
  const isLong = error.code === 'CSV_MAX_RECORD_SIZE'
  const message = isLong
    ? `a line has more than ${LONGEST_RECORD} characters: most likely a quote is not closed`
    : 'a quote stands where none may: put the whole cell in quotes and double those within'
  return unreadable(line, message, 'quotes')
}

function unreadable(line: number, message: string, code: string, value = ''): UnreadableCsv {
  return new UnreadableCsv({ line, column: '', value, message, code })
}
