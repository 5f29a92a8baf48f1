import { IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useAction } from '../../../actions.ts'
import { OrderButton } from '../../../components/order-button.tsx'
import { useWaits } from '../../../components/waits.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useUser } from '../../../session.ts'
import type { Talk } from '../../../state/talk.ts'
import { ConsultControls } from './consult-controls.tsx'
import { useCallControl, useControlLack } from './use-call-control.ts'
import classes from './call-bar.module.css'

const TransferDialog = lazy(async () => ({
  default: (await import('./transfer-dialog.tsx')).TransferDialog,
}))

/** Hands the own call on and ends it; where that is done at the phone alone, says so and why. */
export function TalkControls({ talk }: { talk: Talk }) {
  const { t } = useTranslation()
  const lack = useControlLack(talk.pbxId)
  const { role } = useUser()
  if (lack === 'user' || lack === 'link') return <Instead words={t(`callBar.lacks.${lack}`)} />
  if (talk.consult !== null) return <ConsultControls talk={talk} consult={talk.consult} />
  const mayTransfer = role !== 'field'
  return (
    <>
      {mayTransfer && lack === 'dialplan' && <Instead words={t('callBar.lacks.dialplan')} />}
      {mayTransfer && lack === null && <TransferButton talk={talk} />}
      <HangUpButton talk={talk} />
    </>
  )
}

function Instead({ words }: { words: string }) {
  return <span className={classes.instead}>{words}</span>
}

function TransferButton({ talk }: { talk: Talk }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { unless } = useWaits('pbx', talk.pbxId)
  useAction({
    id: 'call.transfer',
    keys: 'F8',
    label: t('shortcuts.transfer'),
    run: () => unless(() => setOpen(true)),
  })
  return (
    <>
      <OrderButton
        needs="pbx"
        pbxId={talk.pbxId}
        size="xs"
        variant="default"
        leftSection={<IconPhoneOutgoing size={16} aria-hidden />}
        rightSection={<kbd className={classes.key}>F8</kbd>}
        onClick={() => setOpen(true)}
      >
        {t('callBar.transfer')}
      </OrderButton>
      {isOpen && (
        <Suspense fallback={null}>
          <TransferDialog talk={talk} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** A second press within this ends the call: the first may be a slip, and the customer would be gone. */
const ARMED_MS = 4_000

function HangUpButton({ talk: { callId, pbxId } }: { talk: Talk }) {
  const { t } = useTranslation()
  const { hangUp } = useCallControl(callId)
  const { unless } = useWaits('pbx', pbxId)
  const [isArmed, setArmed] = useState(false)
  useEffect(() => {
    if (!isArmed) return
    const timer = setTimeout(() => setArmed(false), ARMED_MS)
    return () => clearTimeout(timer)
  }, [isArmed])
  const press = () => {
    if (hangUp.isPending) return
    if (isArmed) hangUp.mutate()
    setArmed(!isArmed)
  }
  useAction({
    id: 'call.hangup',
    keys: 'F9',
    label: t('shortcuts.hangUp'),
    run: () => unless(press),
  })
  return (
    <OrderButton
      needs="pbx"
      pbxId={pbxId}
      size="xs"
      {...(isArmed ? { color: 'red.9' } : { variant: 'default', c: 'var(--mantine-color-error)' })}
      leftSection={<IconPhoneOff size={16} aria-hidden />}
      rightSection={<kbd className={classes.key}>F9</kbd>}
      loading={hangUp.isPending}
      onClick={press}
    >
      {t(isArmed ? 'callBar.hangUpSure' : 'callBar.hangUp')}
    </OrderButton>
  )
}
