/** One line of Asterisk's queue_log. `at` is epoch milliseconds of a whole second. */
export type QueueLogLine = {
  readonly at: number
  readonly uniqueid: string
  readonly queue: string
  /** The member, or NONE. */
  readonly agent: string
  readonly event: string
  readonly data: readonly string[]
}

/** What queue_log says of one caller, over all queues that the call went through. */
export type QueueStory = {
  readonly uniqueid: string
  /** The number as Asterisk wrote it. */
  readonly number: string
  /** The queue of first entry. */
  readonly queue: string
  readonly enteredAt: number
  /** The first answer. */
  readonly connect: {
    readonly extension: string
    readonly at: number
    readonly holdSeconds: number
  } | null
  /** How a conversation ended that no transfer took out of the queue's sight. */
  readonly complete: { readonly at: number; readonly talkSeconds: number } | null
  /** The first transfer out of a queue's talk. */
  readonly transfer: 'blind' | 'attended' | null
  readonly abandonedAfter: number | null
  readonly timedOutAfter: number | null
  /** Left by key. */
  readonly askedAfter: number | null
  /** Taken out of the queue, to be sent to somebody. */
  readonly isWithdrawn: boolean
}

/** Reads queue_log; a line that a crash cut off is left out. */
export function parseQueueLog(text: string): QueueLogLine[] {
  return text.split('\n').flatMap((line) => {
    const [time, uniqueid, queue, agent, event, ...data] = line.split('|')
    if (time === undefined || uniqueid === undefined || queue === undefined) return []
    if (agent === undefined || event === undefined || !/^\d+(\.\d+)?$/.test(time)) return []
    return [{ at: Number(time) * 1000, uniqueid, queue, agent, event, data }]
  })
}

/** One story per caller, in the order of entry. */
export function queueStories(lines: readonly QueueLogLine[]): QueueStory[] {
  const byCaller = Map.groupBy(lines, ({ uniqueid }) => uniqueid)
  return [...byCaller.values()].flatMap((own) => storyOf(own) ?? [])
}

function storyOf(lines: readonly QueueLogLine[]): QueueStory | null {
  const first = (...events: string[]): QueueLogLine | undefined =>
    lines.find(({ event }) => events.includes(event))
  const enter = first('ENTERQUEUE')
  if (enter === undefined) return null
  const connect = first('CONNECT')
  const complete = first('COMPLETEAGENT', 'COMPLETECALLER')
  const secondsOf = (line: QueueLogLine | undefined, place: number): number | null =>
    line === undefined ? null : Number(line.data[place])
  return {
    uniqueid: enter.uniqueid,
    number: enter.data[1] ?? '',
    queue: enter.queue,
    enteredAt: enter.at,
    connect: connect
      ? { extension: connect.agent, at: connect.at, holdSeconds: Number(connect.data[0]) }
      : null,
    complete: complete ? { at: complete.at, talkSeconds: Number(complete.data[1]) } : null,
    transfer: transferOf(first('BLINDTRANSFER', 'ATTENDEDTRANSFER')),
    abandonedAfter: secondsOf(first('ABANDON'), 2),
    timedOutAfter: secondsOf(first('EXITWITHTIMEOUT'), 2),
    askedAfter: secondsOf(first('EXITWITHKEY'), 3),
    isWithdrawn: first('WITHDRAW') !== undefined,
  }
}

function transferOf(line: QueueLogLine | undefined): QueueStory['transfer'] {
  if (line === undefined) return null
  return line.event === 'BLINDTRANSFER' ? 'blind' : 'attended'
}
