/**
 * One frame as asterisk-manager parses it: lower-case keys; a repeated header is an array;
 * `variable` and `chanvariable` are objects of name and (still escaped) value.
 */
export type AmiFrame = Record<string, unknown>

/** The value of a header; of a repeated one the first. Undefined when the frame does not have it. */
export function headerOf(frame: AmiFrame, key: string): string | undefined {
  if (!Object.hasOwn(frame, key)) return undefined
  const value = frame[key]
  if (typeof value === 'string') return value
  // the parser finds inherited names "already there", so the first element can be a function
  if (Array.isArray(value)) return value.find((one) => typeof one === 'string')
  return undefined
}

/**
 * Whether a header that decides what a frame is, or whom it is about, came more than once: AMI does
 * not escape numbers and extensions, so a second value is an attempt to inject one. Written out
 * because it runs for every frame.
 */
export function isSuspicious(frame: AmiFrame): boolean {
  return (
    Array.isArray(frame['event']) ||
    Array.isArray(frame['response']) ||
    Array.isArray(frame['actionid']) ||
    Array.isArray(frame['uniqueid']) ||
    Array.isArray(frame['linkedid']) ||
    Array.isArray(frame['channel']) ||
    Array.isArray(frame['queue']) ||
    Array.isArray(frame['destuniqueid'])
  )
}

/** The same frame with every repeated header reduced to its first value. */
export function withFirstValues(frame: AmiFrame): AmiFrame {
  const single: AmiFrame = {}
  for (const [key, value] of Object.entries(frame)) {
    single[key] = Array.isArray(value) ? headerOf(frame, key) : value
  }
  return single
}
