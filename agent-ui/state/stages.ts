import type { ClockKind } from '#contract/casework/process.ts'
import type { Ticket, TicketStatus } from '#contract/tickets.ts'

/** The steps of DCNET's process as people count them (`process.md` §1). */
const STAGES = ['reception', 'technical', 'field', 'reply', 'recheck', 'closed'] as const
export type Stage = (typeof STAGES)[number]

const STAGE_OF: Record<Exclude<TicketStatus, 'need_customer_info' | 'cancelled'>, Stage> = {
  new: 'reception',
  guiding: 'reception',
  callback_due: 'reception',
  noc_queued: 'technical',
  noc_diagnosing: 'technical',
  noc_core_fix: 'technical',
  noc_verifying: 'technical',
  field_queued: 'field',
  field_working: 'field',
  customer_reply: 'reply',
  recheck: 'recheck',
  confirmed: 'closed',
  closed: 'closed',
}

/** Where a ticket is now; a question to the customer belongs to the step that asked it. */
export function stageOf({ status, clocks }: Pick<Ticket, 'status' | 'clocks'>): Stage | null {
  if (status === 'cancelled') return null
  if (status !== 'need_customer_info') return STAGE_OF[status]
  const waiting = clocks.find(({ pausedBy }) => pausedBy === 'customer_info')
  return waiting ? (stageOfClock(waiting.kind) ?? 'reception') : 'reception'
}

function stageOfClock(kind: ClockKind): Stage | null {
  switch (kind) {
    case 'noc':
    case 'verify':
      return 'technical'
    case 'field':
      return 'field'
    case 'reply':
      return 'reply'
    case 'recheck':
      return 'recheck'
    case 'promise':
    case 'overall':
    case 'acknowledgement':
    case 'restoration':
      return null
    default:
      return kind satisfies never
  }
}

export type StageState = 'done' | 'current' | 'ahead' | 'skipped'

/** The whole way of a ticket: what lies behind, where it is, what may come. */
export function stageStates(
  ticket: Pick<Ticket, 'status' | 'clocks'>,
): { stage: Stage; state: StageState }[] {
  const current = stageOf(ticket)
  const at = current === null ? -1 : STAGES.indexOf(current)
  const visited = new Set<Stage>(['reception'])
  for (const clock of ticket.clocks) {
    const stage = stageOfClock(clock.kind)
    if (stage) visited.add(stage)
  }
  const isOver = ticket.status === 'closed'
  return STAGES.map((stage, index) => ({
    stage,
    state:
      index === at
        ? isOver
          ? 'done'
          : 'current'
        : index > at
          ? 'ahead'
          : visited.has(stage)
            ? 'done'
            : 'skipped',
  }))
}
