import { Button } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WrapUpChange } from '#contract/desk.ts'
import { useActions } from '../../../actions.ts'
import { api } from '../../../api.ts'
import { notifyFailure } from '../../../components/failure.tsx'
import { AsOf } from '../../../components/stands-still.tsx'
import { Left } from '../../../components/timers.tsx'
import { live, tell, useDesk } from '../../../live-store.ts'
import type { DeskState } from '../../../state/desk.ts'
import { restEnd } from '../../../state/wrap-up.ts'
import { useServerNow } from '../../../ticker.ts'
import classes from './call-bar.module.css'

/** The rest after the own call, while there is one. */
export function WrapUp() {
  const desk = useDesk()
  return desk?.state.wrapUp ? <WhileItLasts desk={desk} /> : null
}

function WhileItLasts({ desk }: { desk: DeskState }) {
  const endsAt = restEnd(desk, useServerNow())
  return endsAt === null ? null : <WrapUpRow endsAt={endsAt} />
}

/** The rest after a call: how long it lasts, a minute more, or the end of it. */
function WrapUpRow({ endsAt }: { endsAt: string }) {
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
  useActions([
    { id: 'wrapUp.prolong', keys: 'Alt+P', label: t('shortcuts.prolongWrapUp'), run: prolong },
    { id: 'wrapUp.end', keys: 'Alt+A', label: t('shortcuts.endWrapUp'), run: end },
  ])
  const isGoing = (action: string) => change.isPending && change.variables === action
  return (
    <div className={classes.wrapUp} data-testid="wrap-up">
      <IconHourglass size={20} aria-hidden />
      <strong>{t('callBar.wrapUp')}</strong>
      <Left until={endsAt} label={t('callBar.wrapUpLeft')} />
      <AsOf />
      <span className={classes.who} />
      <Button
        size="xs"
        variant="default"
        rightSection={<kbd className={classes.key}>Alt+P</kbd>}
        loading={isGoing('prolong')}
        onClick={prolong}
      >
        {t('callBar.oneMinuteMore')}
      </Button>
      <Button
        size="xs"
        rightSection={<kbd className={classes.key}>Alt+A</kbd>}
        loading={isGoing('end')}
        onClick={end}
      >
        {t('callBar.wrapUpDone')}
      </Button>
    </div>
  )
}
