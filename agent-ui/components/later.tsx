import { startTransition, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { afterPaint } from '../page-sight.ts'

/**
 * What stands beside the work is drawn after it: the first paint has what the person looks for, the
 * rest follows in pieces that a key press interrupts.
 */
export function Later({ children }: { children: ReactNode }) {
  return useOncePainted(true) && children
}

/** The value once what it makes the page show is on screen; what that draws, a key press interrupts. */
export function useOncePainted<T>(value: T): T | undefined {
  const [painted, setPainted] = useState<{ value: T }>()
  useEffect(() => afterPaint(() => startTransition(() => setPainted({ value }))), [value])
  return painted?.value
}
