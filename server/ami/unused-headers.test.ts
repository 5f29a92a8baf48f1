import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parsedFrame } from '../../test/support/ami-frame.ts'
import { HEADERS_READ, parseAmiEvent } from './ami-event.ts'
import { readSnapshot } from './snapshot.ts'
import { frameBytes, parseTape, type TapeFrame } from './tape.ts'
import { toCallEvent } from './to-call-event.ts'
import { toQueueEvent } from './to-queue-event.ts'
import { UNUSED_NAMES, withoutUnusedHeaders } from './unused-headers.ts'

const AT = '2026-11-22T10:00:00.000Z'
const FOLDER = new URL('../../test/tapes/', import.meta.url)
const tapes = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))

/** The headers of one frame's text, as asterisk-manager would find them. */
function headersOf(text: string): TapeFrame {
  const headers: Record<string, string[]> = {}
  for (const line of text.split('\r\n').filter((one) => one !== '')) {
    const colon = line.indexOf(': ')
    const values = (headers[line.slice(0, colon)] ??= [])
    values.push(line.slice(colon + 2))
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, [first = '', ...more]]) => [
      name,
      more.length === 0 ? first : [first, ...more],
    ]),
  )
}

/** What it means for the calls and the queues. */
function read(text: string) {
  const event = parseAmiEvent(parsedFrame(headersOf(text)))
  const heard = event.event === null ? null : event
  return {
    name: event.event,
    at: heard?.timestamp,
    call: heard && toCallEvent('pbx1', heard, AT),
    queue: heard && toQueueEvent('pbx1', heard, AT),
  }
}

it.each(tapes)('every event of %s says the same without them, in less text', (name) => {
  const { lines } = parseTape(readFileSync(new URL(name, FOLDER), 'utf8'))
  const frames = lines.flatMap((line) => ('event' in line ? [frameBytes(line.event)] : []))
  const texts = frames.map((bytes) => bytes.toString('utf8'))
  const shorter = texts.map(withoutUnusedHeaders)
  expect(shorter.map(read)).toEqual(texts.map(read))
  expect(shorter.join('').length).toBeLessThan(0.75 * texts.join('').length)
})

function reread(frame: TapeFrame) {
  return parsedFrame(headersOf(withoutUnusedHeaders(frameBytes(frame).toString('utf8'))))
}

it.each(tapes)('the lists at the beginning of %s say the same without them', (name) => {
  const { queues, channels } = parseTape(readFileSync(new URL(name, FOLDER), 'utf8')).header
    .snapshot
  const shorter = readSnapshot(queues.map(reread), channels.map(reread), AT, null)
  expect(shorter).toEqual(
    readSnapshot(queues.map(parsedFrame), channels.map(parsedFrame), AT, null),
  )
})

it.each(HEADERS_READ)('keeps %s, which an event is read by', (header) => {
  expect(header).not.toMatch(new RegExp(`^(?:${UNUSED_NAMES})$`, 'i'))
})

it('takes whole lines only, wherever the network cuts', () => {
  const text = 'Event: Hold\r\nLanguage: vi\r\nAccountCode: \r\nUniqueid: 1.1\r\n\r\n'
  for (let cut = 0; cut <= text.length; cut++) {
    const parts = [text.slice(0, cut), text.slice(cut)].map(withoutUnusedHeaders)
    const left = parts.join('').split('\r\n')
    const expected = ['Event: Hold', 'Language: vi', 'AccountCode: ', 'Uniqueid: 1.1', '', '']
    expect(expected.filter((line) => left.includes(line) || !/^[LA]/.test(line))).toEqual(left)
  }
  expect(withoutUnusedHeaders(text)).toBe('Event: Hold\r\nUniqueid: 1.1\r\n\r\n')
})

it('leaves out variables that are not set, and keeps those that are', () => {
  const text = 'Event: Hangup\r\nChanVariable: CLI=\r\nChanVariable: HOTLINE_CLI=allowed\r\n\r\n'
  expect(withoutUnusedHeaders(text)).toBe(
    'Event: Hangup\r\nChanVariable: HOTLINE_CLI=allowed\r\n\r\n',
  )
})

it.each([
  'Event: Hold\r\nXLanguage: vi\r\n\r\n',
  'Event: Hold\r\nLanguages: vi\r\n\r\n',
  'Language: vi\r\n\r\n',
  'Event: Newchannel\r\nCallerIDNum: 09\nLanguage: vi\r\n\r\n',
  'Event: Newchannel\r\nLanguage: v\ni\r\n\r\n',
  'Event: Newchannel\r\nLanguage: v\ri\r\n\r\n',
  'Event: Newchannel\r\nExten: Language: vi\r\n\r\n',
])('leaves %j as it is', (text) => {
  expect(withoutUnusedHeaders(text)).toBe(text)
})

it('keeps an empty HOTLINE: it tells a PBX that tags from one that does not', () => {
  const text = 'Event: Hangup\r\nChanVariable: HOTLINE=\r\nChanVariable: HOTLINE_CLI=\r\n\r\n'
  expect(withoutUnusedHeaders(text)).toBe('Event: Hangup\r\nChanVariable: HOTLINE=\r\n\r\n')
})
