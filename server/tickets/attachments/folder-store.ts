import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { makeFolder } from '../../db/sqlite/make-folder.ts'
import { StorageFault } from '../../errors.ts'

/** Files on their way in; the others lie in a folder per month. */
const INCOMING = 'incoming'
const FOR_OWNER_ALONE = 0o600

export type Folder = ReturnType<typeof createFolder>

/**
 * The folder of attachments, made when the first comes. A file is written under another name, is safe
 * on the disk, and only then gets its own. Throws StorageFault.
 */
export function createFolder(root: string) {
  const placeOf = (path: string) => join(root, path)
  const incomingOf = (path: string) => join(root, INCOMING, basename(path))

  async function openNew(path: string) {
    const file = incomingOf(path)
    const create = () => open(file, 'wx', FOR_OWNER_ALONE)
    return create().catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      makeFolder(dirname(file))
      return create()
    })
  }

  /** Takes all pieces; what they throw is thrown. */
  async function write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const file = await storing(openNew(path))
    try {
      for await (const piece of pieces) await storing(file.appendFile(piece))
      await storing(file.sync())
    } finally {
      await file.close()
    }
  }

  /** The last bytes of a file on its way in. */
  async function tail(path: string, most: number, size: number): Promise<Uint8Array> {
    const file = await storing(open(incomingOf(path)))
    try {
      const length = Math.min(most, size)
      const { buffer, bytesRead } = await storing(
        file.read(Buffer.alloc(length), 0, length, size - length),
      )
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** Gives the file its name, for good. */
  async function keep(path: string): Promise<void> {
    await storing(moveIn(path))
  }

  async function moveIn(path: string): Promise<void> {
    const place = placeOf(path)
    makeFolder(dirname(place))
    await rename(incomingOf(path), place)
    await syncFolder(dirname(place))
    await syncFolder(root)
  }

  async function read(path: string): Promise<Readable> {
    const file = await open(placeOf(path)).catch((error: unknown) => {
      throw new StorageFault(
        `the file is not in the folder of attachments (${codeOf(error)})`,
        false,
      )
    })
    return file.createReadStream()
  }

  /** Whatever there is of it; nothing when there is nothing. */
  async function remove(path: string): Promise<void> {
    await rm(incomingOf(path), { force: true })
    await rm(placeOf(path), { force: true })
  }

  return { write, tail, keep, read, remove }
}

/** A new name lasts when its folder is on the disk, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const FULL = ['ENOSPC', 'EDQUOT']

async function storing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = codeOf(error)
    const isFull = FULL.includes(code)
    const what = isFull ? 'no room is left for files' : 'the folder of attachments cannot be used'
    throw new StorageFault(`${what} (${code})`, isFull, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
