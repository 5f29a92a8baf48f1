import { enters, type Fate, isAnswered, isOver, RESTING, rings } from './scene.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/**
 * Answered by a phone that rests afterwards. They come in pairs, the second a minute after the first: the
 * first of each other pair is in its rest when the second is answered.
 */
export const restsAfter: Fate = (scene) => {
  const { pen, random, queue, turn } = scene
  const phone = isAroundCheck(turn) ? RESTING.aroundChecks : RESTING.allDay
  const ms = random.between(2 * SECOND_MS, 10 * SECOND_MS)
  const endsMs = random.between(50 * SECOND_MS, 57 * SECOND_MS)
  const seconds = turn % 4 === 2 ? 25 : random.between(13, 20)
  enters(scene)
  rings(scene, 500, `${phone}a`, queue)
  isAnswered(scene, ms, `${phone}a`, queue)
  pen.knows(ms, { queue, is: 'answered', at: ms })
  isOver(scene, endsMs, `${phone}a`)
  pen.rests(phone, { from: ms, to: endsMs, seconds })
}

/** The first of the pair rests at the first or second of these moments, all others over these hours. */
export function beginOfResting(
  turn: number,
  {
    checks,
    fromMs,
    toMs,
    turns,
  }: { checks: readonly number[] } & Record<'fromMs' | 'toMs' | 'turns', number>,
): number {
  const pair = Math.floor(turn / 2)
  const pairs = Math.ceil(turns / 2)
  const around = isAroundCheck(turn) ? checks[pair] : undefined
  const firstMs =
    around === undefined ? fromMs + (pair * (toMs - fromMs)) / pairs : around - MINUTE_MS
  return Math.floor(firstMs) + (turn % 2) * MINUTE_MS
}

function isAroundCheck(turn: number): boolean {
  return turn < 4
}
