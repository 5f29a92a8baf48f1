import { RequestFailed } from '../request.ts'
import { Empty, LoadFailed, Loading } from '../components/failure.tsx'
import { CrashPage, ForbiddenPage, NotFoundPage } from '../components/message-page.tsx'
import { AsOf } from '../components/stands-still.tsx'
import { Elapsed } from '../components/timers.tsx'
import { FrozenAt } from '../ticker.ts'
import { Shelf, State } from './shelf.tsx'
import classes from './gallery.module.css'

const FAILURES = ['unreachable', 'forbidden', 'busy'] as const

/** What stands where there is nothing to show yet, or for this person. */
export function PageShelf() {
  const since = new Date(Date.now() - 83_000).toISOString()
  return (
    <Shelf title="Waiting, failing, nothing there">
      <div className={classes.two}>
        <State name="loading">
          <Loading rows={3} />
        </State>
        <State name="empty">
          <Empty title="Empty" text="text" />
        </State>
        {FAILURES.map((kind) => (
          <State key={kind} name={`failed: ${kind}`}>
            <LoadFailed error={new RequestFailed(kind, null, null)} onRetry={() => undefined} />
          </State>
        ))}
        <State name="running, and as of when the link was lost">
          <Elapsed since={since} />{' '}
          <FrozenAt value={Date.now() - 20_000}>
            <Elapsed since={since} /> <AsOf />
          </FrozenAt>
        </State>
        <State name="no permission">
          <ForbiddenPage role="agent" />
        </State>
        <State name="no such page">
          <NotFoundPage />
        </State>
        <State name="crashed">
          <CrashPage />
        </State>
      </div>
    </Shelf>
  )
}
