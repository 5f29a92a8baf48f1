import { QueryClient } from '@tanstack/react-query'
import { RequestFailed, whenSignedOut } from './api.ts'
import { sessionEnded } from './session.ts'

/** Answers that will not change by asking again at once. */
function isFinal(error: Error): boolean {
  return (
    error instanceof RequestFailed && error.kind !== 'unreachable' && error.kind !== 'server_fault'
  )
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !isFinal(error),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
})

whenSignedOut(() => sessionEnded(queryClient))
