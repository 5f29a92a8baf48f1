/** Headers in the order in which they are sent; a name may stand more than once. */
export type Headers = readonly (readonly [string, string])[]

/** One AMI frame as bytes on the wire. Line ends inside a value would be a new header: refused. */
export function formatFrame(headers: Headers): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const broken = lines.find((line) => /[\r\n]/.test(line))
  if (broken !== undefined) throw new Error(`line end inside ${JSON.stringify(broken)}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** An action as received: header names in lower case, the first value of a repeated one. */
export type Action = ReadonlyMap<string, string>

export function parseAction(text: string): Action {
  const action = new Map<string, string>()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !action.has(name)) action.set(name, line.slice(colon + 1).trim())
  }
  return action
}

/** Cuts complete frames off the front; `rest` has not ended yet. */
export function splitFrames(buffered: string): { frames: string[]; rest: string } {
  const parts = buffered.split('\r\n\r\n')
  const rest = parts.pop() ?? ''
  return { frames: parts.filter((part) => part.trim() !== ''), rest }
}
