import {
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconClockHour4,
  IconTool,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { TicketStatus } from '#contract/tickets.ts'
import { useTranslation } from '../i18n/translation.tsx'
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

interface StatusProps {
  status: TicketStatus
  /** In a list: a word or two, the whole of it when it is pointed at or read out. */
  isShort?: boolean
}

export function TicketStatusTone({ status, isShort = false }: StatusProps) {
  const { t } = useTranslation()
  const [tone, StatusIcon] = LOOK[status]
  const whole = t(`status.${status}`)
  return (
    <Tone tone={tone} icon={<StatusIcon size={14} aria-hidden />}>
      {isShort ? <abbr title={whole}>{t(`statusShort.${status}`)}</abbr> : whole}
    </Tone>
  )
}
