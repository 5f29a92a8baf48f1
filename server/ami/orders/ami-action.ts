/** An action as `[header, value]` lines in the order to send, `Action` first, without ActionID. */
export interface AmiAction {
  name: string
  headers?: Readonly<Record<string, string | number | undefined>>
  /** Channel variables; names from `VARIABLE_NAMES` only. */
  variables?: Readonly<Record<string, string>>
}

/** A header, value or variable that must not reach the wire. Nothing was sent. */
export class UnsafeAction extends Error {
  override readonly name = 'UnsafeAction'
}

/** Asterisk cuts lines at 1024 bytes and actions at 128 lines; both limits are below that. */
export const MAX_LINE_BYTES = 1000
const MAX_LINES = 120
/** Longer ids corrupt list replies (256-byte buffer in Asterisk). */
const MAX_ACTION_ID = 200

/**
 * Variables that the service may set on a channel. A constant list, because Asterisk runs names that
 * end in `)` as functions (`FILE(…)=`).
 */
export const VARIABLE_NAMES: ReadonlySet<string> = new Set([
  'CALLBACK_EXPIRES',
  'CALLBACK_CONFIRM',
  'CALLBACK_NUMBER',
  'CALLBACK_WAIT',
  'CALLBACK_POSITION',
  'CALLBACK_HOLD',
  'SPY_TARGET',
])

const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,39}$/
/** Asterisk splits Variable values at commas and honours quotes and backslashes. */
const VARIABLE_VALUE = /^[A-Za-z0-9_+.:@-]*$/
// oxlint-disable-next-line no-control-regex -- exactly these end a line, a frame or a C string
const LINE_BREAKERS = /[\r\n\0]/

/** The bytes of an action. Throws `UnsafeAction` when any part could be read as something else. */
export function encodeAction(action: AmiAction, actionId: string): string {
  if (actionId.length > MAX_ACTION_ID) throw new UnsafeAction('the ActionID is too long')
  const lines = [line('Action', action.name), line('ActionID', actionId)]
  for (const [key, value] of Object.entries(action.headers ?? {})) {
    if (value === undefined) continue
    if (!HEADER_NAME.test(key)) throw new UnsafeAction('a header name is not allowed')
    lines.push(line(key, String(value)))
  }
  for (const [name, value] of Object.entries(action.variables ?? {})) {
    if (!VARIABLE_NAMES.has(name)) throw new UnsafeAction('a variable name is not on the list')
    if (!VARIABLE_VALUE.test(value)) throw new UnsafeAction(`the value of ${name} is not allowed`)
    lines.push(line('Variable', `${name}=${value}`))
  }
  if (lines.length > MAX_LINES) throw new UnsafeAction('the action has too many lines')
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** Messages name the header, never the value: values hold secrets and phone numbers. */
function line(key: string, value: string): string {
  if (LINE_BREAKERS.test(value)) throw new UnsafeAction(`${key} has a line break in its value`)
  const text = `${key}: ${value}`
  if (Buffer.byteLength(text) > MAX_LINE_BYTES) throw new UnsafeAction(`${key} is too long`)
  return text
}
