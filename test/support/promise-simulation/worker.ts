import { parentPort } from 'node:worker_threads'
import { openMemoryDatabase } from './memory-database.ts'
import { createRows } from './rows.ts'
import { simulate } from './simulate.ts'

/** One seed after the other, as they are asked for: rows and statements are kept between them. */
const rows = createRows(await openMemoryDatabase())
parentPort?.on('message', (seed: number) => {
  // oxlint-disable-next-line require-post-message-target-origin -- of a thread, not of a window
  void simulate(seed, rows).then((result) => parentPort?.postMessage(result))
})
