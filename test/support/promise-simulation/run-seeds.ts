import { Worker } from 'node:worker_threads'
import type { Simulated } from './simulate.ts'

/** Runs these seeds in so many threads; each result as it comes. Throws what a simulation threw. */
export async function runSeeds(
  { from, to, threads }: { from: number; to: number; threads: number },
  onResult: (result: Simulated) => void,
): Promise<void> {
  let next = from
  const runOne = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url))
      let seed = next
      const goOn = (): void => {
        seed = next++
        // oxlint-disable-next-line require-post-message-target-origin -- as there
        if (seed <= to) worker.postMessage(seed)
        else void worker.terminate().then(() => resolve())
      }
      worker.on('message', (result: Simulated) => {
        onResult(result)
        goOn()
      })
      worker.on('error', (error) => reject(new Error(`seed ${seed} threw`, { cause: error })))
      goOn()
    })
  await Promise.all(Array.from({ length: Math.min(threads, to - from + 1) }, runOne))
}
