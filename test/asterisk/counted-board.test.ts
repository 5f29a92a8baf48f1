import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compareBoard } from '../../scripts/counts/compare.ts'
import { countDay } from '../../scripts/counts/count.ts'
import { playCounted } from '../../scripts/counts/run.ts'

/** `scripts/count-run` plays two hundred with twenty members. */
const SMALL = {
  calls: 23,
  members: 14,
  seed: 7,
  gapMs: 110,
  ringMs: [100, 300],
  talkMs: [1_500, 2_200],
  longWaitsMs: [3_000],
  patienceMs: [5_450, 5_650],
  attemptSeconds: 2,
  mostWaiting: 40,
  waitSeconds: 7,
} as const

test('the board at the end of calls of every fate is what queue_log and the phones say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-count-'))
  const stops: (() => Promise<void>)[] = [
    async () => rmSync(folder, { recursive: true, force: true }),
  ]
  onTestFinished(async () => {
    for (const stop of stops.toReversed()) await stop()
  })
  const { witness, board, errors } = await playCounted(SMALL, {
    folder,
    databaseUrl: `sqlite:${folder}/hotline.db`,
    say: () => undefined,
    onStarted: (stop) => stops.push(stop),
  })
  const count = countDay(witness)
  const differences = compareBoard(count, board)
  expect(differences).toEqual([])
  expect(errors).toEqual([])
  expect(witness.stalledMs, 'how late the phones may have heard').toBeGreaterThan(0)
  expect([...count.fates.keys()]).toEqual(
    expect.arrayContaining([
      'answered',
      'held',
      'transferred',
      'direct',
      'picked up',
      'sent by a supervisor',
      'sent, refused, answered',
      'abandoned, short',
      'abandoned, long',
      'timed out',
      'virtual hold',
      'left in the notice',
      'callback',
    ]),
  )
})
