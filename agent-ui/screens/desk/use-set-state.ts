import { useMutation } from '@tanstack/react-query'
import type { AgentStateChange } from '#contract/desk.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { live, tell } from '../../live-store.ts'

/** Changes the own state; what came of it is told by the socket, or here while there is none. */
export function useSetState() {
  return useMutation({
    mutationFn: (wanted: AgentStateChange) => api.setState(wanted),
    // the socket tells it too, and in order: this answer may be older than what it already said
    onSuccess: (state) => {
      if (live.get().connection.status !== 'connected') tell({ type: 'agent_state', state })
    },
    onError: notifyFailure,
  })
}
