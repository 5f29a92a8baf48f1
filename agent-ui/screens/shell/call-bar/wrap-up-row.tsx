import { IconHourglass } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { WrapUpChange } from '#contract/desk.ts'
import { useActions } from '../../../actions.ts'
import { api } from '../../../api.ts'
import { notifyFailure } from '../../../components/failure.tsx'
import { OrderButton } from '../../../components/order-button.tsx'
import { AsOf } from '../../../components/stands-still.tsx'
import { Left } from '../../../components/timers.tsx'
import { useWaits } from '../../../components/waits.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { live, tell, useDesk } from '../../../live-store.ts'
import type { DeskState } from '../../../state/desk.ts'
import { ticketToDecide } from '../../../state/call-outcome.ts'
import { restEnd } from '../../../state/wrap-up.ts'
import { useServerNow } from '../../../ticker.ts'
import { useWorkspace } from '../../../workspace-store.ts'
import { CallOutcome } from './call-outcome.tsx'
import classes from './call-bar.module.css'

/** The rest after the own call, while there is one. */
export function WrapUp() {
  const desk = useDesk()
  return desk?.state.wrapUp ? <WhileItLasts desk={desk} /> : null
}

function WhileItLasts({ desk }: { desk: DeskState }) {
  const endsAt = restEnd(desk, useServerNow())
  const { lastCall } = useWorkspace()
  const ticketId = ticketToDecide(lastCall, desk.awaiting)
  const decided = lastCall && ticketId !== null ? { callId: lastCall.callId, ticketId } : null
  return endsAt === null ? null : (
    <WrapUpRow endsAt={endsAt} decided={decided} isAsked={desk.awaiting.length > 0} />
  )
}

interface RowProps {
  endsAt: string
  /** The customer's call and its ticket, to say what became of it. */
  decided: { callId: string; ticketId: string } | null
  /** A call of ours waits for its word. */
  isAsked: boolean
}

/** The rest after a call: how long it lasts, what became of the matter, a minute more, or the end of it. */
export function WrapUpRow({ endsAt, decided, isAsked }: RowProps) {
  const { t } = useTranslation()
  const change = useMutation({
    mutationFn: (action: WrapUpChange['action']) => api.changeWrapUp(action),
    // the socket tells it too, and in order
    onSuccess: (state) => {
      if (live.get().connection.status !== 'connected') tell({ type: 'agent_state', state })
    },
    onError: notifyFailure,
  })
  const order = (action: WrapUpChange['action']) => () => {
    if (!change.isPending) change.mutate(action)
  }
  const [prolong, end] = [order('prolong'), order('end')]
  const { unless } = useWaits()
  useActions([
    {
      id: 'wrapUp.prolong',
      keys: 'Alt+P',
      label: t('shortcuts.prolongWrapUp'),
      run: () => unless(prolong),
    },
    { id: 'wrapUp.end', keys: 'Alt+A', label: t('shortcuts.endWrapUp'), run: () => unless(end) },
  ])
  const isGoing = (action: string) => change.isPending && change.variables === action
  return (
    <div className={classes.wrapUp} data-testid="wrap-up">
      <IconHourglass size={20} aria-hidden />
      <strong>{t('callBar.wrapUp')}</strong>
      <Left until={endsAt} label={t('callBar.wrapUpLeft')} />
      <AsOf />
      {decided === null ? (
        <span className={classes.who} />
      ) : (
        <CallOutcome {...decided} hasKeys={!isAsked} />
      )}
      <OrderButton
        size="xs"
        variant="default"
        rightSection={<kbd className={classes.key}>Alt+P</kbd>}
        loading={isGoing('prolong')}
        onClick={prolong}
      >
        {t('callBar.oneMinuteMore')}
      </OrderButton>
      <OrderButton
        size="xs"
        rightSection={<kbd className={classes.key}>Alt+A</kbd>}
        loading={isGoing('end')}
        onClick={end}
      >
        {t('callBar.wrapUpDone')}
      </OrderButton>
    </div>
  )
}
