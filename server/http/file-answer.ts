import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { FileTooLarge, UploadBroken } from '../errors.ts'

/** What a handler answers instead of JSON: a file, opened only when it is sent. */
export class FileAnswer {
  readonly file: {
    type: string
    /** Bytes. */
    size: number
    /** Content-Disposition. */
    disposition: string
    /** The same as long as the content is. */
    tag: string
    open: () => Promise<Readable>
  }
  constructor(file: FileAnswer['file']) {
    this.file = file
  }
}

/**
 * Sends a file that somebody gave us: as what we found it to be, running nothing, kept by nobody but
 * the browser of who may read it, which asks again each time.
 */
export async function sendFile(
  { file }: FileAnswer,
  request: Request,
  response: Response,
): Promise<void> {
  response.set({
    'Cache-Control': 'private, no-cache',
    'Content-Disposition': file.disposition,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    ETag: `"${file.tag}"`,
  })
  if (request.fresh) {
    response.status(304).end()
    return
  }
  const content = await file.open()
  response.set({ 'Content-Type': file.type, 'Content-Length': String(file.size) })
  try {
    await pipeline(content, response)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** Whoever asked for it has left. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** The body as it comes. Throws FileTooLarge at the first byte too many, UploadBroken when it breaks off. */
export async function* piecesOf(request: Request, limitMb: number): AsyncGenerator<Uint8Array> {
  const limit = limitMb * 1024 * 1024
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new FileTooLarge(limitMb)
  let size = 0
  for await (const piece of untilBroken(request)) {
    size += piece.length
    if (size > limit) throw new FileTooLarge(limitMb)
    yield piece
  }
}

async function* untilBroken(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
  } catch (error) {
    throw new UploadBroken('the upload broke off', { cause: error })
  }
}
