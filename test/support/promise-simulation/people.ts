import type { SessionUser } from '#contract/staff.ts'
import { type InboundCall, startCall } from '../../../server/calls/conversation/call.ts'
import { Conflict, Forbidden, InvalidInput, NotFound, Unavailable } from '../../../server/errors.ts'
import { plusMs } from '../../../server/time.ts'
import { SHORTEST_TALK_SECONDS } from './calls.ts'
import { DatabaseAway, type Life } from './life.ts'
import { AGENTS, MINUTE_MS, type Scene, setReach } from './scene.ts'

/** Numbers of customers: fewer than promises, so that some are promised two calls. */
const CUSTOMERS = 80
/** Promises that somebody still has to keep. */
const OPEN = ['scheduled', 'dialing', 'failed']
/** What people are told and live with. */
const REFUSALS = [Conflict, Forbidden, InvalidInput, NotFound, Unavailable, DatabaseAway]

export function customerOf({ random }: Scene): string {
  return `09${String(10_000_000 + random.between(0, CUSTOMERS - 1)).padStart(8, '0')}`
}

async function tolerant(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (REFUSALS.some((kind) => error instanceof kind)) return false
    throw error
  }
}

/** An agent promises the customer of a new ticket a call; while nothing answers they try again. */
export async function promise(scene: Scene, ticketId: string): Promise<void> {
  const { random, rows, here, machine, timeline } = scene
  const life = scene.hearing()
  const maker = here.people.get(random.pick(AGENTS))
  const again = () => timeline.at(machine.worldMs() + MINUTE_MS, () => promise(scene, ticketId))
  if (life === null || maker === undefined) return again()
  rows.addTicket(ticketId, customerOf(scene), random.chance(0.5) ? random.pick(AGENTS) : null)
  const isAgreed = random.chance(0.1)
  const asked = isAgreed
    ? { note: '', dueAt: plusMs(machine.now(), random.between(1, 60) * MINUTE_MS), agreed: true }
    : { note: '', inMinutes: random.between(0, 30) }
  if (!(await tolerant(() => life.service.promise(maker, ticketId, asked)))) again()
}

export function moveAgent(scene: Scene): void {
  const { random, here } = scene
  const person = here.people.get(random.pick(AGENTS))
  if (person === undefined) return
  if (here.atQueue.has(person.extension ?? '')) return
  const device = random.pick(['ready', 'ready', 'ready', 'in_call', 'unavailable'] as const)
  const isPaused = random.chance(0.3)
  const reason = random.chance(0.5) ? 'back_office' : 'lunch'
  setReach(scene, person, device, isPaused ? 'paused' : 'ready', isPaused ? reason : null)
}

/** Signs out for the day and hands over what they promised, or just goes. */
export async function leave(scene: Scene): Promise<void> {
  const { random, rows, here, deeds } = scene
  const life = scene.hearing()
  const person = here.people.get(random.pick(AGENTS))
  if (person === undefined || life === null) return
  if (random.chance(0.6)) {
    const own = rows.promises().filter(isOwn)
    for (const { id } of own) deeds.touched.add(id)
    const ids = own.map(({ id }) => id)
    if (ids.length > 0) await tolerant(() => life.service.leave(person, ids))
  }
  setReach(scene, person, null, 'offline')

  function isOwn({
    status,
    assignee_id: owner,
    ticket_id: ticketId,
  }: {
    status: string
    assignee_id: string | null
    ticket_id: string | null
  }): boolean {
    return status === 'scheduled' && owner === person?.id && ticketId !== null
  }
}

/** Works here no more. */
export async function dismiss(scene: Scene): Promise<void> {
  const { random, rows, here } = scene
  const person = here.people.get(random.pick(AGENTS))
  if (person === undefined || here.people.size < 5) return
  here.people.delete(person.id)
  here.reach.delete(person.id)
  rows.dismiss(person.id)
  await scene.hearing()?.settleOrphaned()
}

/**
 * A customer rings; most are answered, some wait in vain. Whoever calls while a place is kept for them leaves it,
 * unheard a minute later at the latest.
 */
