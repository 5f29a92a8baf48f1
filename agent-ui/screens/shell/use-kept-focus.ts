import { useEffect } from 'react'

/**
 * The keyboard is never left on the page's body, from where Tab begins at the top and nothing scrolls:
 * when what had it goes away, the work in front has it.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let frame = 0
    let wasAnywhere = !isLost()
    const note = () => {
      wasAnywhere = true
    }
    const look = () => {
      cancelAnimationFrame(frame)
      // after whatever takes the focus of its own accord
      frame = requestAnimationFrame(keep)
    }
    const watch = new MutationObserver(() => {
      if (wasAnywhere && isLost()) look()
    })
    addEventListener('focusin', note)
    addEventListener('focusout', look)
    watch.observe(document.body, { childList: true, subtree: true })
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('focusin', note)
      removeEventListener('focusout', look)
      watch.disconnect()
    }
  }, [])
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** An open dialog has its own idea of where the keyboard belongs. */
function keep(): void {
  if (!isLost() || document.querySelector('[role="dialog"]') !== null) return
  focusContent()
}

export function focusContent(): void {
  document.getElementById('content')?.focus({ preventScroll: true })
}
