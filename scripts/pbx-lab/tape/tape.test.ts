import { expect, test } from 'vitest'
import { parseFrame } from '../ami-frames.ts'
import { eventLine, formatTape, journalLine, mergeLines } from './tape.ts'

const at = (ms: number): string => new Date(ms).toISOString()
const event = (name: string, ms: number) =>
  eventLine({ frame: { Event: name }, bytes: Buffer.from(name) }, ms)

test('a journal entry stands where the PBX wrote it', () => {
  const entry = { family: 'hotline/20260101', key: 'answered/1.1', value: 'v1|1500|1000' }
  const lines = mergeLines([event('A', 1000), event('B', 2000)], [journalLine(entry)])
  expect(lines.map((line) => line.at)).toEqual([at(1000), at(1500), at(2000)])
  expect(lines[1]).toEqual({ at: at(1500), journal: entry })
})

test('events keep their order of arrival and late journal entries close the tape', () => {
  const late = journalLine({ family: 'f', key: 'ended/1.1', value: 'v1|9000|1000' })
  const lines = mergeLines([event('A', 2000), event('B', 1000)], [late])
  expect(lines.map((line) => line.at)).toEqual([at(2000), at(1000), at(9000)])
})

test('an event stands where the PBX stamped it, however late it arrived', () => {
  const frame = { Event: 'A', Timestamp: '1.500123' }
  const late = eventLine({ frame, bytes: Buffer.from('A') }, 9000)
  const entry = journalLine({ family: 'f', key: 'ended/1.1', value: 'v1|1500|1000' })
  const after = journalLine({ family: 'f', key: 'ended/1.2', value: 'v1|1501|1000' })
  expect(late.at).toBe(at(1500))
  expect(mergeLines([late], [after, entry])).toEqual([entry, late, after])
})

test('bytes that are not UTF-8 are kept beside the event', () => {
  const bytes = Buffer.concat([Buffer.from('CallerIDName: '), Buffer.from([0xe2, 0x20])])
  const line = eventLine({ frame: parseFrame(bytes.toString('utf8')), bytes }, 0)
  expect('raw' in line && line.raw).toBe(bytes.toString('base64'))
  expect('raw' in event('A', 0)).toBe(false)
})

test('a tape is one JSON document per line', () => {
  const header = {
    asterisk: '22.10.1',
    dialplan: 1,
    scenario: 's',
    recordedAt: at(0),
    pbxId: 'pbx1',
    snapshot: { queues: [], channels: [] },
  }
  const lines = formatTape(header, [event('A', 0)])
    .trimEnd()
    .split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    header,
    { at: at(0), event: { Event: 'A' } },
  ])
})
