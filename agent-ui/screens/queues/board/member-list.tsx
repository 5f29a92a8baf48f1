import { Menu } from '@mantine/core'
import { IconDeviceDesktopOff } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { LiveQueue, QueueMember } from '#contract/queues.ts'
import { MoreMenu } from '../../../components/more-menu.tsx'
import { Empty } from '../../../components/failure.tsx'
import { StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { Elapsed } from '../../../components/timers.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { membersOf, queueKey } from '../../../state/board.ts'
import type { BoardMember } from '../../../state/board.ts'
import { formatNumber, formatTime } from '../../../state/local-time.ts'
import { AddMember, MemberActions } from '../member-actions.tsx'
import { HelpMark } from '../../shift/help-mark.tsx'
import { HeardBy } from '../steering/heard-by.tsx'
import { MemberMenu } from '../steering/member-menu.tsx'
import { BoardPanel } from './board-panel.tsx'
import { MemberStateTone, PauseWords } from './member-state.tsx'
import { useRowKeys } from './use-row-keys.ts'
import classes from './lists.module.css'

/** Who takes calls and what they do now. */
export function MemberList({ queues }: { queues: readonly LiveQueue[] }) {
  const { t } = useTranslation()
  const rows = membersOf(queues)
  const [only] = queues
  const keys = useRowKeys(rows.map(keyOf))
  const aside = queues.length === 1 && only !== undefined && <AddMember queue={only} />
  return (
    <BoardPanel title={t('queues.members')} count={rows.length} aside={aside}>
      {rows.length === 0 ? (
        <Empty title={t('queues.noMembers')} />
      ) : (
        <table className={`${classes.list} ${classes.members}`} aria-label={t('queues.members')}>
          <MemberHead />
          <tbody {...keys.body}>
            {rows.map((row) => (
              <MemberRow key={keyOf(row)} {...row} rowProps={keys.rowProps(keyOf(row))} />
            ))}
          </tbody>
        </table>
      )}
    </BoardPanel>
  )
}

const keyOf = ({ member, queues }: BoardMember): string =>
  `${queues[0]?.pbxId ?? ''}/${member.extension}`

function MemberHead() {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th className={classes.member}>{t('queues.member')}</th>
        <th className={classes.state}>{t('queues.state')}</th>
        <th className={`${classes.right} ${classes.span}`}>{t('queues.inState')}</th>
        <th>{t('board.talksTo')}</th>
        <th className={`${classes.right} ${classes.count}`}>
          <abbr title={t('queues.takenHint')}>{t('board.taken')}</abbr>
        </th>
        <th className={`${classes.right} ${classes.moment}`}>
          <abbr title={t('queues.lastCallHint')}>{t('board.last')}</abbr>
        </th>
        <th className={`${classes.right} ${classes.doing}`}>{t('common.actions')}</th>
      </tr>
    </thead>
  )
}

interface MemberRowProps extends BoardMember {
  rowProps: ReturnType<ReturnType<typeof useRowKeys>['rowProps']>
}

function MemberRow({ member, queues, rowProps }: MemberRowProps) {
  const { t } = useTranslation()
  const { taken, lastCallAt } = member.today
  const [queue] = queues
  if (queue === undefined) return null
  return (
    <tr {...rowProps} data-testid={`member-${member.extension}`} data-state={member.state}>
      <td className={classes.cut}>
        <Who member={member} />
      </td>
      <td className={classes.cut}>
        <span className={classes.who}>
          <MemberStateTone state={member.state} />
          <HelpMark extension={member.extension} />
          <HeardBy member={member} />
          <PauseWords member={member} />
        </span>
      </td>
      <td className={classes.right}>
        <StandsStillWithPbx pbxId={queue.pbxId}>
          <Elapsed since={member.stateSince} />
        </StandsStillWithPbx>
      </td>
      <td className={classes.cut}>
        <Talk member={member} />
      </td>
      <td className={`${classes.right} numeric`}>{formatNumber(taken)}</td>
      <td className={`${classes.right} numeric`}>
        {lastCallAt === null ? t('common.none') : formatTime(lastCallAt)}
      </td>
      <td className={classes.actions}>
        {queues.length === 1 ? (
          <span className={classes.buttons}>
            <MemberActions queue={queue} member={member} />
            <MemberMenu queue={queue} member={member} />
          </span>
        ) : (
          <QueueChoice name={member.displayName} queues={queues} />
        )}
      </td>
    </tr>
  )
}

/** What is done to somebody is done in one queue: which one is chosen first. */
function QueueChoice({ name, queues }: { name: string; queues: readonly LiveQueue[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <MoreMenu label={t('board.chooseQueue', { name })}>
      {queues.map((queue) => (
        <Menu.Item
          key={queueKey(queue)}
          onClick={() => void navigate({ to: '/queues', search: { queue: queueKey(queue) } })}
        >
          {queue.name}
        </Menu.Item>
      ))}
    </MoreMenu>
  )
}

function Who({ member }: { member: QueueMember }) {
  const { t } = useTranslation()
  return (
    <span className={classes.who}>
      <strong className={classes.name} title={member.displayName}>
        {member.displayName}
      </strong>
      <span className={`${classes.dim} numeric`}>{member.extension}</span>
      {member.penalty !== undefined && (
        <abbr
          className={`${classes.dim} numeric`}
          title={t('steering.penalty', { penalty: member.penalty })}
        >
          ↓{member.penalty}
        </abbr>
      )}
      {member.hasPage === false && (
        <span className={classes.icon} role="img" aria-label={t('queues.noPage')}>
          <IconDeviceDesktopOff size={13}>
            <title>{t('queues.noPage')}</title>
          </IconDeviceDesktopOff>
        </span>
      )}
    </span>
  )
}

/** The customer leads to the call, the code to its ticket. */
function Talk({ member: { callId, onCall, displayName } }: { member: QueueMember }) {
  const { t } = useTranslation()
  if (callId === undefined) return null
  const { number, customerName = null, ticket = null } = onCall ?? {}
  const shown = number?.kind === 'anonymous' ? t('incoming.hidden') : number?.display
  const who = customerName ?? shown ?? t('queues.openCall')
  return (
    <span className={classes.who}>
      <Link
        className={classes.name}
        to="/calls/$callId"
        params={{ callId }}
        aria-label={`${who}, ${t('queues.callOf', { name: displayName })}`}
        title={who}
      >
        {who}
      </Link>
      {ticket !== null && (
        <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
          {ticket.code}
        </Link>
      )}
    </span>
  )
}
