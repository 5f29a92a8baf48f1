/**
 * Words that an earlier page kept, put over an untouched form; null when they are not of its shape. A
 * field that the form has got since then stays untouched, one that it lost is dropped.
 */
export function keptValues<V extends object>(kept: unknown, initial: V): V | null {
  if (typeof kept !== 'object' || kept === null) return null
  const fields = Object.entries(initial).map(([field, untouched]): [string, unknown] => {
    const value: unknown = Reflect.get(kept, field)
    return [field, isLike(value, untouched) ? value : untouched]
  })
  const isTouched = fields.some(([field, value]) => value !== Reflect.get(initial, field))
  return isTouched ? { ...initial, ...Object.fromEntries(fields) } : null
}

/** A field that may be null takes any plain value. */
function isLike(value: unknown, untouched: unknown): boolean {
  if (value === undefined) return false
  if (untouched === null || value === null) return true
  return typeof value === typeof untouched && Array.isArray(value) === Array.isArray(untouched)
}
