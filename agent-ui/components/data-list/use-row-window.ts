import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

const ROW_PX = 38
/** Shorter lists are drawn whole: they print, and the browser finds words in them. */
const WHOLE_UP_TO = 100
const OVERSCAN = 8
/** The next page is asked for when so few rows are left below. */
const AHEAD = 20

interface RowWindow {
  from: number
  to: number
  abovePx: number
  belowPx: number
  reveal: (index: number) => void
}

/** Which rows are drawn: all of a short list, of a long one those on the screen. */
export function useRowWindow(
  count: number,
  list: RefObject<HTMLElement | null>,
  onNearEnd: () => void,
): RowWindow {
  const isLong = count > WHOLE_UP_TO
  const [scrolling, setScrolling] = useState<Element | null>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const scroller = list.current?.closest('main') ?? null
    setScrolling(scroller)
    if (scroller && list.current) {
      const { top } = list.current.getBoundingClientRect()
      setMargin(top - scroller.getBoundingClientRect().top + scroller.scrollTop)
    }
  }, [list, isLong])
  const rows = useVirtualizer({
    count: isLong ? count : 0,
    getScrollElement: () => scrolling,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: margin,
    enabled: isLong,
    // rows beyond the edge are drawn already: the frame need not wait for the next ones
    useFlushSync: false,
  })
  const items = rows.getVirtualItems()
  const from = isLong ? (items[0]?.index ?? 0) : 0
  const to = isLong ? (items.at(-1)?.index ?? Math.min(count, WHOLE_UP_TO) - 1) : count - 1
  const isNearEnd = isLong && to >= count - AHEAD
  useLayoutEffect(() => {
    if (isNearEnd) onNearEnd()
  }, [isNearEnd, count])
  return {
    from,
    to,
    abovePx: from * ROW_PX,
    belowPx: Math.max(0, count - 1 - to) * ROW_PX,
    reveal: (index) => {
      if (isLong) rows.scrollToIndex(index)
    },
  }
}
