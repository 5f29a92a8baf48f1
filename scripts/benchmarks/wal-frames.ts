import { closeSync, openSync, readSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'

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

const FILE_HEADER = 32
const FRAME_HEADER = 24
const PAGE = 4096

/** The numbers of the pages in the frames between two looks (sqlite.org/walformat.html §2.2). */
export function pagesBetween(databasePath: string, before: number, after: number): number[] {
  const file = openSync(`${databasePath}-wal`, 'r')
  const number = Buffer.alloc(4)
  const pages: number[] = []
  for (let frame = after >= before ? before : 0; frame < after; frame += 1) {
    readSync(file, number, 0, 4, FILE_HEADER + frame * (FRAME_HEADER + PAGE))
    pages.push(number.readUInt32BE())
  }
  closeSync(file)
  return pages
}

/** Pages written between two looks; a log that was begun anew in between counts from its start. */
export function pagesWritten(before: number, after: number): number {
  return after >= before ? after - before : after
}

/** The table or index that each page of this database belongs to now, by the page's number. */
export function treesOfPages(databasePath: string): Map<number, string> {
  const database = new BetterSqlite(databasePath, { readonly: true })
  const pages = database.prepare('select pageno, name from dbstat').raw().iterate()
  // oxlint-disable-next-line no-unsafe-type-assertion -- the two columns of the query
  const trees = new Map(pages as Iterable<[number, string]>)
  database.close()
  return trees
}