export async function customerCalls(
  scene: Scene,
  number: string,
  isAnswered: boolean,
): Promise<void> {
  const { random, here, machine, timeline } = scene
  let isHere = true
  // One telephone each.
  if (here.onLine.has(number)) return
  const enteredAt = machine.now()
  const waitMs = random.between(3, 40) * 1000
  const talkMs = isAnswered ? random.between(2, 90) * 1000 : 0
  here.onLine.add(number)
  timeline.at(machine.worldMs() + waitMs + talkMs, async () => {
    isHere = false
    here.onLine.delete(number)
    here.entered.delete(number)
    if (isAnswered) await gotThrough(scene, number, talkMs)
    else await noteMissed(scene, number, enteredAt)
  })
  await untilHeard(scene, async (life) => {
    if (!isHere) return true
    if (!(await life.entered(aCall(`in-${number}-${enteredAt}`, number, enteredAt)))) return false
    here.entered.add(number)
    return true
  })
}

export async function gotThrough(scene: Scene, number: string, talkMs: number): Promise<void> {
  if (talkMs < SHORTEST_TALK_SECONDS * 1000) return
  const { deeds, machine, rows } = scene
  const answeredAt = plusMs(machine.now(), -talkMs)
  await untilHeard(scene, async (life) => {
    const waiting = rows
      .promisesTo(number)
      .filter(({ status, created_at: at }) => status === 'scheduled' && at < answeredAt)
    if (!(await life.gotThrough(number, answeredAt))) return false
    deeds.gotThrough.add(number)
    for (const { id } of waiting) deeds.needless.add(id)
    return true
  })
}

export async function noteMissed(scene: Scene, number: string, at: string): Promise<void> {
  const { machine, rows, judge, here } = scene
  const callId = `missed-${number}-${machine.worldMs()}`
  const begun = aCall(callId, number, at)
  const call = { ...begun, status: 'ended' as const, endedAt: machine.now() }
  await untilHeard(scene, async (life) => {
    if (!(await life.noteMissed(callId, call))) return false
    const isPromised = rows.promisesTo(number).length > 0
    if (!isPromised && !here.onLine.has(number) && !scene.deeds.gotThrough.has(number))
      judge.add('forgotten', callId, `${number} called in vain and is promised nothing`)
    return true
  })
}

export function aCall(uniqueid: string, number: string, at: string): InboundCall {
  const from = { callerIdNum: number, callerIdName: null, withheld: false }
  const begun = startCall({
    pbxId: 'pbx1',
    uniqueid,
    linkedid: uniqueid,
    at,
    tagged: true,
    ...from,
  })
  return { ...begun, queue: 'hotline' }
}

/** The book of calls finds out later what nobody heard. */
export async function untilHeard(
  scene: Scene,
  tell: (life: Life) => Promise<boolean>,
): Promise<void> {
  const { machine, timeline, random } = scene
  const life = scene.hearing()
  if (life !== null && (await tell(life))) return
  const later = machine.worldMs() + random.between(5, 60) * 1000
  timeline.at(later, () => untilHeard(scene, tell))
}

/** Somebody does something to one of the promises that are open, or of those that are due. */
export async function act(scene: Scene, isOfDue = false): Promise<void> {
  const { random, here, rows, deeds, machine } = scene
  const life = scene.hearing()
  const actor = here.people.get(random.chance(0.5) ? 'chief' : random.pick(AGENTS))
  if (life === null || actor === undefined) return
  const all = rows.promises()
  const due = all.filter(({ status, due_at: at }) => status === 'scheduled' && at <= machine.now())
  const open = isOfDue ? due : all.filter(({ status }) => OPEN.includes(status))
  if (open.length === 0) return
  const { id, version } = random.pick(open)
  deeds.touched.add(id)
  deeds.needless.delete(id)
  await tolerant(() => actOn(scene, life, actor, { id, version }))
}

async function actOn(
  scene: Scene,
  life: Life,
  actor: SessionUser,
  promised: { id: string; version: number },
): Promise<void> {
  const { random, machine, deeds } = scene
  const { id, version } = promised
  const { service } = life
  switch (random.pick(['move', 'move', 'dial', 'dial', 'cancel', 'give', 'say'] as const)) {
    case 'move': {
      const dueAt = plusMs(machine.now(), random.between(0, 15) * MINUTE_MS)
      return void (await service.reschedule(actor, id, { version, dueAt }))
    }
    case 'dial':
      deeds.asked.add(id)
      return void (await service.dialNow(actor, id))
    case 'cancel':
      return void (await service.cancel(actor, id, 'khách hẹn lại'))
    case 'give':
      return void (await service.assign(actor, id, { version, staffId: random.pick(AGENTS) }))
    case 'say': {
      const outcome = random.pick(['reached', 'no_answer'] as const)
      deeds.told.add(id)
      return void (await service.giveOutcome(actor, id, { version, outcome, note: '' }))
    }
  }
}
