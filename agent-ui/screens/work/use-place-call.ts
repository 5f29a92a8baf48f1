import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'

/** Rings the own phone, then the customer; field staff name the ticket and see no number. */
export function usePlaceCall() {
  const { t } = useTranslation()
  return useMutation({
    mutationFn: api.placeCall,
    onSuccess: () => notifyDone(t('work.calling')),
    onError: notifyFailure,
  })
}
