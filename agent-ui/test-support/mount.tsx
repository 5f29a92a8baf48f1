import { act } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)

const mounted = new Set<() => void>()

/** Takes away what a test left in the document. */
export function unmountAll(): void {
  for (const unmount of mounted) unmount()
}

export interface Mounted {
  element: HTMLElement
  show: (node: ReactNode) => void
  unmount: () => void
}

/** Renders into the document as the page does; what a test leaves is taken away after it. */
export function mount(node: ReactNode): Mounted {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  const show = (next: ReactNode) => act(() => root.render(next))
  const unmount = () => {
    if (!mounted.delete(unmount)) return
    act(() => root.unmount())
    element.remove()
  }
  mounted.add(unmount)
  show(node)
  return { element, show, unmount }
}

export interface MountedHook<P, R> {
  /** What the hook returned last. */
  readonly now: R
  /** How often the component that uses the hook was rendered. */
  readonly renders: number
  update: (props: P) => void
  unmount: () => void
}

/** Renders a component that only calls the hook; `around` gives it the contexts it needs. */
export function mountHook<P, R>(
  useIt: (props: P) => R,
  props: P,
  around: (node: ReactNode) => ReactNode = (node) => node,
): MountedHook<P, R> {
  const results: R[] = []
  function User({ given }: { given: P }) {
    results.push(useIt(given))
    return null
  }
  const page = mount(around(<User given={props} />))
  return {
    get now() {
      const last = results.at(-1)
      if (results.length === 0) throw new Error('the hook was not rendered')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return last as R
    },
    get renders() {
      return results.length
    },
    update: (next) => page.show(around(<User given={next} />)),
    unmount: page.unmount,
  }
}
