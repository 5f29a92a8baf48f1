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

type Fields = Readonly<Record<string, unknown>>

/**
 * Words typed over a form as it was (`from`), put over the form as it is now: a field that nobody
 * typed into follows, one that was typed into or cleared here stays.
 */
export function rebasedValues<V extends object>(values: V, from: V, to: V): V {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field is of one of the three
  return rebased(values as Fields, from as Fields, to as Fields) as V
}

function rebased(mine: Fields, from: Fields, to: Fields): Fields {
  const names = new Set([...Object.keys(to), ...Object.keys(mine)])
  const fields = [...names].map((name): [string, unknown] => {
    const [own, base, theirs] = [mine[name], from[name], to[name]]
    if (JSON.stringify(own) === JSON.stringify(base)) return [name, theirs]
    const isGroup = isFields(own) && isFields(base) && isFields(theirs)
    return [name, isGroup ? rebased(own, base, theirs) : own]
  })
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
