import { useState } from 'react'
import type { TeamView } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { boardSteps } from '../../state/noc-board.ts'
import type { BoardStep } from '../../state/noc-board.ts'
import { useWorkVerbs } from '../work/use-work-verbs.tsx'
import { StepDialog } from './step-dialog.tsx'

/** What can be done to a row of the board: the team's verbs, and the steps that its stage leads to. */
export function useNocVerbs(team: TeamView, teams: readonly TeamView[]) {
  const { t } = useTranslation()
  const user = useUser()
  const work = useWorkVerbs(team, teams)
  const [asking, setAsking] = useState<{ row: TicketRow; action: BoardStep } | null>(null)
  const verbs = (row: TicketRow): RowVerb[] => {
    if (row.team !== 'noc') return []
    const steps = user.role === 'noc' ? boardSteps(row.status) : []
    const ofTeam = work.verbs(row)
    const isTaken = !ofTeam.some(({ main }) => main)
    return [
      ...ofTeam,
      ...steps.map(([action, key], index): RowVerb => ({
        id: action,
        label: t(`noc.step.${action}`),
        key,
        main: isTaken && index === 0,
        run: () => setAsking({ row, action }),
      })),
    ]
  }
  const dialog = (
    <>
      {work.dialog}
      {asking && <StepDialog {...asking} onClose={() => setAsking(null)} />}
    </>
  )
  return { verbs, dialog }
}
