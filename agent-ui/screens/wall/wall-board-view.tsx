import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconDatabaseOff,
  IconExclamationCircle,
  IconMinus,
  IconPhoneOff,
  IconServerOff,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { abandonRate, serviceLevel } from '#contract/supervision/figures.ts'
import type { WallBoard } from '#contract/supervision/wall.ts'
import { Preferences } from '../../components/preferences.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatElapsed } from '../../state/countdown.ts'
import { formatClock, formatNumber } from '../../state/local-time.ts'
import { agentsThere, areRowsOld, freeAgents, toneOf, troubleOf } from '../../state/wall.ts'
import type { WallFigure, WallLink, WallTone, WallTrouble } from '../../state/wall.ts'
import { useLocalNow } from '../../ticker.ts'
import { WallAlarms } from './wall-alarms.tsx'
import { WallAgents } from './wall-agents.tsx'
import classes from './wall.module.css'

const FIGURES: readonly WallFigure[] = [
  'waiting',
  'longest',
  'free',
  'level',
  'abandoned',
  'promises',
]

const SHAPES: Record<WallTone, Icon> = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconExclamationCircle,
  calm: IconMinus,
}

interface WallBoardViewProps {
  link: WallLink
  board: WallBoard
}

/** Six figures and who takes calls, to be read from five metres. */
export function WallBoardView({ link, board }: WallBoardViewProps) {
  const { t } = useTranslation()
  const now = useLocalNow()
  const trouble = troubleOf(link, now)
  const serverNow = now + link.offsetMs
  // what runs stands still where the source fell silent
  const shownNow = trouble === null ? serverNow : Math.min(serverNow, trouble.since)
  const areOld = areRowsOld(board, serverNow)
  return (
    <main className={classes.wall} data-old={trouble !== null} data-testid="wall">
      <header className={classes.head}>
        <h1>{t('wall.title')}</h1>
        <div role="status" className={classes.status}>
          {trouble !== null && <Trouble trouble={trouble} />}
          {trouble?.kind !== 'service_away' && <WallAlarms alarms={board.alarms} />}
          {trouble?.kind !== 'service_away' && board.database === 'waiting' && (
            <Banner icon={IconDatabaseOff} text={t('wall.databaseWaiting')} />
          )}
        </div>
        <p className="numeric" data-testid="wall-clock">
          {formatClock(new Date(serverNow).toISOString())}
        </p>
      </header>
      <section className={classes.figures} aria-label={t('wall.figures')}>
        {FIGURES.map((name) => (
          <Figure
            key={name}
            name={name}
            board={board}
            shownNow={shownNow}
            oldSince={oldSince(name, board, { trouble, areOld })}
          />
        ))}
      </section>
      <WallAgents agents={board.agents} shownNow={shownNow} />
      <footer className={classes.foot}>
        <span className="numeric">
          {t('wall.asOf', {
            time: formatClock(new Date(trouble?.since ?? serverNow).toISOString()),
          })}
        </span>
        <Preferences />
      </footer>
    </main>
  )
}

/** Since when it may be another figure, in ms; null: it is that of now. */
function oldSince(
  name: WallFigure,
  { promises }: WallBoard,
  { trouble, areOld }: { trouble: WallTrouble | null; areOld: boolean },
): number | null {
  if (name !== 'promises') return trouble?.since ?? null
  if (trouble?.kind === 'service_away') return trouble.since
  return areOld && promises !== null ? Date.parse(promises.asOf) : null
}

interface FigureProps {
  name: WallFigure
  board: WallBoard
  shownNow: number
  oldSince: number | null
}

function Figure({ name, board, shownNow, oldSince: since }: FigureProps) {
  const { t } = useTranslation()
  const tone = toneOf(name, board, shownNow)
  const Shape = since === null ? SHAPES[tone] : IconClockExclamation
  const { value, note } = useFigureText(name, board, shownNow)
  return (
    <div
      className={classes.figure}
      data-tone={since === null ? tone : 'old'}
      data-testid={`wall-${name}`}
    >
      <h2>
        <Shape aria-hidden />
        {t(`wall.figure.${name}`)}
      </h2>
      <p className={`${classes.value} numeric`}>{value}</p>
      <p className={classes.note}>
        {since === null
          ? note
          : t('wall.asOf', { time: formatClock(new Date(since).toISOString()) })}
        {since === null && <span className={classes.spoken}> {t(`wall.tone.${tone}`)}</span>}
      </p>
    </div>
  )
}

function useFigureText(
  name: WallFigure,
  board: WallBoard,
  shownNow: number,
): { value: string; note: string } {
  const { t } = useTranslation()
  const { today, promises, waitingSince } = board
  switch (name) {
    case 'waiting':
      return { value: formatNumber(board.waiting), note: t('wall.note.waiting') }
    case 'longest':
      return {
        value: waitingSince === null ? '–' : formatElapsed(waitingSince, shownNow),
        note: t(waitingSince === null ? 'wall.note.nobody' : 'wall.note.longest'),
      }
    case 'free':
      return {
        value: formatNumber(freeAgents(board)),
        note: t('wall.note.free', { there: formatNumber(agentsThere(board)) }),
      }
    case 'level':
      return {
        value: percent(serviceLevel(today)),
        note: t('wall.note.level', {
          within: formatNumber(today.withinLevel),
          offered: formatNumber(today.offered),
        }),
      }
    case 'abandoned':
      return {
        value: formatNumber(today.abandoned),
        note: t('wall.note.abandoned', { rate: percent(abandonRate(today)) }),
      }
    case 'promises':
      return {
        value: promises === null ? '–' : formatNumber(promises.late),
        note: t('wall.note.promises', { risk: formatNumber(promises?.atRisk ?? 0) }),
      }
  }
}

function percent(share: number | null): string {
  return share === null ? '–' : `${formatNumber(Math.round(share * 100))} %`
}

const TROUBLES: Record<WallTrouble['kind'], Icon> = {
  service_away: IconServerOff,
  pbx_away: IconPhoneOff,
  pbx_silent: IconClockExclamation,
}

function Trouble({ trouble }: { trouble: WallTrouble }) {
  const { t } = useTranslation()
  const time = formatClock(new Date(trouble.since).toISOString())
  const pbx = trouble.kind === 'pbx_away' ? trouble.pbxIds.join(', ') : ''
  return (
    <Banner icon={TROUBLES[trouble.kind]} text={t(`wall.trouble.${trouble.kind}`, { time, pbx })} />
  )
}

function Banner({ icon: Shape, text }: { icon: Icon; text: string }) {
  return (
    <p className={classes.banner}>
      <Shape aria-hidden />
      <span>{text}</span>
    </p>
  )
}
