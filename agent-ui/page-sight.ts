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
