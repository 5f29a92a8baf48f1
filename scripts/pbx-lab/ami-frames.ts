/** One AMI frame: headers as received; a repeated header becomes an array. */
export type AmiFrame = Readonly<Record<string, string | string[]>>
/** A frame with the bytes it was read from. */
export type RawFrame = { readonly frame: AmiFrame; readonly bytes: Buffer }

const FRAME_END = Buffer.from('\r\n\r\n')

/** Cuts complete frames off the front of `buffer`; `rest` is what has not ended yet. */
export function splitFrames(buffer: Buffer): {
  readonly frames: RawFrame[]
  readonly rest: Buffer
} {
  const frames: RawFrame[] = []
  let start = 0
  for (let end = buffer.indexOf(FRAME_END); end >= 0; end = buffer.indexOf(FRAME_END, start)) {
    const bytes = buffer.subarray(start, end + FRAME_END.length)
    frames.push({ frame: parseFrame(bytes.toString('utf8')), bytes })
    start = end + FRAME_END.length
  }
  return { frames, rest: buffer.subarray(start) }
}

/** Reads the headers of one frame; bytes that are not UTF-8 have become U+FFFD. */
export function parseFrame(text: string): AmiFrame {
  const frame: Record<string, string | string[]> = {}
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const key = line.slice(0, colon)
    const value = line.slice(colon + 1).replace(/^ /, '')
    const known = frame[key]
    frame[key] = known === undefined ? value : [...[known].flat(), value]
  }
  return frame
}

/** A header as one text: the first when it is repeated, '' when it is absent. */
export function textOf(frame: AmiFrame, key: string): string {
  return [frame[key] ?? ''].flat()[0] ?? ''
}

/** True when every given header has the given value. */
export function matches(frame: AmiFrame, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => textOf(frame, key) === value)
}

/** The bytes of an action; the lab's own values only, so line ends are refused, not escaped. */
export function encodeAction(action: Readonly<Record<string, string | readonly string[]>>): string {
  const lines = Object.entries(action).flatMap(([key, value]) =>
    [value].flat().map((one) => `${key}: ${one}`),
  )
  const broken = lines.find((line) => /[\r\n]/.test(line))
  if (broken !== undefined)
    throw new Error(`line end inside an AMI header: ${JSON.stringify(broken)}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}
