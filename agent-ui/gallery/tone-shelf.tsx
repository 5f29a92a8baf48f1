import { IconCheck } from '@tabler/icons-react'
import { ticketStatus } from '#contract/tickets.ts'
import { ClockBar } from '../components/clock-bar.tsx'
import { PromiseTone } from '../components/promise-tone.tsx'
import { TicketStatusTone } from '../components/ticket-status.tsx'
import { Tone } from '../components/tone.tsx'
import type { ToneName } from '../components/tone.tsx'
import { aCallback, aClock } from '../test-support/samples.ts'
import { Shelf, State } from './shelf.tsx'
import classes from './gallery.module.css'

const TONES: readonly ToneName[] = ['ok', 'warn', 'bad', 'busy', 'calm']
const HOUR_MS = 3_600_000

/** So many hours from now on. */
function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString()
}

const CLOCKS = {
  calm: aClock({ startedAt: inHours(-2), dueAt: inHours(22) }),
  soon: aClock({ startedAt: inHours(-23), dueAt: inHours(0.5) }),
  late: aClock({ startedAt: inHours(-26), dueAt: inHours(-2) }),
  paused: aClock({
    startedAt: inHours(-2),
    dueAt: null,
    pausedSince: inHours(-1),
    pausedBy: 'outage',
  }),
  met: aClock({ startedAt: inHours(-9), dueAt: inHours(3), stoppedAt: inHours(-1) }),
  missed: aClock({ startedAt: inHours(-30), dueAt: inHours(-6), stoppedAt: inHours(-1) }),
}

const PROMISES = {
  later: aCallback({ dueAt: inHours(3) }),
  soon: aCallback({ dueAt: inHours(0.05) }),
  due: aCallback({ dueAt: inHours(-0.01) }),
  overdue: aCallback({ dueAt: inHours(-1) }),
  dialing: aCallback({ status: 'dialing', dueAt: inHours(0) }),
  failed: aCallback({ status: 'failed', dueAt: inHours(-1) }),
}

/** What says a state in colour, sign and words. */
export function ToneShelf() {
  return (
    <Shelf title="Tones, clocks, states">
      <div className={classes.row}>
        {TONES.map((tone) => (
          <Tone key={tone} tone={tone} icon={<IconCheck size={14} aria-hidden />}>
            {tone}
          </Tone>
        ))}
      </div>
      <div className={classes.row}>
        {Object.entries(CLOCKS).map(([name, clock]) => (
          <State key={name} name={`clock: ${name}`}>
            <ClockBar clock={clock} />
          </State>
        ))}
      </div>
      <div className={classes.row}>
        {Object.entries(PROMISES).map(([name, promise]) => (
          <State key={name} name={`promise: ${name}`}>
            <PromiseTone promise={promise} />
          </State>
        ))}
      </div>
      <State name="state of a ticket, long and short">
        <div className={classes.row}>
          {ticketStatus.options.map((status) => (
            <span key={status}>
              <TicketStatusTone status={status} /> <TicketStatusTone status={status} isShort />
            </span>
          ))}
        </div>
      </State>
    </Shelf>
  )
}
