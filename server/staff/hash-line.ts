export interface HashLineOptions {
  /** How many tasks run at the same time. */
  atOnce: number
  /** How many may wait in each of the two lines; who comes later is turned away. */
  longest: number
}

/** Who is known stands before all who are not: strangers by the hundred keep no owner waiting. */
export type Place = 'known' | 'stranger'

export type HashLine = ReturnType<typeof createHashLine>

/** Lets a few tasks run at a time, each line in its order. `run` answers null when its line is full. */
export function createHashLine({ atOnce, longest }: HashLineOptions) {
  const lines: Record<Place, (() => void)[]> = { known: [], stranger: [] }
  let running = 0

  async function run<T>(place: Place, task: () => Promise<T>): Promise<{ result: T } | null> {
    if (running < atOnce) running++
    else if (lines[place].length >= longest) return null
    else await new Promise<void>((resolve) => lines[place].push(resolve))
    try {
      return { result: await task() }
    } finally {
      const next = lines.known.shift() ?? lines.stranger.shift()
      if (next) next()
      else running--
    }
  }

  return { run }
}
