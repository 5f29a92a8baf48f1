import { useLayoutEffect, useRef } from 'react'

/** The value as it was shown last, for what runs later. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
