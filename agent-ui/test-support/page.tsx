import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router'
import type { RouteComponent } from '@tanstack/react-router'
import { act } from 'react'
import type { ReactNode } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { InLanguage } from '../i18n/translation.tsx'
import { loadTexts } from './texts.ts'
import { UserContext } from '../session.ts'
import { mount } from './mount.tsx'
import type { Mounted } from './mount.tsx'
import { aUser } from './samples.ts'

/** A client that asks once: a test says what the answer is. */
export function testClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false } } })
}

/**
 * What every screen stands in: texts, theme, the cache and the person. Without `env` a popover hides, as
 * nothing has a place on the page, and its focus trap prints the whole document.
 */
export function inPage(
  node: ReactNode,
  { client = testClient(), user = aUser() }: { client?: QueryClient; user?: SessionUser } = {},
): ReactNode {
  loadTexts()
  return (
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <InLanguage>
          <UserContext value={user}>{node}</UserContext>
        </InLanguage>
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Shows a node with a router around it; `path` is where the person is. */
export async function mountRouted(
  node: ReactNode,
  at = '/here',
): Promise<Mounted & { path: () => string }> {
  const root = createRootRoute({ component: () => node })
  const anywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
  const router = createRouter({
    routeTree: root.addChildren([anywhere]),
    history: createMemoryHistory({ initialEntries: [at] }),
  })
  await router.load()
  const page = mount(null)
  await act(async () => page.show(<RouterProvider router={router} />))
  return { ...page, path: () => router.state.location.pathname }
}

interface Screen {
  path: string
  component: RouteComponent
  validateSearch: (search: Record<string, unknown>) => object
}

/** Shows a screen at its address, where it finds its own filters. */
export async function mountScreen(
  { path, component, validateSearch }: Screen,
  page: Parameters<typeof inPage>[1] = {},
): Promise<HTMLElement> {
  const root = createRootRoute()
  const shell = createRoute({ getParentRoute: () => root, id: 'shell' })
  const screen = createRoute({ getParentRoute: () => shell, path, component, validateSearch })
  const router = createRouter({
    routeTree: root.addChildren([shell.addChildren([screen])]),
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  await router.load()
  const { element } = mount(inPage(<RouterProvider router={router} />, page))
  await settle()
  return element
}

/** An answer is read, kept in the cache and told to React in a few turns of the event loop. */
const TURNS = 5

/** Lets answers arrive that are already on their way. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await act(() => new Promise<void>((resolve) => void setTimeout(resolve)))
  }
}

/** Types into a field as a person does: React hears it. */
export async function type(
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null,
  text: string,
): Promise<void> {
  if (!field) throw new Error('there is no such field')
  // React keeps a setter of its own on the element; a person's typing goes by the element's kind
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')
  act(() => {
    own?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await settle()
}

/** What a person finds by its words in this part of the page; what is not there fails the test. */
export function within(element: ParentNode) {
  return {
    /** Of several buttons with these words the last: a form is below the tab that opens it. */
    press: async (text: string): Promise<void> => {
      const found = [...element.querySelectorAll('button')].filter(
        (one) => one.textContent === text,
      )
      const button = found.at(-1)
      if (!button) throw new Error(`there is no button "${text}"`)
      act(() => button.click())
      await settle()
    },
    field: (label: string): HTMLInputElement => {
      const named = [...element.querySelectorAll('label')].find((one) => one.textContent === label)
      const field = element.querySelector<HTMLInputElement>(`[id="${named?.htmlFor}"]`)
      if (!field) throw new Error(`there is no field "${label}"`)
      return field
    },
  }
}
