import { useQueryClient } from '@tanstack/react-query'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { CustomerCard } from '../components/customer-card.tsx'
import { queries } from '../queries.ts'
import { RingingRow } from '../screens/shell/call-bar/ringing-row.tsx'
import { TalkRow } from '../screens/shell/call-bar/talk-row.tsx'
import { WrapUpRow } from '../screens/shell/call-bar/wrap-up-row.tsx'
import type { Talk } from '../state/talk.ts'
import { FrozenAt } from '../ticker.ts'
import { aCall, aCustomer, aPop, aTicket, anOffer } from '../test-support/samples.ts'
import { Shelf, State } from './shelf.tsx'
import classes from './gallery.module.css'

const { id, code, name, kind, address } = aCustomer()
const customer = { id, code, name, kind, address, contractNos: ['HD-0001'] }
const other = { ...customer, id: 'customer-2', name: 'Trần Văn Ví Dụ' }
const hidden = { raw: '', kind: 'anonymous', key: null, display: '' } as const
const { number } = aPop().call
const justNow = new Date(Date.now() - 42_000).toISOString()

const RINGING: Record<string, ScreenPop> = {
  known: aPop({ customer }),
  unknown: aPop(),
  'one of several': aPop({ candidates: [customer, other] }),
  'hidden number': aPop({ call: { ...aPop().call, number: hidden, display: '' } }),
}

const TALK: Talk = {
  callId: 'call-1',
  pbxId: 'pbx1',
  status: 'talking',
  number,
  name,
  address,
  ticket: { id: 'ticket-1', code: 'KN-2026-000123' },
  since: justNow,
  heldSince: null,
  consult: null,
}

const soon = new Date(Date.now() + 3_600_000).toISOString()
const STEPS = [
  anOffer({ action: 'start_guidance', main: true }),
  anOffer({ action: 'resolved_on_call' }),
]

function nobody(): void {}

/** The call bar and who calls. */
export function CallShelf() {
  const client = useQueryClient()
  client.setQueryData(queries.ticket('ticket-1').queryKey, aTicket({ actions: STEPS }))
  const ended = { ...aCall(), status: 'ended' as const, segments: [], timeline: [] }
  client.setQueryData(queries.call('call-1').queryKey, ended)
  return (
    <Shelf title="Call bar, pops, customers">
      {Object.entries(RINGING).map(([of, pop]) => (
        <State key={of} name={`rings: ${of}`}>
          <RingingRow isAtPhone={false} pop={pop} promises={[]} />
        </State>
      ))}
      <State name="talks, its work in front">
        <TalkRow talk={TALK} isInFront />
      </State>
      <State name="talks, other work in front">
        <TalkRow talk={TALK} isInFront={false} />
      </State>
      <State name="holds an unknown caller">
        <TalkRow talk={{ ...TALK, name: null, address: null, heldSince: justNow }} isInFront />
      </State>
      <State name="the rest after it, with what became of the matter">
        <WrapUpRow
          endsAt={soon}
          decided={{ callId: 'call-1', ticketId: 'ticket-1' }}
          isAsked={false}
        />
        <WrapUpRow endsAt={soon} decided={null} isAsked={false} />
      </State>
      <State name="stale: the link is lost">
        <FrozenAt value={Date.now() - 5_000}>
          <TalkRow talk={TALK} isInFront />
          <RingingRow pop={aPop({ customer })} promises={[]} />
        </FrozenAt>
      </State>
      <div className={classes.two}>
        <CustomerCard customer={customer} candidates={[]} number={number} onChoose={null} />
        <CustomerCard
          customer={null}
          candidates={[customer, other]}
          number={number}
          onChoose={nobody}
        />
        <CustomerCard customer={null} candidates={[]} number={number} onChoose={null} />
        <CustomerCard customer={null} candidates={[]} number={hidden} onChoose={null} />
      </div>
    </Shelf>
  )
}
