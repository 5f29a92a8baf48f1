import './styles/mantine.ts'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Messages } from './components/messages.tsx'
import { setUpTexts } from './i18n/setup.ts'
import { InLanguage } from './i18n/translation.tsx'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { readableGreys, theme } from './theme.ts'

await setUpTexts()

const colorScheme = localStorageColorSchemeManager({ key: 'hotline.colorScheme' })
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableGreys}
      colorSchemeManager={colorScheme}
      defaultColorScheme="light"
    >
      <InLanguage>
        <Messages />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </InLanguage>
    </MantineProvider>
  </StrictMode>,
)
