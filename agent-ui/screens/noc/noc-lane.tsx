import { Link, useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import type { GuidanceFinding } from '#contract/casework/guidance.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { ClockBar } from '../../components/clock-bar.tsx'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { RowVerbs } from '../../components/data-list/row-verbs.tsx'
import { spanText } from '../../components/span-text.ts'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatNumber } from '../../state/local-time.ts'
import type { Lane } from '../../state/noc-board.ts'
import { useCoarseNow } from '../../ticker.ts'
import { Finding } from './finding.tsx'
import classes from './noc.module.css'

interface LaneProps {
  lane: Lane
  rows: readonly TicketRow[]
  /** Of the lane, also those beyond what is read. */
  count: number
  /** What guidance found, by ticket. */
  found: ReadonlyMap<string, GuidanceFinding>
  currentId: string | null
  onFocus: (id: string) => void
  verbs: (row: TicketRow) => readonly RowVerb[]
}

/** One stage of the board: its tickets, the one whose time runs out next on top. */
export function NocLane({ lane, rows, count, found, currentId, onFocus, verbs }: LaneProps) {
  const { t } = useTranslation()
  const headId = `lane-${lane.id}`
  const beyond = count - rows.length
  return (
    <section className={classes.lane} aria-labelledby={headId}>
      <h2 className={classes.laneHead} id={headId}>
        {t(`noc.lane.${lane.id}`)}
        <span className={`${classes.count} numeric`}>
          {formatNumber(Math.max(count, rows.length))}
        </span>
      </h2>
      {rows.length === 0 && <p className={classes.none}>{t('noc.laneEmpty')}</p>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <BoardRow
            key={row.id}
            row={row}
            finding={found.get(row.id)}
            isCurrent={row.id === currentId}
            onFocus={() => onFocus(row.id)}
            verbs={verbs(row)}
          />
        ))}
      </ul>
      {beyond > 0 && rows.length > 0 && (
        <p className={classes.none}>{t('noc.beyond', { count: beyond })}</p>
      )}
    </section>
  )
}

interface RowProps {
  row: TicketRow
  finding: GuidanceFinding | undefined
  isCurrent: boolean
  onFocus: () => void
  verbs: readonly RowVerb[]
}

function BoardRow({ row, finding, isCurrent, onFocus, verbs }: RowProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    event.preventDefault()
    void navigate({ to: '/tickets/$ticketId', params: { ticketId: row.id } })
  }
  return (
    <li
      className={classes.row}
      data-row={row.id}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={open}
    >
      <div className={classes.head}>
        <Link to="/tickets/$ticketId" params={{ ticketId: row.id }} className="numeric">
          {row.code}
        </Link>
        <Age row={row} />
      </div>
      <div className={classes.subject} title={row.subject}>
        {row.subject || t('ticket.noSubject')}
      </div>
      <ClockBar clock={row.stageClock} />
      <div className={classes.dim}>
        {[row.area ?? t('noc.noArea'), row.customer?.name].filter(Boolean).join(' · ')}
      </div>
      {finding && <Finding finding={finding} />}
      <div className={classes.tags}>
        {row.team === 'field' && <TicketStatusTone status={row.status} isShort />}
        {row.isOutage && <Tone tone="bad">{t('noc.isOutage')}</Tone>}
        {row.loopNo > 1 && <Tone tone="warn">{t('process.loop', { count: row.loopNo })}</Tone>}
      </div>
      <div className={classes.head}>
        <span className={classes.dim}>{row.assignee?.displayName ?? t('work.nobody')}</span>
        <RowVerbs name={row.code} verbs={verbs} />
      </div>
    </li>
  )
}

/** How long it has been in its stage. */
function Age({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const age = spanText(t, now - Date.parse(row.statusSince))
  return (
    <span className={`${classes.dim} numeric`} title={t('work.since')}>
      {age}
    </span>
  )
}
