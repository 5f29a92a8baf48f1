import { useMutation } from '@tanstack/react-query'
import type { ConsultEnd, TransferOrder } from '#contract/calls.ts'
import type { ControlLack } from '#contract/queues.ts'
import { api } from '../../../api.ts'
import { notifyDone, notifyFailure } from '../../../components/failure.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLive } from '../../../live-store.ts'

interface NamedTransfer {
  order: TransferOrder
  /** Whom the person reads that the customer goes to. */
  name: string
}

/** What this person can tell the PBX about their own call; what came of it is told by the socket. */
export function useCallControl(callId: string) {
  const { t } = useTranslation()
  const onError = notifyFailure
  const hangUp = useMutation({ mutationFn: () => api.hangUp(callId), onError })
  const transfer = useMutation({
    mutationFn: ({ order }: NamedTransfer) => api.transfer(callId, order),
    // said here: the call may leave the page, and the dialog with it, before the answer
    onSuccess: (_answer, { order, name }) => {
      if (!order.askFirst) notifyDone(t('callBar.transferred', { name }))
    },
    onError,
  })
  const endConsult = useMutation({
    mutationFn: (end: ConsultEnd['end']) => api.endConsult(callId, end),
    onError,
  })
  return { hangUp, transfer, endConsult }
}

/** Why the PBX of the call cannot be told anything about it from the page; null when it can. */
export function useControlLack(pbxId: string): ControlLack | null {
  return useLive(({ pbx }) => pbx.find((one) => one.pbxId === pbxId)?.controlLacks ?? null)
}
