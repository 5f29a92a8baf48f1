import type { Ticket } from '#contract/tickets.ts'
import { api } from './api.ts'
import { RequestFailed } from './request.ts'
import { failureText } from './components/failure.tsx'
import { live } from './live-store.ts'
import { isOtherPersons, outboxApi } from './outbox-api.ts'
import { createObservable, useObservable } from './observable.ts'
import { isOnTimeline, passesBy, readOutbox, waitingOf } from './state/outbox.ts'
import type { OutboxEntry, OutboxStep } from './state/outbox.ts'

const PREFIX = 'hotline.outbox.'

/** Beside each person's outbox on this device; the device is the truth, this only tells the page. */
const shown = createObservable<{ staffId: string; entries: readonly OutboxEntry[] }>({
  staffId: '',
  entries: [],
})

function load(staffId: string): OutboxEntry[] {
  try {
    return readOutbox(JSON.parse(localStorage.getItem(PREFIX + staffId) ?? '[]'))
  } catch {
    return []
  }
}

/** Throws when the device has no room: then the deed is not kept, and the person must know. */
function store(staffId: string, entries: readonly OutboxEntry[]): void {
  localStorage.setItem(PREFIX + staffId, JSON.stringify(entries))
  shown.change(() => ({ staffId, entries }))
}

function change(staffId: string, id: string, next: Partial<OutboxEntry> | null): void {
  const entries = load(staffId).flatMap((entry) =>
    entry.id === id ? (next === null ? [] : [{ ...entry, ...next }]) : [entry],
  )
  store(staffId, entries)
}

/** Shows what this person left unsent on this device, from another tab or another day too. */
export function openOutbox(staffId: string): () => void {
  const read = () => shown.change(() => ({ staffId, entries: load(staffId) }))
  const listen = ({ key }: StorageEvent) => {
    if (key === PREFIX + staffId) read()
  }
  read()
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}

export function useOutbox(): readonly OutboxEntry[] {
  return useObservable(shown, ({ entries }) => entries)
}

/** Keeps a deed on the device before anything is sent. */
export function putIntoOutbox(
  staffId: string,
  ticket: Pick<Ticket, 'id' | 'code'>,
  step: OutboxStep,
): void {
  const entry: OutboxEntry = {
    id: crypto.getRandomValues(new Uint32Array(4)).join('-'),
    ticketId: ticket.id,
    code: ticket.code,
    at: new Date(Date.now() + live.get().clockOffsetMs).toISOString(),
    step,
    isTried: false,
    refusal: null,
  }
  store(staffId, [...load(staffId), entry])
}

/** The person gives a refused deed up, having read why. */
export function dropFromOutbox(staffId: string, id: string): void {
  change(staffId, id, null)
}

/** Sends everything that waits, in order, one tab at a time; stops where the service cannot be reached. */
export async function sendOutbox(staffId: string, onSent: (ticket: Ticket) => void): Promise<void> {
  const sendAll = async () => {
    for (;;) {
      const [entry] = waitingOf(load(staffId))
      // oxlint-disable-next-line no-await-in-loop -- in the order in which they were done
      if (entry === undefined || !(await deliver(staffId, entry, onSent))) return
    }
  }
  // plain HTTP has no locks: there a second tab finds by the timeline what the first one sent
  const locks: LockManager | null | undefined = navigator.locks
  if (!locks) return sendAll()
  await locks.request(PREFIX + staffId, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await sendAll()
  })
}

/** Whether the next one may be tried: this one is with the service, or refused by it. */
async function deliver(
  staffId: string,
  entry: OutboxEntry,
  onSent: (ticket: Ticket) => void,
): Promise<boolean> {
  try {
    const ticket = entry.isTried ? await sendAgain(staffId, entry) : await sendFirst(staffId, entry)
    change(staffId, entry.id, null)
    onSent(ticket)
    return true
  } catch (error) {
    if (isOtherPersons(error)) return false
    if (error instanceof RequestFailed && passesBy(error.kind)) return false
    change(staffId, entry.id, { refusal: failureText(error) })
    return true
  }
}

async function sendFirst(staffId: string, entry: OutboxEntry): Promise<Ticket> {
  change(staffId, entry.id, { isTried: true })
  return post(staffId, entry)
}

/** No answer came the last time: what the service has already is not done twice. */
async function sendAgain(staffId: string, entry: OutboxEntry): Promise<Ticket> {
  const ticket = await api.ticket(entry.ticketId)
  return isOnTimeline(ticket, entry, staffId) ? ticket : post(staffId, entry)
}

async function post(staffId: string, entry: OutboxEntry): Promise<Ticket> {
  const { ticketId, step } = entry
  if (step.kind === 'note') return outboxApi.addNote(staffId, ticketId, step.note)
  const act = (version: number) =>
    outboxApi.act(staffId, ticketId, step.action, version, step.input)
  try {
    return await act(step.version)
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.kind !== 'conflict') throw error
    if (isOtherPersons(error)) throw error
    const ticket = await api.ticket(ticketId)
    if (isOnTimeline(ticket, entry, staffId)) return ticket
    // somebody wrote a word meanwhile: the step itself is still this person's to take
    if (!ticket.actions.some(({ action }) => action === step.action)) throw error
    return act(ticket.version)
  }
}
