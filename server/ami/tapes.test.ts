import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSessionUnderTest } from '../../test/support/ami-session.ts'
import { parsedFrame } from '../../test/support/ami-frame.ts'
import { IGNORED_EVENTS, parseAmiEvent } from './ami-event.ts'
import { callerNumber } from './channel-view.ts'
import { journalEvent } from './journal/journal.ts'
import { readSnapshot } from './snapshot.ts'
import { frameBytes, parseTape } from './tape.ts'
import { toCallEvent } from './to-call-event.ts'

const FOLDER = new URL('../../test/tapes/', import.meta.url)
const tapes = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => ({ name, ...parseTape(readFileSync(new URL(name, FOLDER), 'utf8')) }))

/** What a real Asterisk said, recorded by the lab. */
describe.each(tapes)('$name', ({ header, lines }) => {
  it('is understood to the last frame and journal entry', async () => {
    const room = await createSessionUnderTest()
    await room.ready()
    const frames = lines.filter((line) => 'event' in line)
    for (const line of frames) room.fake.sendRaw(frameBytes(line.event, line.raw))
    await room.heard(frames.length)
    await room.stop()
    const problems = room.events
      .map((frame) => parseAmiEvent(frame))
      .filter((event) => event.event === null && !IGNORED_EVENTS.has(event.name))
    expect(problems).toEqual([])
    expect(room.counted('ami_suspicious_frames')).toBe(0)
    const entries = lines.filter((line) => 'journal' in line).map((line) => line.journal)
    const unread = entries.filter(({ key, value }) => journalEvent('pbx1', key, value) === null)
    expect(unread).toEqual([])
  })

  it('begins with a snapshot that can be read', () => {
    const { queues, channels } = header.snapshot
    const frames = [queues.map(parsedFrame), channels.map(parsedFrame)] as const
    const read = readSnapshot(...frames, header.recordedAt, null)
    expect(read.bad).toBe(0)
  })
})

it('a hidden number is in no event after the dialplan hid it', () => {
  const tape = tapes.find(({ name }) => name === 'hidden-number.jsonl')
  const events = (tape?.lines ?? []).filter((line) => 'event' in line)
  const views = events.map((line) => {
    const event = parseAmiEvent(parsedFrame(line.event))
    return event.event === null ? null : toCallEvent('pbx1', event, line.at)
  })
  const hiddenAt = views.findIndex((view) => view?.type === 'presentation_changed')
  expect(views[hiddenAt]).toMatchObject({ withheld: true, callerIdNum: null })
  expect(JSON.stringify(views.slice(hiddenAt))).not.toMatch(/"callerIdNum":"0/)
})

it('line feeds in a number reach us as part of the number, which ends before them', () => {
  const tape = tapes.find(({ name }) => name === 'number-with-line-feed.jsonl')
  const line = tape?.lines.find((one) => 'event' in one && one.event['Event'] === 'Newchannel')
  const raw = line && 'event' in line ? String(line.event['CallerIDNum']) : ''
  expect(raw).toBe('0900000004\nEvent: Hangup\nCause: x')
  expect(callerNumber(raw.replaceAll('\n', '\v'))).toBe('0900000004')
})
