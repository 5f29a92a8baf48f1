import { useNavigate } from '@tanstack/react-router'
import { step } from '../../../workspace-store.ts'

/** Shows a call's ticket, or what is known before it has one, on the desk. */
export function useOpenCall(): (callId: string, ticketId: string | null) => void {
  const navigate = useNavigate()
  return (callId, ticketId) => {
    step({ type: 'call_opened', callId, ticketId })
    void navigate({ to: '/desk' })
  }
}
