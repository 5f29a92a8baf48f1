/** What waits to be done when the page is seen; of one name the latest. */
const waiting = new Map<string, () => void>()

function seen(): void {
  if (document.visibilityState !== 'visible') return
  const acts = [...waiting.values()]
  waiting.clear()
  for (const act of acts) act()
}

/** Does it now when the page can be seen, else when it is; a later one of the same name takes its place. */
export function whenSeen(name: string, act: () => void): void {
  waiting.set(name, act)
  seen()
}

document.addEventListener('visibilitychange', seen)

/** Should no frame come: the page is hidden meanwhile. */
const NO_FRAME_MS = 200

/** Does it once what is drawn now is on screen; at once on a page that nobody sees. Returns what calls it off. */
export function afterPaint(act: () => void): () => void {
  if (document.visibilityState !== 'visible') {
    act()
    return () => undefined
  }
  let timer = setTimeout(act, NO_FRAME_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(act)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** When what is drawn now is on screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => void afterPaint(resolve))
}
