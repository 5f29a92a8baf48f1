import { QueryClient } from '@tanstack/react-query'
import { RequestFailed, whenSignedOut } from './request.ts'
import { sessionEnded } from './session.ts'

/** Answers that will be the same when asked again at once. */
function isFinal(error: Error): boolean {
  return (
    error instanceof RequestFailed && !['unreachable', 'busy', 'server_fault'].includes(error.kind)
  )
}

const LONGEST_DELAY_MS = 30_000

/** As the server asks, else after 1 s, 2 s, 4 s … */
export function retryDelayMs(failures: number, error: Error): number {
  const asked = error instanceof RequestFailed ? error.retryAfter : null
  return Math.min(LONGEST_DELAY_MS, asked === null ? 1_000 * 2 ** failures : asked * 1_000)
}

export function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && !isFinal(error)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: shouldRetry,
      retryDelay: retryDelayMs,
      refetchOnWindowFocus: false,
    },
    // Tried at once, also where the browser says that there is no network: what would wait for one was
    // ordered for now, and a customer would be called an hour later.
    mutations: { retry: false, networkMode: 'always' },
  },
})

whenSignedOut(() => sessionEnded(queryClient))
