/** Header name → value; an array is the header repeated. Names are sent as they are written. */
export type Frame = Record<string, string | number | readonly string[]>

/** One action as the server received it. */
export interface ReceivedAction {
  /** Counts connections from 1. */
  connection: number
  /** Lower-case: `originate`. */
  name: string
  actionId: string
  /** First value per lower-case header name. */
  headers: Record<string, string>
  /** Exactly what was sent. */
  raw: string
}

/** The bytes of one AMI frame: a line per header, CRLF, closed by an empty line. */
export function encodeFrame(frame: Frame): string {
  let text = ''
  for (const [name, value] of Object.entries(frame)) {
    for (const one of Array.isArray(value) ? value : [value]) text += `${name}: ${one}\r\n`
  }
  return `${text}\r\n`
}

export function decodeAction(connection: number, raw: string): ReceivedAction {
  const headers: Record<string, string> = {}
  for (const line of raw.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    headers[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim()
  }
  const name = (headers['action'] ?? '').toLowerCase()
  return { connection, name, actionId: headers['actionid'] ?? '', headers, raw }
}

/** `Response: Success`, the items (given the ActionID) and the completing event, as Asterisk lists. */
export function listReply(action: ReceivedAction, complete: string, items: Frame[]): Frame[] {
  const id = { ActionID: action.actionId }
  return [
    { Response: 'Success', ...id, EventList: 'start', Message: 'Result will follow' },
    ...items.map((item) => ({ ...withEventFirst(item), ...id })),
    { Event: complete, ...id, EventList: 'Complete', ListItems: items.length },
  ]
}

export function success(action: ReceivedAction, more: Frame = {}): Frame {
  return { Response: 'Success', ActionID: action.actionId, ...more }
}

export function failure(action: ReceivedAction, message: string): Frame {
  return { Response: 'Error', ActionID: action.actionId, Message: message }
}

function withEventFirst(item: Frame): Frame {
  const { Event: event, ...rest } = item
  return { Event: event ?? '', ...rest }
}
