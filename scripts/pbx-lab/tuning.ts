/** Other values for lines of queues.conf in one lab: `{ wrapuptime: '0' }`. */
export type QueueTuning = Readonly<Record<string, string>>

/**
 * Changes the value of settings of queues.conf (their first line, which is the base of all
 * queues). Throws on a setting that the file does not have: a test must not tune nothing.
 */
export function tuneQueues(text: string, tuning: QueueTuning): string {
  return Object.entries(tuning).reduce((tuned, [key, value]) => {
    const line = new RegExp(`^${key} = .*$`, 'm')
    if (!line.test(tuned)) throw new Error(`queues.conf has no setting ${key}`)
    return tuned.replace(line, `${key} = ${value}`)
  }, text)
}
