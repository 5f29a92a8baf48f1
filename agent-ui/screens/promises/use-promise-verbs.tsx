import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import { api } from '../../api.ts'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useWaits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { tell } from '../../live-store.ts'
import { KEYS, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { isPlaced } from '../../state/countdown.ts'
import { mayChange } from '../../state/promise-search.ts'
import { CancelPromise, ReschedulePromise } from '../desk/promise-change.tsx'
import { GivePromise } from '../desk/promise-others.tsx'

const FORMS = { give: GivePromise, reschedule: ReschedulePromise, cancel: CancelPromise }
type Asking = { what: keyof typeof FORMS; promise: CallbackView } | null

/** What may be done to a promise of the ledger, with the dialogs that some of it needs. */
export function usePromiseVerbs() {
  const { t } = useTranslation()
  const user = useUser()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const { unless } = useWaits('pbx')
  const dial = useMutation({
    mutationFn: (promise: CallbackView) => api.dialNow(promise.id),
    onSuccess: (callback) => {
      tell({ type: 'callback_updated', callback })
      notifyDone(t('ledger.asked'))
    },
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.callbacks),
  })
  const verbs = (promise: CallbackView): RowVerb[] => {
    if (!mayChange(user, promise)) return []
    const ask = (what: keyof typeof FORMS) => () => setAsking({ what, promise })
    const cancel = { id: 'cancel', label: t('promises.cancel'), key: 'h', run: ask('cancel') }
    if (isPlaced(promise)) return [cancel]
    return [
      {
        id: 'dial',
        label: t('promises.dialNow'),
        key: 'd',
        main: true,
        needs: 'pbx',
        run: () => unless(() => dial.mutate(promise)),
      },
      { id: 'give', label: t('promises.give'), key: 'c', run: ask('give') },
      { id: 'reschedule', label: t('promises.reschedule'), key: 'r', run: ask('reschedule') },
      cancel,
    ]
  }
  const close = () => {
    setAsking(null)
    refresh(client, KEYS.callbacks)
  }
  return { verbs, dialog: asking && <PromiseDialog {...asking} onClose={close} /> }
}

interface DialogProps {
  what: keyof typeof FORMS
  promise: CallbackView
  onClose: () => void
}

function PromiseDialog({ what, promise, onClose }: DialogProps) {
  const { t } = useTranslation()
  const Form = FORMS[what]
  const name = promise.ticket?.code ?? promise.number.display
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t(`promises.${what}`)}: ${name}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Form promise={promise} onClose={onClose} />
    </Modal>
  )
}
