import { vi } from 'vitest'

function forbid(): never {
  throw new DOMException('denied')
}

/** A browser whose person forbids storage; undone by `vi.unstubAllGlobals`. */
export function forbidStorage(): void {
  vi.stubGlobal('localStorage', { getItem: forbid, setItem: forbid, removeItem: forbid })
}
