import type { ConsultEnd } from '#contract/calls.ts'
import { useActions } from '../../../actions.ts'
import { OrderButton } from '../../../components/order-button.tsx'
import { useWaits } from '../../../components/waits.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import type { Talk } from '../../../state/talk.ts'
import { useCallControl } from './use-call-control.ts'
import classes from './call-bar.module.css'

interface ConsultProps {
  talk: Talk
  consult: NonNullable<Talk['consult']>
}

/** The colleague is given the customer, or the customer is taken back. */
export function ConsultControls({ talk, consult }: ConsultProps) {
  const { t } = useTranslation()
  const { endConsult } = useCallControl(talk.callId)
  const hasAnswered = consult.stage === 'talking'
  const isGoing = (end: string) => endConsult.isPending && endConsult.variables === end
  const end = (how: ConsultEnd['end']) => () => {
    if (!endConsult.isPending) endConsult.mutate(how)
  }
  const [handOver, takeBack] = [end('hand_over'), end('take_back')]
  const { unless } = useWaits('pbx', talk.pbxId)
  useActions([
    {
      id: 'call.handOver',
      keys: 'F8',
      label: t('shortcuts.handOver'),
      when: hasAnswered,
      run: () => unless(handOver),
    },
    {
      id: 'call.takeBack',
      keys: 'F9',
      label: t('shortcuts.takeBack'),
      run: () => unless(takeBack),
    },
  ])
  return (
    <>
      <OrderButton
        needs="pbx"
        pbxId={talk.pbxId}
        size="xs"
        disabled={!hasAnswered}
        title={hasAnswered ? undefined : t('callBar.notAnswered')}
        rightSection={<kbd className={classes.key}>F8</kbd>}
        loading={isGoing('hand_over')}
        onClick={handOver}
      >
        {t('callBar.handOver')}
      </OrderButton>
      <OrderButton
        needs="pbx"
        pbxId={talk.pbxId}
        size="xs"
        variant="default"
        rightSection={<kbd className={classes.key}>F9</kbd>}
        loading={isGoing('take_back')}
        onClick={takeBack}
      >
        {t('callBar.takeBack')}
      </OrderButton>
    </>
  )
}
