import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Ticket, TicketRow } from '#contract/tickets.ts'
import { keepJobs, readKeptJobs } from '../../kept-jobs.ts'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { inVisitOrder } from '../../state/field-jobs.ts'

/**
 * The jobs of this person, each with its ticket once it is read. Before the first answer of the service
 * and without a connection they are those of the last time; `asOfMs` is when that was, else null.
 */
export function useJobs() {
  const user = useUser()
  const mine = useQuery(queries.fieldJobs({ assignee: user.id }))
  const [found] = useState(readKeptJobs)
  const kept = found?.user.id === user.id ? found : null
  const isCutOff = mine.failureCount > 0 || mine.fetchStatus === 'paused'
  const asOf = mine.data === undefined && isCutOff ? kept : null
  const jobs = inVisitOrder(mine.data?.items ?? asOf?.jobs ?? [])
  const read = useQueries({ queries: jobs.map((job) => queries.ticket(job.id)) })
  const tickets = new Map<string, Ticket>()
  const toKeep: Ticket[] = []
  jobs.forEach(({ id }, index) => {
    const now = read[index]?.data
    const before = kept?.tickets.find((one) => one.id === id)
    // with a connection nothing old is offered while the new is on its way
    const shown = now ?? (asOf === null ? undefined : before)
    if (shown) tickets.set(id, shown)
    const last = now ?? before
    if (last) toKeep.push(last)
  })
  useKeeping(mine.data?.items, mine.dataUpdatedAt, toKeep)
  return { mine, jobs, tickets, asOfMs: asOf?.at ?? null }
}

/** Whatever was read last is there at the next start, with a connection or without. */
function useKeeping(jobs: TicketRow[] | undefined, at: number, tickets: Ticket[]): void {
  const user = useUser()
  const seen = tickets.map(({ id, version }) => `${id} ${version}`).join()
  useEffect(() => {
    if (jobs !== undefined) keepJobs({ user, at, jobs, tickets })
  }, [user, jobs, at, seen])
}
