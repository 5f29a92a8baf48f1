import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ImportFault } from '#contract/customer-import.ts'
import { formatForeign } from '../foreign-number-service.ts'
import { normalizeVn } from '../phone-number.ts'
import { UnreadableCsv } from './csv-import.ts'
import { type CheckedStep, checkLines } from './lines-service.ts'

/** What the thread is begun with. */
export interface LinesOrder {
  bytes: Uint8Array
  hotlineNumber: string
}

/** `read`: from the beginning, the first steps unasked; `more`: one step more. */
export type LinesQuestion = 'read' | 'more'
export type LinesAnswer =
  | { type: 'step'; step: CheckedStep }
  | { type: 'unreadable'; fault: ImportFault }
  | { type: 'end' }

/** Steps that are ready while one is taken. */
const AHEAD = 2

// oxlint-disable-next-line no-unsafe-type-assertion -- sent by `file-service.ts` alone
if (parentPort !== null) serve(parentPort, workerData as LinesOrder)

function serve(port: MessagePort, { bytes, hotlineNumber }: LinesOrder): void {
  const ownKey = normalizeVn(hotlineNumber).key
  const describe = (raw: string) => normalizeVn(raw, { ownKey, formatForeign })
  let room = 0
  let whenRoom: (() => void) | null = null

  port.on('message', (question: LinesQuestion) => {
    if (question === 'more') {
      room += 1
      whenRoom?.()
      return
    }
    room = AHEAD
    void read()
  })

  async function read(): Promise<void> {
    try {
      for await (const step of checkLines(bytes, describe)) {
        if (room === 0) await new Promise<void>((resolve) => (whenRoom = resolve))
        room -= 1
        say({ type: 'step', step })
      }
      say({ type: 'end' })
    } catch (error) {
      if (!(error instanceof UnreadableCsv)) throw error
      say({ type: 'unreadable', fault: error.fault })
    }
  }

  function say(answer: LinesAnswer): void {
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    port.postMessage(answer)
  }
}
