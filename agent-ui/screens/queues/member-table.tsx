import { Group, Table } from '@mantine/core'
import {
  IconCircleCheck,
  IconClockHour4,
  IconCoffee,
  IconPhone,
  IconPhoneCall,
  IconPlugOff,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LiveQueue, MemberState, QueueMember } from '#contract/queues.ts'
import { Empty } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { hasText } from '../../i18n/known-text.ts'
import { vi } from '../../i18n/vi.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatNumber, formatTime } from '../../state/local-time.ts'
import { HelpMark } from '../shift/help-mark.tsx'
import { AddMember, MemberActions } from './member-actions.tsx'
import { HeardBy } from './steering/heard-by.tsx'
import { MemberMenu } from './steering/member-menu.tsx'
import classes from './queues.module.css'

const LOOK: Record<MemberState, [ToneName, Icon]> = {
  ready: ['ok', IconCircleCheck],
  ringing: ['busy', IconPhoneCall],
  in_call: ['busy', IconPhone],
  wrap_up: ['warn', IconClockHour4],
  paused: ['warn', IconCoffee],
  unavailable: ['bad', IconPlugOff],
}

export function MemberTable({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('queues.members')} flush aside={<AddMember queue={queue} />}>
      {queue.members.length === 0 ? (
        <Empty title={t('queues.noMembers')} />
      ) : (
        <Table verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('queues.member')}</Table.Th>
              <Table.Th>{t('queues.state')}</Table.Th>
              <Table.Th className={classes.right ?? ''}>{t('queues.inState')}</Table.Th>
              <Table.Th className={classes.right ?? ''}>
                <abbr title={t('queues.takenHint')}>{t('queues.taken')}</abbr>
              </Table.Th>
              <Table.Th className={classes.right ?? ''}>
                <abbr title={t('queues.talkedHint')}>{t('queues.talked')}</abbr>
              </Table.Th>
              <Table.Th className={classes.right ?? ''}>
                <abbr title={t('queues.lastCallHint')}>{t('queues.lastCall')}</abbr>
              </Table.Th>
              <Table.Th className={classes.right ?? ''}>{t('common.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {queue.members.map((member) => (
              <MemberRow key={member.extension} queue={queue} member={member} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}

function MemberRow({ queue, member }: { queue: LiveQueue; member: QueueMember }) {
  const { t } = useTranslation()
  const { taken, talkSeconds, lastCallAt } = member.today
  return (
    <Table.Tr data-testid={`member-${member.extension}`} data-state={member.state}>
      <Table.Td>
        <strong>{member.displayName}</strong>{' '}
        <span className={`${classes.dim} numeric`}>{member.extension}</span>
        <Penalty member={member} />
      </Table.Td>
      <Table.Td>
        <MemberStateTone member={member} />
        <HelpMark extension={member.extension} />
        {member.callId !== undefined && <CallLink callId={member.callId} member={member} />}
        <HeardBy member={member} />
      </Table.Td>
      <Table.Td className={classes.right ?? ''}>
        <Elapsed since={member.stateSince} />
      </Table.Td>
      <Table.Td className={`${classes.right} numeric`}>{formatNumber(taken)}</Table.Td>
      <Table.Td className={`${classes.right} numeric`}>{formatSpan(talkSeconds * 1000)}</Table.Td>
      <Table.Td className={`${classes.right} numeric`}>
        {lastCallAt === null ? t('common.none') : formatTime(lastCallAt)}
      </Table.Td>
      <Table.Td className={classes.right ?? ''}>
        <Group gap={2} justify="flex-end" wrap="nowrap">
          <MemberActions queue={queue} member={member} />
          <MemberMenu queue={queue} member={member} />
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function Penalty({ member: { penalty } }: { member: QueueMember }) {
  const { t } = useTranslation()
  if (penalty === undefined) return null
  return <div className={classes.dim}>{t('steering.penalty', { penalty })}</div>
}

/** The page of the call, which leads on to its ticket. */
function CallLink({ callId, member }: { callId: string; member: QueueMember }) {
  const { t } = useTranslation()
  return (
    <Link
      className={classes.call}
      to="/calls/$callId"
      params={{ callId }}
      aria-label={t('queues.callOf', { name: member.displayName })}
    >
      {t('queues.openCall')}
    </Link>
  )
}

function MemberStateTone({ member }: { member: QueueMember }) {
  const { t } = useTranslation()
  const [tone, StateIcon] = LOOK[member.state]
  const reason = member.pauseReason
  const reasonText = reason && hasText(vi.pause, reason) ? t(`pause.${reason}`) : reason
  return (
    <>
      <Tone tone={tone} icon={<StateIcon size={14} aria-hidden />}>
        {t(`memberState.${member.state}`)}
      </Tone>
      {reasonText && <div className={classes.dim}>{reasonText}</div>}
      {member.hasPage === false && <div className={classes.dim}>{t('queues.noPage')}</div>}
    </>
  )
}
