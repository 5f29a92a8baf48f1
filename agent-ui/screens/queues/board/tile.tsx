import { IconCircleCheck, IconClockHour4, IconFlag, IconTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isMet, TARGET_RULES } from '#contract/supervision/targets.ts'
import type { Target, TargetFigure } from '#contract/supervision/targets.ts'
import type { Figure } from '#contract/supervision/figures.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { formatSpan } from '../../../state/countdown.ts'
import { formatDate, formatNumber } from '../../../state/local-time.ts'
import { useCoarseNow } from '../../../ticker.ts'
import { useAsOf, useSilentSince } from './source.tsx'
import type { SourceName } from './source.tsx'
import classes from './tiles.module.css'

interface TileProps {
  label: ReactNode
  value: ReactNode
  /** How it is counted, in words. */
  formula: string
  /** A second figure, small. */
  note?: string | undefined
  source?: SourceName
  /** It needs somebody now. */
  alarm?: boolean
  goal?: Goal | null
}

/** What a figure should reach, and whether it does. */
export interface Goal {
  figure: TargetFigure
  value: Figure
  target: Target
}

/** One figure with how it is counted, what it should be, and of which moment it is. */
export function Tile(props: TileProps) {
  const { label, value, formula, note, source = 'pbx', alarm = false, goal = null } = props
  const goalWords = useGoalWords(goal)
  const asOf = useAsOf(source)
  const silentSince = useSilentSince(source)
  const met = goal === null ? null : isMet(goal.figure, goal.value, goal.target.value)
  const words = [note, formula, goalWords, asOf]
    .filter((part) => part !== null && part !== undefined)
    .join(' · ')
  return (
    <div
      className={classes.tile}
      data-alarm={alarm}
      data-silent={silentSince !== null}
      title={words}
    >
      <dt>{label}</dt>
      <dd className="numeric">
        <span className={classes.value}>{value}</span>
        {silentSince !== null && <Age since={silentSince} />}
        {silentSince === null && goal !== null && <GoalMark goal={goal} met={met} />}
        {silentSince === null && goal === null && note !== undefined && (
          <small className={classes.note}>{note}</small>
        )}
      </dd>
    </div>
  )
}

/** How old a figure is whose source says nothing any more. */
function Age({ since }: { since: number }) {
  const { t } = useTranslation()
  const span = formatSpan(Math.max(0, useCoarseNow() - since))
  return (
    <span className={classes.age}>
      <IconClockHour4 size={12} aria-hidden />
      {t('board.old', { span })}
    </span>
  )
}

/** Met or not by shape, colour and words. */
function GoalMark({ goal, met }: { goal: Goal; met: boolean | null }) {
  const { t } = useTranslation()
  const short = goalText(goal.figure, goal.target.value ?? 0)
  const [state, Icon] =
    met === null
      ? (['open', IconFlag] as const)
      : met
        ? (['met', IconCircleCheck] as const)
        : (['missed', IconTriangle] as const)
  return (
    <span className={classes.goal} data-state={state}>
      <Icon size={12} aria-hidden />
      {t(`board.target.${state}`, { goal: short })}
    </span>
  )
}

function goalText(figure: TargetFigure, value: number): string {
  const { unit, sense } = TARGET_RULES[figure]
  const sign = sense === 'least' ? '≥' : '≤'
  return unit === 'percent'
    ? `${sign} ${formatNumber(value)} %`
    : `${sign} ${formatSpan(value * 1000)}`
}

function useGoalWords(goal: Goal | null): string | null {
  const { t } = useTranslation()
  if (goal === null || goal.target.value === null) return null
  const { unit, sense } = TARGET_RULES[goal.figure]
  const { from, value } = goal.target
  return t(`board.target.${sense}`, {
    value: t(`targets.${unit}`, { value }),
    from: from === null ? t('board.target.always') : formatDate(`${from}T00:00:00.000Z`),
  })
}
