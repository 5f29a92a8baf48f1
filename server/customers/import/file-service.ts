import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PhoneNumber } from '#contract/customers.ts'
import { UnreadableCsv } from './csv-import.ts'
import { type CheckedStep, checkLines } from './lines-service.ts'
import type { LinesAnswer, LinesOrder, LinesQuestion } from './lines-worker.ts'

/** A file of customers; it may be read several times, one after the other. */
export interface CustomerFile {
  /** From its beginning. Throws UnreadableCsv. */
  steps(): AsyncIterable<CheckedStep>
  close(): Promise<void>
}

/** A thread takes longer to begin than so much takes to read. */
const WORTH_A_THREAD_BYTES = 262_144
const ENDED = 'the thread that reads the file ended before the file'

/**
 * A large file is read in a thread of its own, so that neither its parser nor the garbage of it stops
 * the event loop; its bytes move there and are gone here.
 */
export function openFile(
  bytes: Uint8Array,
  deps: { describe: (raw: string) => PhoneNumber; hotlineNumber: string },
): CustomerFile {
  if (bytes.length >= WORTH_A_THREAD_BYTES) return openInThread(bytes, deps.hotlineNumber)
  return { steps: () => checkLines(bytes, deps.describe), close: async () => {} }
}

function openInThread(given: Uint8Array, hotlineNumber: string): CustomerFile {
  const bytes = movable(given)
  const order: LinesOrder = { bytes, hotlineNumber }
  const worker = new Worker(new URL('./lines-worker.ts', import.meta.url), {
    workerData: order,
    transferList: [bytes.buffer],
    // the options of a test runner are none of its business
    execArgv: [],
  })
  let isOver = false
  worker.once('exit', () => (isOver = true))
  // `on` throws it to who is reading
  worker.on('error', () => {})

  const ask = (question: LinesQuestion) => {
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    worker.postMessage(question)
  }

  async function* steps(): AsyncGenerator<CheckedStep> {
    if (isOver) throw new Error(ENDED)
    const answers = on(worker, 'message', { close: ['exit'] })
    ask('read')
    for await (const message of answers) {
      // oxlint-disable-next-line no-unsafe-type-assertion -- sent by `lines-worker.ts` alone
      const [answer] = message as [LinesAnswer]
      if (answer.type === 'end') return
      if (answer.type === 'unreadable') throw new UnreadableCsv(answer.fault)
      yield answer.step
      ask('more')
    }
    throw new Error(ENDED)
  }

  return {
    steps,
    async close() {
      await worker.terminate()
    },
  }
}

/** Without a copy where the bytes are all that their buffer holds. */
function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  const isAll = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
  return isAll ? new Uint8Array(buffer) : Uint8Array.from(bytes)
}
