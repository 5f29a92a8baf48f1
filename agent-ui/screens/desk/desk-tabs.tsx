import { CloseButton, Kbd } from '@mantine/core'
import { IconPhone, IconPhoneCall, IconPhoneOff, IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo, useCallback, useContext, useRef } from 'react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { StandsStillWithPbx } from '../../components/stands-still.tsx'
import { useHasWords } from '../../drafts.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import type { WorkTab } from '../../state/workspace.ts'
import { FrozenAt } from '../../ticker.ts'
import { step } from '../../workspace-store.ts'
import classes from './desk.module.css'

interface DeskTabsProps {
  tabs: readonly WorkTab[]
  activeKey: string | null
  pops: readonly ScreenPop[]
}

/** Open work; a live call shows its state on the tab also while another tab is in front. */
export function DeskTabs({ tabs, activeKey, pops }: DeskTabsProps) {
  const { t } = useTranslation()
  const row = useRef<HTMLDivElement>(null)
  const close = useCallback((key: string) => {
    step({ type: 'tab_closed', key })
    // the keyboard goes where the work goes
    requestAnimationFrame(() => focusFront(row.current))
  }, [])
  useAction({
    id: 'desk.close',
    keys: 'Alt+W',
    label: t('shortcuts.closeTab'),
    when: tabs.some(({ key }) => key === activeKey),
    run: () => activeKey !== null && close(activeKey),
  })
  return (
    <div ref={row} className={classes.tabs} role="group" aria-label={t('desk.tabs')}>
      {tabs.map((tab, index) => (
        <DeskTab
          key={tab.key}
          tab={tab}
          place={index + 1}
          onClose={close}
          isActive={tab.key === activeKey}
          pop={pops.find((pop) => pop.call.id === tab.callId)}
        />
      ))}
    </div>
  )
}

function focusFront(row: HTMLElement | null): void {
  const front = row?.querySelector<HTMLElement>('button[aria-pressed="true"]')
  const next = front ?? document.getElementById('content')
  next?.focus()
}

interface DeskTabProps {
  tab: WorkTab
  /** Its place, counted from one, and the digit of its key. */
  place: number
  isActive: boolean
  pop: ScreenPop | undefined
  onClose: (key: string) => void
}

/** Drawn anew only when its own work changes: there may be many. */
const DeskTab = memo(function DeskTab({ tab, place, isActive, pop, onClose }: DeskTabProps) {
  const { t } = useTranslation()
  const user = useUser()
  const hasWords = useHasWords(user.id, tab.ticketId)
  const keys = useKeysOf(`desk.tab.${place}`)
  const closeKeys = useKeysOf('desk.close')
  const ticket = useQuery(queries.ticket(tab.ticketId ?? ''))
  const code = ticket.data?.code ?? pop?.ticket?.code
  const number = ticket.data?.number ?? pop?.call.number
  const who =
    ticket.data?.customer?.name ??
    pop?.customer?.name ??
    (number?.kind === 'anonymous' ? t('incoming.hidden') : number?.display)
  const name = who ?? code ?? '…'
  return (
    <div className={classes.tab} data-active={isActive}>
      <button
        type="button"
        className={classes.tabButton}
        aria-pressed={isActive}
        title={keys}
        onClick={() => step({ type: 'tab_chosen', key: tab.key })}
      >
        <StageIcon pop={pop} />
        <span className={classes.tabText}>
          <span className={classes.tabName}>{name}</span>
          {code && who && <span className={`${classes.tabWho} numeric`}>{code}</span>}
        </span>
        {hasWords && (
          <span
            className={classes.unsaved}
            role="img"
            aria-label={t('desk.unsaved')}
            title={t('desk.unsaved')}
          />
        )}
        {keys && (
          <Kbd size="xs" aria-hidden>
            {place}
          </Kbd>
        )}
      </button>
      <CloseButton
        size="sm"
        aria-label={t('desk.closeTab', { name: code ?? name })}
        title={isActive ? closeKeys : undefined}
        onClick={() => onClose(tab.key)}
      />
    </div>
  )
})

function StageIcon({ pop }: { pop: ScreenPop | undefined }) {
  const { t } = useTranslation()
  if (!pop) return <IconTicket size={16} aria-hidden />
  if (pop.stage === 'ringing') {
    return (
      <StandsStillWithPbx pbxId={pop.call.pbxId}>
        <RingingIcon />
      </StandsStillWithPbx>
    )
  }
  return pop.stage === 'answered' ? (
    <IconPhone size={16} className={classes.live} aria-label={t('desk.stageTalking')} />
  ) : (
    <IconPhoneOff size={16} aria-label={t('desk.stageEnded')} />
  )
}

function RingingIcon() {
  const { t } = useTranslation()
  return useContext(FrozenAt) === null ? (
    <IconPhoneCall size={16} className={classes.live} aria-label={t('desk.stageRinging')} />
  ) : (
    <IconPhoneCall size={16} aria-label={t('connection.ringUnknown')} />
  )
}
