import pino from 'pino'
import type { Logger } from '../../server/logger.ts'

export const silentLogger: Logger = pino({ level: 'silent' })

export interface RecordingLogger {
  logger: Logger
  /** Every line written so far, parsed. */
  lines: Record<string, unknown>[]
}

/** A logger whose lines a test can read: which level, which words, and that no number is in them. */
export function createRecordingLogger(level = 'info'): RecordingLogger {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level }, { write: (text: string) => void lines.push(JSON.parse(text)) })
  return { logger, lines }
}
