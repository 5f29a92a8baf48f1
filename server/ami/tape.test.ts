import { describe, expect, it } from 'vitest'
import { formatTape, frameBytes, parseTape, type Tape } from './tape.ts'

const tape: Tape = {
  header: {
    asterisk: '22.10.1',
    dialplan: 1,
    scenario: 'answered',
    recordedAt: '2026-11-22T10:14:42.067Z',
    pbxId: 'pbx1',
    snapshot: { queues: [{ Event: 'QueueParams', Queue: 'hotline' }], channels: [] },
  },
  lines: [
    { at: '2026-11-22T10:14:42.072Z', event: { Event: 'Hold', ChanVariable: ['A=1', 'B=2'] } },
    {
      at: '2026-11-22T10:14:42.583Z',
      journal: { family: 'hotline/20261122', key: 'answered/1.0', value: 'v1|1' },
    },
    { at: '2026-11-22T10:14:43.000Z', link: 'lost' },
    {
      at: '2026-11-22T10:14:44.000Z',
      link: 'restored',
      snapshot: { queues: [], channels: [] },
    },
  ],
}

describe('a tape', () => {
  it('reads back as it was written', () => {
    expect(parseTape(formatTape(tape))).toEqual(tape)
  })

  it('names the line that is wrong', () => {
    const text = formatTape(tape)
    expect(() => parseTape(text.replace('"link":"lost"', '"link":"cut"'))).toThrow(/^tape line 4/)
    expect(() => parseTape(`${text}{`)).toThrow(/tape line 6: .*is not JSON/)
    expect(() => parseTape(text.replace('"answered"', '7'))).toThrow(/^tape line 1/)
  })
})

describe('the bytes of a frame', () => {
  it('are a line per header and per repeated value, closed by an empty line', () => {
    const bytes = frameBytes({ Event: 'Hold', ChanVariable: ['A=1', 'B='], MusicClass: '' })
    expect(bytes.toString()).toBe(
      'Event: Hold\r\nChanVariable: A=1\r\nChanVariable: B=\r\nMusicClass: \r\n\r\n',
    )
  })

  it('are the recorded ones where those are not UTF-8, closed when they were not', () => {
    const broken = Buffer.from([0x45, 0x3a, 0x20, 0xe2])
    const whole = Buffer.concat([broken, Buffer.from('\r\n\r\n')])
    expect(frameBytes({ E: '?' }, broken.toString('base64'))).toEqual(whole)
    expect(frameBytes({ E: '?' }, whole.toString('base64'))).toEqual(whole)
    const oneLine = Buffer.concat([broken, Buffer.from('\r\n')])
    expect(frameBytes({ E: '?' }, oneLine.toString('base64'))).toEqual(whole)
  })
})
