import type { Attachment } from '#contract/casework/attachments.ts'
import { smallPicture } from './scale-photo.ts'
import { isPicture } from './state/file-text.ts'
import { filesApi } from './ticket-files-api.ts'

/** What is as small as this needs no smaller one. */
const SMALL_BYTES = 12 * 1024

/**
 * Sends the small picture of what was just attached. Lists show the whole one where there is none, so
 * nobody is told when it does not arrive.
 */
export async function sendThumbnail(
  { id, type }: Pick<Attachment, 'id' | 'type'>,
  file: Blob,
  staffId?: string,
): Promise<void> {
  if (!isPicture({ type }) || file.size <= SMALL_BYTES) return
  try {
    const small = await smallPicture(file)
    if (small !== null) await filesApi.putThumbnail(id, small, staffId)
  } catch {
    // the whole picture is there
  }
}
