import { useMutation } from '@tanstack/react-query'
import type { OutgoingCallOrder } from '#contract/outgoing-calls.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useWaits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'

/**
 * Rings the own phone, then the customer; field staff name the ticket and see no number. Says why it waits
 * while the PBX is away.
 */
export function usePlaceCall() {
  const { t } = useTranslation()
  const { unless } = useWaits('pbx')
  const { mutate, isPending } = useMutation({
    mutationFn: api.placeCall,
    onSuccess: () => notifyDone(t('work.calling')),
    onError: notifyFailure,
  })
  return { isPending, place: (order: OutgoingCallOrder) => unless(() => mutate(order)) }
}
