import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compareBoard } from '../../scripts/counts/compare.ts'
import { countDay } from '../../scripts/counts/count.ts'
import { reportOf } from '../../scripts/counts/report.ts'
import { playCounted } from '../../scripts/counts/run.ts'

/** `scripts/count-run` plays two hundred with twenty members. */
const SMALL = {
  calls: 22,
  members: 10,
  seed: 3,
  gapMs: 130,
  ringMs: [100, 300],
  talkMs: [1_500, 2_200],
  longWaitsMs: [3_000],
  attemptSeconds: 2,
  waitSeconds: 11,
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
  expect(differences, reportOf(count, board, differences)).toEqual([])
  expect(errors).toEqual([])
  expect([...count.fates.keys()]).toEqual(
    expect.arrayContaining([
      'answered',
      'held',
      'transferred',
      'direct',
      'picked up',
      'sent by a supervisor',
      'abandoned, short',
      'abandoned, long',
      'timed out',
      'virtual hold',
      'left in the notice',
      'callback',
    ]),
  )
})
