import {
  IconCircleCheck,
  IconCoffee,
  IconPencil,
  IconPhone,
  IconPhoneCall,
  IconPlugOff,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { MemberState } from '#contract/queues.ts'
import type { WallAgent } from '#contract/supervision/wall.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatElapsed } from '../../state/countdown.ts'
import { shortName, stripOf } from '../../state/wall.ts'
import classes from './wall.module.css'

const SHAPES: Record<MemberState, Icon> = {
  ready: IconCircleCheck,
  ringing: IconPhoneCall,
  in_call: IconPhone,
  wrap_up: IconPencil,
  paused: IconCoffee,
  unavailable: IconPlugOff,
}

interface WallAgentsProps {
  agents: readonly WallAgent[]
  shownNow: number
}

/** Who takes calls and what they do, those who are free first. */
export function WallAgents({ agents, shownNow }: WallAgentsProps) {
  const { t } = useTranslation()
  const { columns, shown } = stripOf(agents.length)
  const more = agents.length - shown
  const grid: CSSProperties & { '--columns': number } = { '--columns': columns }
  if (agents.length === 0) return <p className={classes.nobody}>{t('wall.nobodyThere')}</p>
  return (
    <ul className={classes.agents} style={grid} aria-label={t('wall.agents')}>
      {agents.slice(0, shown).map((agent) => (
        <Agent key={agent.extension} agent={agent} shownNow={shownNow} />
      ))}
      {more > 0 && <li className={classes.more}>{t('wall.more', { count: more })}</li>}
    </ul>
  )
}

function Agent({ agent, shownNow }: { agent: WallAgent; shownNow: number }) {
  const { t } = useTranslation()
  const { displayName, state, stateSince } = agent
  const Shape = SHAPES[state]
  return (
    <li className={classes.agent} data-state={state}>
      <Shape aria-hidden />
      <span className={classes.name}>{shortName(displayName)}</span>
      <span className={classes.state}>
        <span className={classes.stateName}>{t(`memberState.${state}`)}</span>{' '}
        <span className="numeric" role="timer" aria-live="off">
          {formatElapsed(stateSince, shownNow)}
        </span>
      </span>
    </li>
  )
}
