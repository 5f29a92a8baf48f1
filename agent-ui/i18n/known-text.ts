/** Narrows a value from outside to the texts there are, so that `t` stays checked. */
export function hasText<T extends object>(texts: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(texts, key)
}
