import { z } from 'zod'

/** Header → value as Asterisk wrote it, in its order; a repeated header is an array. */
const tapeFrame = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
export type TapeFrame = z.infer<typeof tapeFrame>

const tapeSnapshot = z.object({ queues: z.array(tapeFrame), channels: z.array(tapeFrame) })
export type TapeSnapshot = z.infer<typeof tapeSnapshot>

/** First line of a tape: what was recorded, where, and what the PBX held at that moment. */
const tapeHeader = z.object({
  asterisk: z.string(),
  dialplan: z.number().int(),
  scenario: z.string(),
  recordedAt: z.iso.datetime(),
  pbxId: z.string(),
  snapshot: tapeSnapshot,
})
export type TapeHeader = z.infer<typeof tapeHeader>

const at = z.iso.datetime()
const tapeLine = z.union([
  /** `raw` is the whole frame in base64, kept when its bytes are not UTF-8. */
  z.object({ at, event: tapeFrame, raw: z.base64().optional() }),
  z.object({ at, journal: z.object({ family: z.string(), key: z.string(), value: z.string() }) }),
  z.object({ at, link: z.literal('lost') }),
  z.object({ at, link: z.literal('restored'), snapshot: tapeSnapshot }),
])
export type TapeLine = z.infer<typeof tapeLine>

export interface Tape {
  header: TapeHeader
  lines: TapeLine[]
}

/** Reads a tape's text (JSON lines). Throws with the line number when a line is not as it should be. */
export function parseTape(text: string): Tape {
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '')
  const lines = rest.map((line, index) => parseLine(tapeLine, line, index + 2))
  return { header: parseLine(tapeHeader, first, 1), lines }
}

/** The text of a tape, the reverse of `parseTape`. */
export function formatTape(tape: Tape): string {
  return [tape.header, ...tape.lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** The bytes that Asterisk sent for this frame. */
export function frameBytes(event: TapeFrame, raw?: string): Buffer {
  if (raw !== undefined) return closed(Buffer.from(raw, 'base64'))
  let text = ''
  for (const [name, value] of Object.entries(event)) {
    for (const one of typeof value === 'string' ? [value] : value) text += `${name}: ${one}\r\n`
  }
  return Buffer.from(`${text}\r\n`)
}

/** Ends the frame with its empty line when the recording left that out. */
function closed(bytes: Buffer): Buffer {
  const end = bytes.subarray(-4).toString('latin1')
  if (end === '\r\n\r\n') return bytes
  return Buffer.concat([bytes, Buffer.from(end.endsWith('\r\n') ? '\r\n' : '\r\n\r\n')])
}

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number): T {
  const read = z.string().transform(parseJson).pipe(schema).safeParse(line)
  if (!read.success) throw new Error(`tape line ${number}: ${z.prettifyError(read.error)}`)
  return read.data
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
}
