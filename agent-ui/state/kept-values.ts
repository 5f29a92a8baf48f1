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

/** What is kept of a form: the words, and the untouched form that they were typed over. */
export interface Kept<V extends object> {
  base: V
  values: V
}

/**
 * The words of an earlier page over the form as it is now: what nobody typed into follows what was
 * saved since. Null when there are none of this form's shape. Words without a base are older pages'.
 */
export function restoredValues<V extends object>(kept: unknown, initial: V): V | null {
  if (typeof kept !== 'object' || kept === null) return null
  if (!('base' in kept && 'values' in kept)) return keptValues(kept, initial)
  const values = keptValues(kept.values, initial)
  if (values === null) return null
  return rebasedValues(values, keptValues(kept.base, initial) ?? initial, initial)
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
    if (isFields(own) && isFields(base) && isFields(theirs))
      return [name, rebased(own, base, theirs)]
    const areLists = Array.isArray(own) && Array.isArray(base) && Array.isArray(theirs)
    return [name, areLists ? rebasedList(own, base, theirs) : own]
  })
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

/** Row by row, in my order, what others added at the end; as a whole where rows cannot be told apart. */
function rebasedList(mine: unknown[], from: unknown[], to: unknown[]): unknown[] {
  const [own, base, theirs] = [rowsByKey(mine), rowsByKey(from), rowsByKey(to)]
  if (!own || !base || !theirs) return mine
  const kept = [...own].flatMap(([key, row]) => {
    const [before, now] = [base.get(key), theirs.get(key)]
    if (before === undefined) return [row]
    if (now === undefined) return JSON.stringify(row) === JSON.stringify(before) ? [] : [row]
    return [isFields(row) && isFields(before) && isFields(now) ? rebased(row, before, now) : row]
  })
  const added = [...theirs].flatMap(([key, row]) => (base.has(key) || own.has(key) ? [] : [row]))
  return [...kept, ...added]
}

/** What a row is known by; of plain values they themselves. */
const ROW_KEYS = ['id', 'date']

function rowsByKey(rows: readonly unknown[]): Map<string, unknown> | null {
  const keyed = rows.map((row): [string, unknown] => {
    const key = isFields(row) ? ROW_KEYS.map((name) => row[name]).find(isWord) : JSON.stringify(row)
    return [isWord(key) ? key : '', row]
  })
  const map = new Map(keyed)
  return map.size === rows.length && !map.has('') ? map : null
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
