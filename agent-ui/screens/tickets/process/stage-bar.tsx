import { IconCheck } from '@tabler/icons-react'
import type { Ticket } from '#contract/tickets.ts'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { stageStates } from '../../../state/stages.ts'
import classes from './process.module.css'

/** Bước 1 … 5 of this ticket: what is done, where it is, what may come. */
export function StageBar({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.stages} aria-label={t('process.stages')}>
      {stageStates(ticket).map(({ stage, state }) => (
        <li
          key={stage}
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
          title={stage === 'recheck' ? t('process.inferred') : t(`process.stage.${stage}`)}
        >
          {state === 'done' && <IconCheck size={14} aria-hidden />}
          {t(`process.stageShort.${stage}`)}
        </li>
      ))}
      {ticket.loopNo > 1 && (
        <li className={classes.loop}>
          <Tone tone="warn">{t('process.loop', { count: ticket.loopNo })}</Tone>
        </li>
      )}
    </ol>
  )
}
