import { expect, it } from 'vitest'
import { normalizeVn } from '../phone-number.ts'
import { UnreadableCsv } from './csv-import.ts'
import { type CustomerFile, openFile } from './file-service.ts'
import { type CheckedStep, checkLines } from './lines-service.ts'

const HOTLINE = '02473000000'
const ownKey = normalizeVn(HOTLINE).key
const describeNumber = (raw: string) => normalizeVn(raw, { ownKey })
const open = (bytes: Uint8Array) =>
  openFile(bytes, { describe: describeNumber, hotlineNumber: HOTLINE })

/** More than what is read without a thread. */
const LINES = Array.from(
  { length: 8_000 },
  (_, index) => `DC-${index},Nguyễn Thị Ánh ${index},09${20_000_000 + index},HD-${index}`,
)
const HEADER = 'Mã KH,Tên,Điện thoại,Số hợp đồng'
const bytesOf = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\r\n'))

async function all(steps: ReturnType<CustomerFile['steps']>): Promise<CheckedStep[]> {
  const read: CheckedStep[] = []
  for await (const step of steps) read.push(step)
  return read
}

it('a large file is read in a thread as a small one is here, and may be read again', async () => {
  const bytes = bytesOf(...LINES, 'DC-7,An,,', 'DC-X,An,123,', `DC-Y,An,${HOTLINE},`)
  const here = await all(checkLines(Buffer.from(bytes), describeNumber))
  const file = open(bytes)
  const there = await all(file.steps())
  expect(there).toEqual(here)
  expect(there.flatMap(({ faults }) => faults.map(({ code }) => code))).toEqual([
    'code_doubled',
    'number_short',
    'number_nobody',
  ])
  expect(await all(file.steps())).toEqual(here)
  await file.close()
  await expect(all(file.steps())).rejects.toThrow('the thread that reads the file ended')
})

it('a thread says where a large file cannot be read', async () => {
  const file = open(bytesOf(...LINES, 'DC-7,"An" b,,'))
  await expect(all(file.steps())).rejects.toThrow(UnreadableCsv)
  await file.close()
})
