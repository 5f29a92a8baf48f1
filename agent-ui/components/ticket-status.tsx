import {
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconClockHour4,
  IconTool,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TicketStatus } from '#contract/tickets.ts'
import { Tone } from './tone.tsx'
import type { ToneName } from './tone.tsx'

const LOOK: Record<TicketStatus, [ToneName, Icon]> = {
  new: ['busy', IconCircleDot],
  guiding: ['busy', IconCircleDot],
  callback_due: ['warn', IconClockHour4],
  noc_queued: ['warn', IconClockHour4],
  noc_diagnosing: ['busy', IconTool],
  noc_core_fix: ['busy', IconTool],
  field_queued: ['warn', IconClockHour4],
  field_working: ['busy', IconTool],
  noc_verifying: ['busy', IconTool],
  need_customer_info: ['warn', IconUserQuestion],
  customer_reply: ['warn', IconUserQuestion],
  recheck: ['warn', IconTool],
  confirmed: ['ok', IconCircleCheck],
  closed: ['calm', IconCircleCheck],
  cancelled: ['calm', IconCircleX],
}

export function TicketStatusTone({ status }: { status: TicketStatus }) {
  const { t } = useTranslation()
  const [tone, StatusIcon] = LOOK[status]
  return (
    <Tone tone={tone} icon={<StatusIcon size={14} aria-hidden />}>
      {t(`status.${status}`)}
    </Tone>
  )
}
