import { closeSync, openSync, readSync } from 'node:fs'

/** `mxFrame` in the header of the WAL index (sqlite.org/walformat.html §2.1), host byte order. */
const FRAMES_AT = 16

/** How many pages the write-ahead log of this open database holds now. */
export function walFrames(databasePath: string): number {
  const file = openSync(`${databasePath}-shm`, 'r')
  const header = new Uint32Array(1)
  readSync(file, header, 0, 4, FRAMES_AT)
  closeSync(file)
  return header[0] ?? 0
}

/** Pages written between two looks; a log that was begun anew in between counts from its start. */
export function pagesWritten(before: number, after: number): number {
  return after >= before ? after - before : after
}
