/**
 * One frame as asterisk-manager parses it: lower-case keys; a repeated header is an array;
 * `variable` and `chanvariable` are objects of name and (still escaped) value.
 */
export type AmiFrame = Record<string, unknown>

/** Headers that decide what a frame is and whom it is about; a second value is an attempt to inject. */
export const CORE_HEADERS = [
  'event',
  'response',
  'actionid',
  'uniqueid',
  'linkedid',
  'channel',
  'queue',
  'destuniqueid',
] as const

/** The value of a header; of a repeated one the first. Undefined when the frame does not have it. */
export function headerOf(frame: AmiFrame, key: string): string | undefined {
  if (!Object.hasOwn(frame, key)) return undefined
  const value = frame[key]
  if (typeof value === 'string') return value
  // the parser finds inherited names "already there", so the first element can be a function
  if (Array.isArray(value)) return value.find((one) => typeof one === 'string')
  return undefined
}

/** Whether a core header came more than once. Values of numbers and names are not escaped by AMI. */
export function isSuspicious(frame: AmiFrame): boolean {
  for (const key of CORE_HEADERS) if (Array.isArray(frame[key])) return true
  return false
}

/** The same frame with every repeated header reduced to its first value. */
export function withFirstValues(frame: AmiFrame): AmiFrame {
  const single: AmiFrame = {}
  for (const [key, value] of Object.entries(frame)) {
    single[key] = Array.isArray(value) ? headerOf(frame, key) : value
  }
  return single
}
