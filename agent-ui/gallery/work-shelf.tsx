import { useQueryClient } from '@tanstack/react-query'
import { PopPreview } from '../screens/desk/pop-preview.tsx'
import { JobCard } from '../screens/field/job-card.tsx'
import { queries } from '../queries.ts'
import { aPop, aTicket, aTicketRef, anOffer } from '../test-support/samples.ts'
import { Shelf, State } from './shelf.tsx'
import classes from './gallery.module.css'

const HIDDEN = { raw: '', kind: 'anonymous', key: null, display: '' } as const
const { call } = aPop()
/** Nobody is asked for the other tickets of a hidden number: what came with the pop is all there is. */
const RINGING = aPop({
  call: { ...call, number: HIDDEN },
  openTickets: [{ ...aTicketRef('ticket-7'), subject: 'Mất mạng', status: 'noc_queued' }],
})
const job = {
  subject: 'Mất mạng, đèn LOS đỏ',
  area: 'Cầu Giấy',
  address: '12 Nguyễn Khang, Cầu Giấy',
  description: 'Khách hẹn sau 14 giờ',
}
const FREE = aTicket({ ...job, id: 'job-1', status: 'field_queued', actions: [anOffer()] })
const AT_WORK = aTicket({
  ...job,
  id: 'job-2',
  code: 'KN-2026-000124',
  status: 'field_working',
  actions: [anOffer({ action: 'field_done', main: true }), anOffer({ action: 'field_failed' })],
})

/** What a person works on: a call before its ticket, and the jobs on a technician's phone. */
export function WorkShelf() {
  const client = useQueryClient()
  for (const ticket of [FREE, AT_WORK]) {
    client.setQueryData(queries.ticket(ticket.id).queryKey, ticket)
  }
  return (
    <Shelf title="Preview of a call, jobs on a phone">
      <State name="rings, before there is a ticket">
        <PopPreview pop={RINGING} promises={[]} />
      </State>
      <div className={classes.two}>
        <State name="job: to be taken">
          <div className={classes.phone}>
            <JobCard row={FREE} ticket={FREE} />
          </div>
        </State>
        <State name="job: at work">
          <div className={classes.phone}>
            <JobCard row={AT_WORK} ticket={AT_WORK} />
          </div>
        </State>
        <State name="job: the rest is on its way">
          <div className={classes.phone}>
            <JobCard row={AT_WORK} ticket={undefined} />
          </div>
        </State>
      </div>
    </Shelf>
  )
}
