import { CloseButton } from '@mantine/core'
import { IconPhone, IconPhoneCall, IconPhoneOff, IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { queries } from '../../queries.ts'
import type { WorkTab } from '../../state/workspace.ts'
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
  return (
    <div className={classes.tabs} role="group" aria-label={t('desk.tabs')}>
      {tabs.map((tab) => (
        <DeskTab
          key={tab.key}
          tab={tab}
          isActive={tab.key === activeKey}
          pop={pops.find((pop) => pop.call.id === tab.callId)}
        />
      ))}
    </div>
  )
}

interface DeskTabProps {
  tab: WorkTab
  isActive: boolean
  pop: ScreenPop | undefined
}

function DeskTab({ tab, isActive, pop }: DeskTabProps) {
  const { t } = useTranslation()
  const ticket = useQuery(queries.ticket(tab.ticketId ?? ''))
  const code = ticket.data?.code ?? pop?.ticket?.code
  const name = code ?? pop?.call.number.display ?? '…'
  const who =
    ticket.data?.customer?.name ??
    ticket.data?.number?.display ??
    pop?.customer?.name ??
    pop?.call.number.display
  return (
    <div className={classes.tab} data-active={isActive}>
      <button
        type="button"
        className={classes.tabButton}
        aria-pressed={isActive}
        onClick={() => step({ type: 'tab_chosen', key: tab.key })}
      >
        <StageIcon pop={pop} />
        <span className={classes.tabText}>
          <span className="numeric">{name}</span>
          {code && who && <span className={classes.tabWho}>{who}</span>}
        </span>
      </button>
      <CloseButton
        size="sm"
        aria-label={t('desk.closeTab', { name })}
        onClick={() => step({ type: 'tab_closed', key: tab.key })}
      />
    </div>
  )
}

function StageIcon({ pop }: { pop: ScreenPop | undefined }) {
  const { t } = useTranslation()
  if (!pop) return <IconTicket size={16} aria-hidden />
  if (pop.stage === 'ringing') {
    return <IconPhoneCall size={16} className={classes.live} aria-label={t('desk.stageRinging')} />
  }
  return pop.stage === 'answered' ? (
    <IconPhone size={16} className={classes.live} aria-label={t('desk.stageTalking')} />
  ) : (
    <IconPhoneOff size={16} aria-label={t('desk.stageEnded')} />
  )
}
