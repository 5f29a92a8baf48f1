import { Kbd, TextInput } from '@mantine/core'
import type { StepAnswer } from '#contract/casework/guidance.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import classes from './process.module.css'

const ANSWERS = ['ok', 'nok', 'skipped'] as const

interface StepProps {
  number: number
  text: string
  answer: StepAnswer | undefined
  /** Null when this person may only read. */
  onAnswer: ((answer: StepAnswer['answer'] | null) => void) | null
  onNote: (note: string) => void
}

/** One step to read out, its answer, and a note once it is answered. */
export function GuidanceStep({ number, text, answer, onAnswer, onNote }: StepProps) {
  const { t } = useTranslation()
  return (
    <li className={classes.step}>
      <span className={classes.stepKey}>
        {number <= 9 && onAnswer ? <Kbd size="xs">{number}</Kbd> : number}
      </span>
      <span className="wrap-anywhere">{text}</span>
      <span
        className={classes.answers}
        role="group"
        aria-label={t('guidance.answerOf', { number, text })}
      >
        {ANSWERS.map((value) => (
          <button
            key={value}
            type="button"
            data-answer={value}
            aria-pressed={answer?.answer === value}
            disabled={onAnswer === null}
            onClick={() => onAnswer?.(answer?.answer === value ? null : value)}
          >
            {t(`guidance.${value}`)}
          </button>
        ))}
      </span>
      {answer && (onAnswer || answer.note !== '') && (
        <div className={classes.stepNote}>
          {onAnswer ? (
            <TextInput
              size="xs"
              maxLength={500}
              aria-label={t('guidance.note')}
              placeholder={t('guidance.note')}
              value={answer.note}
              onChange={(event) => onNote(event.currentTarget.value)}
            />
          ) : (
            <span className={classes.dim}>{answer.note}</span>
          )}
        </div>
      )}
    </li>
  )
}
