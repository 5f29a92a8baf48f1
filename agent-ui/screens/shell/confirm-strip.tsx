import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { CallbackView } from '#contract/callbacks.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useWaits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import classes from './shell.module.css'

/** The agent's phone was answered for a promise, and the PBX waits for their word: 1 there, one key here. */
export function ConfirmStrip() {
  const { t } = useTranslation()
  const waiting = useLive(({ desk }) =>
    desk?.callbacks.find(
      ({ assignee, attempts }) =>
        assignee?.id === desk.user.id && attempts.some(({ stage }) => stage === 'confirming'),
    ),
  )
  return (
    <section aria-label={t('incoming.confirmRegion')} aria-live="assertive">
      {waiting && <Waiting key={waiting.id} promise={waiting} />}
    </section>
  )
}

function Waiting({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const confirm = useMutation({
    mutationFn: () => api.confirmCallback(promise.id),
    onError: notifyFailure,
  })
  const { unless } = useWaits('pbx')
  const isAsked = confirm.isPending || confirm.isSuccess
  useAction({
    id: 'promise.confirm',
    keys: 'Alt+G',
    label: t('shortcuts.confirm'),
    when: !isAsked,
    run: () => unless(() => confirm.mutate()),
  })
  const keys = useKeysOf('promise.confirm')
  return (
    <div className={classes.ringing} data-testid="confirm-callback">
      <IconPhoneOutgoing size={22} className={classes.ringIcon} aria-hidden />
      <span className={`${classes.number} numeric`}>{promise.number.display}</span>
      <div className={`${classes.who} ${classes.name}`}>
        <strong>{promise.customerName ?? t('common.unknownCaller')}</strong>
      </div>
      <span>{t('incoming.confirmHint')}</span>
      <OrderButton
        needs="pbx"
        size="xs"
        title={keys}
        loading={isAsked}
        onClick={() => confirm.mutate()}
      >
        {t('incoming.confirm')}
      </OrderButton>
    </div>
  )
}
