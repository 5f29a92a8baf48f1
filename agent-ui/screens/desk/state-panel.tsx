import { Alert, Menu } from '@mantine/core'
import {
  IconAlertCircle,
  IconCircleCheckFilled,
  IconCoffee,
  IconHourglass,
  IconPhone,
  IconPlugOff,
} from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { AgentStateChange, AgentStateName, PauseReason } from '#contract/desk.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { usePromiseGuard } from '../../components/promise-guard.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { AsOf, StandsStillWithPbx } from '../../components/stands-still.tsx'
import { useWaits } from '../../components/waits.ts'
import { Elapsed, Left } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import type { DeskState } from '../../state/desk.ts'
import { PAUSE_REASONS } from '../../state/pause-reasons.ts'
import { talkOf } from '../../state/talk.ts'
import { restEnd } from '../../state/wrap-up.ts'
import { useServerNow } from '../../ticker.ts'
import { useSetState } from './use-set-state.ts'
import classes from './rail.module.css'

const LOOK = {
  ready: { Icon: IconCircleCheckFilled, tone: classes.ok },
  paused: { Icon: IconCoffee, tone: classes.warn },
  offline: { Icon: IconPlugOff, tone: classes.calm },
} as const
const ON_CALL = { Icon: IconPhone, tone: classes.busy }

/** The wanted state drives the real queue membership; until the PBX shows it, the page says so. */
export function StatePanel({ desk }: { desk: DeskState }) {
  const { t } = useTranslation()
  const { state, reason, confirmed, phone } = desk.state
  return (
    <Panel title={t('agentState.title')} aside={<AsOf />}>
      <OwnWord desk={desk} />
      {reason && reason !== 'wrap_up' && <div className={classes.sub}>{t(`pause.${reason}`)}</div>}
      {!confirmed && (
        <div className={classes.sub} title={t('agentState.unconfirmedHint')}>
          <Tone tone="warn" icon={<IconAlertCircle size={14} aria-hidden />}>
            {t('agentState.unconfirmed')}
          </Tone>
        </div>
      )}
      {phone === 'unreachable' && (
        <Alert color="red.9" variant="outline" mt="xs" p="xs" role="alert">
          {t('agentState.phoneUnreachable')}
        </Alert>
      )}
      {desk.user.extension === null ? (
        <Alert color="yellow.9" variant="outline" mt="xs" p="xs">
          {t('agentState.noExtension')}
        </Alert>
      ) : (
        <StateChoices current={state} openPromises={desk.callbacks.length} />
      )}
    </Panel>
  )
}

/** What a call, or the rest after it, makes of this person stands still with its PBX. */
function OwnWord({ desk }: { desk: DeskState }) {
  const talk = talkOf(desk)
  if (talk === null && desk.state.wrapUp === undefined) return <StateWord desk={desk} />
  return (
    <StandsStillWithPbx {...(talk ? { pbxId: talk.pbxId } : {})}>
      {desk.state.wrapUp ? <RestWord desk={desk} /> : <StateWord desk={desk} />}
    </StandsStillWithPbx>
  )
}

/** The rest after a call stands before what is wished for after it. */
function RestWord({ desk }: { desk: DeskState }) {
  const { t } = useTranslation()
  const endsAt = restEnd(desk, useServerNow())
  if (endsAt === null) return <StateWord desk={desk} />
  const { state } = desk.state
  return (
    <div
      className={`${classes.state} ${classes.warn}`}
      data-testid="agent-state"
      data-state={state}
    >
      <IconHourglass size={20} aria-hidden />
      <span title={t('callBar.wrapUp')}>{t('callBar.wrapUpShort')}</span>
      <Left until={endsAt} label={t('callBar.wrapUpLeft')} />
    </div>
  )
}

/** Who talks is not ready, whatever they wished for after the call. */
function StateWord({ desk }: { desk: DeskState }) {
  const { t } = useTranslation()
  const { state, since } = desk.state
  const talk = talkOf(desk)
  const { Icon, tone } = talk ? ON_CALL : LOOK[state]
  return (
    <>
      <div className={`${classes.state} ${tone}`} data-testid="agent-state" data-state={state}>
        <Icon size={20} aria-hidden />
        <span>{talk ? t(`ownCall.${talk.status}`) : t(`agentState.${state}`)}</span>
        <Elapsed since={talk?.since ?? since} label={t('agentState.since')} />
      </div>
      {talk && (
        <div className={classes.sub}>
          {t('agentState.afterCall', { state: t(`agentState.${state}`) })}
        </div>
      )}
    </>
  )
}

interface ChoicesProps {
  current: AgentStateName
  openPromises: number
}

/** Drawn anew only when the state changes: buttons and their menu are dear. */
const StateChoices = memo(function StateChoices({ current, openPromises }: ChoicesProps) {
  const { t } = useTranslation()
  const change = useSetState()
  const { guard, dialog } = usePromiseGuard()
  const choose = (wanted: AgentStateChange) => guard(wanted, () => change.mutate(wanted))
  const readyKeys = useKeysOf('state.ready')
  const isGoing = (state: AgentStateName) => change.isPending && change.variables.state === state
  return (
    <div className={classes.choices}>
      <OrderButton
        size="xs"
        px={4}
        variant={current === 'ready' ? 'filled' : 'default'}
        aria-pressed={current === 'ready'}
        title={readyKeys}
        loading={isGoing('ready')}
        onClick={() => change.mutate({ state: 'ready' })}
      >
        {t('agentState.goReady')}
      </OrderButton>
      <PauseMenu
        isCurrent={current === 'paused'}
        isGoing={isGoing('paused')}
        openPromises={openPromises}
        onChoose={(reason) => choose({ state: 'paused', reason })}
      />
      <OrderButton
        size="xs"
        px={4}
        variant={current === 'offline' ? 'filled' : 'default'}
        aria-pressed={current === 'offline'}
        loading={isGoing('offline')}
        onClick={() => choose({ state: 'offline' })}
      >
        {t('agentState.goOffline')}
      </OrderButton>
      {dialog}
    </div>
  )
})

interface PauseMenuProps {
  isCurrent: boolean
  isGoing: boolean
  openPromises: number
  onChoose: (reason: PauseReason) => void
}

function PauseMenu({ isCurrent, isGoing, openPromises, onChoose }: PauseMenuProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { unless } = useWaits()
  useAction({
    id: 'state',
    keys: 'Alt+S',
    label: t('shortcuts.state'),
    run: () => unless(() => setOpen(true)),
  })
  const keys = useKeysOf('state')
  return (
    <Menu position="bottom-start" width={220} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <OrderButton
          size="xs"
          px={4}
          variant={isCurrent ? 'filled' : 'default'}
          aria-pressed={isCurrent}
          loading={isGoing}
          title={keys}
        >
          {t('agentState.goPaused')} ▾
        </OrderButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {openPromises > 0
            ? t('agentState.promisesOpen', { count: openPromises })
            : t('agentState.choosePause')}
        </Menu.Label>
        {PAUSE_REASONS.map((reason) => (
          <Menu.Item key={reason} onClick={() => onChoose(reason)}>
            {t(`pause.${reason}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
