import '../styles/mantine.ts'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { laterTexts, setUpTexts } from '../i18n/setup.ts'
import { InLanguage } from '../i18n/translation.tsx'
import { queryClient } from '../query-client.ts'
import { UserContext } from '../session.ts'
import { aUser } from '../test-support/samples.ts'
import { readableGreys, theme } from '../theme.ts'
import { Gallery } from './gallery.tsx'

// No page of the product leads here: `vite agent-ui` serves it as /dev/ui, a build does not know it.
await setUpTexts()
await laterTexts()

const root = createRootRoute({ component: Gallery })
const anywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
const router = createRouter({
  routeTree: root.addChildren([anywhere]),
  history: createMemoryHistory({ initialEntries: ['/gallery'] }),
})

const place = document.getElementById('root')
if (!place) throw new Error('ui.html has no #root')

createRoot(place).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={readableGreys}
    colorSchemeManager={localStorageColorSchemeManager({ key: 'hotline.colorScheme' })}
    defaultColorScheme="light"
  >
    <InLanguage>
      <QueryClientProvider client={queryClient}>
        <UserContext value={aUser()}>
          <RouterProvider router={router} />
        </UserContext>
      </QueryClientProvider>
    </InLanguage>
  </MantineProvider>,
)
