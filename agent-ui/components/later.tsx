import { useDeferredValue } from 'react'
import type { ReactNode } from 'react'

/**
 * What stands beside the work is drawn after it: the first paint has what the person looks for, the
 * rest follows in pieces that a key press interrupts.
 */
export function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children
}
