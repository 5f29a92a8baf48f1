import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { StandsStillWithPbx } from '../../components/stands-still.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { tell, useLive } from '../../live-store.ts'
import { chosenQueues } from '../../state/board.ts'
import { BoardHead } from './board/board-head.tsx'
import { BoardTiles } from './board/board-tiles.tsx'
import { CallerList } from './board/caller-list.tsx'
import { MemberList } from './board/member-list.tsx'
import { BoardNotices } from './board/notices.tsx'
import { QueueLines } from './board/queue-lines.tsx'
import { Sources, useSources } from './board/source.tsx'
import { WaitHistogram } from './board/wait-histogram.tsx'
import classes from './board/board.module.css'

/** The supervisor's floor on one screen: who waits, who works, what is owed, and how old the picture is. */
export function QueuesScreen() {
  const queues = useLive((live) => live.queues)
  const first = useQuery({
    queryKey: ['queues'],
    queryFn: async () => {
      const snapshot = await api.queues()
      tell({ type: 'queues_snapshot', snapshot })
      return snapshot.rev
    },
    enabled: queues === null,
  })
  if (queues !== null) return <Board snapshot={queues} />
  if (first.isError) return <LoadFailed error={first.error} onRetry={() => void first.refetch()} />
  return <Loading rows={10} />
}

function Board({ snapshot }: { snapshot: QueuesSnapshot }) {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/queues' })
  const queues = chosenQueues(snapshot.queues, search)
  const sources = useSources(snapshot, queues)
  return (
    <Sources value={sources}>
      <div className={classes.board}>
        <BoardHead snapshot={snapshot} queues={queues} search={search} />
        <BoardNotices snapshot={snapshot} queues={queues} />
        {queues.length === 0 ? (
          <Empty title={t('queues.noQueues')} text={t('queues.noQueuesText')} />
        ) : (
          <Floor snapshot={snapshot} queues={queues} isSilent={sources.pbx.silentSince !== null} />
        )}
      </div>
    </Sources>
  )
}

interface FloorProps {
  snapshot: QueuesSnapshot
  queues: readonly LiveQueue[]
  isSilent: boolean
}

/** What runs within stands still as soon as nobody tells how it goes on. */
function Floor({ snapshot, queues, isSilent }: FloorProps) {
  return (
    <StandsStillWithPbx {...onlyPbx(queues)}>
      <BoardTiles snapshot={snapshot} queues={queues} />
      <div className={classes.columns} data-silent={isSilent}>
        <div className={classes.side}>
          <CallerList queues={queues} />
          {queues.length > 1 && <QueueLines queues={queues} />}
          <WaitHistogram queues={queues} />
        </div>
        <MemberList queues={queues} />
      </div>
    </StandsStillWithPbx>
  )
}

function onlyPbx(queues: readonly LiveQueue[]): { pbxId?: string } {
  const ids = new Set(queues.map(({ pbxId }) => pbxId))
  const [only] = ids
  return ids.size === 1 && only !== undefined ? { pbxId: only } : {}
}
