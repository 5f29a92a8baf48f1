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

/**
 * Gives pjsip_wizard.conf more desk phones, each like the one of 112 there. Throws when the file has no
 * such phone to be like.
 */
export function addPhones(text: string, extensions: readonly string[]): string {
  const pattern = /^\[112\]\(agent-desk\)\n(?:.+\n)+/m.exec(text)?.[0]
  if (pattern === undefined) throw new Error('pjsip_wizard.conf has no desk phone 112')
  return [text, ...extensions.map((name) => pattern.replaceAll(/\b112\b/g, name))].join('\n')
}
