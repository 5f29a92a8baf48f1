import { useNavigate } from '@tanstack/react-router'
import { useActions } from '../../actions.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useWaits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import { step, useWorkspace } from '../../workspace-store.ts'
import { useNextWork } from '../desk/use-next-work.ts'
import { useSetState } from '../desk/use-set-state.ts'

/** The keys of who has a desk, on every screen: ready at once, the work on it, and the next one. */
export function DeskKeys() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const hasDesk = useLive(({ desk }) => desk !== null)
  const mayBeReady = useLive(
    // the rest after a call is ended by the same key, in the call bar
    ({ desk }) =>
      desk !== null &&
      desk.user.extension !== null &&
      desk.state.state !== 'ready' &&
      desk.state.wrapUp === undefined,
  )
  const { tabs } = useWorkspace()
  const next = useNextWork()
  const ready = useReady()
  useActions([
    {
      id: 'state.ready',
      keys: 'Alt+A',
      label: t('shortcuts.ready'),
      when: mayBeReady,
      run: ready,
    },
    { id: 'work.next', keys: 'Alt+Q', label: t('shortcuts.next'), when: hasDesk, run: next },
    ...tabs.map(({ key }, index) => ({
      id: `desk.tab.${index + 1}`,
      keys: `Alt+${index + 1}`,
      label: t('shortcuts.tab', { number: index + 1 }),
      run: () => {
        step({ type: 'tab_chosen', key })
        void navigate({ to: '/desk' })
      },
    })),
  ])
  return null
}

function useReady(): () => void {
  const { t } = useTranslation()
  const change = useSetState()
  const { unless } = useWaits()
  const done = () => notifyDone(t('agentState.nowReady'))
  return () =>
    unless(() => {
      if (!change.isPending) change.mutate({ state: 'ready' }, { onSuccess: done })
    })
}
