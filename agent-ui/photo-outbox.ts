import type { Ticket } from '#contract/tickets.ts'
import { RequestFailed } from './request.ts'
import { failureText } from './components/failure.tsx'
import { isOtherPersons } from './outbox-api.ts'
import { createObservable, useObservable } from './observable.ts'
import { deviceShelf } from './photo-shelf.ts'
import type { KeptPhoto, PhotoShelf } from './photo-shelf.ts'
import { passesBy } from './state/outbox.ts'
import { sendThumbnail } from './thumbnails.ts'
import { filesApi } from './ticket-files-api.ts'

const PREFIX = 'hotline.photos.'

/** Beside the shelf of this device; the shelf is the truth, this only tells the page. */
const shown = createObservable<readonly KeptPhoto[]>([])

export function usePhotos(): readonly KeptPhoto[] {
  return useObservable(shown, (photos) => photos)
}

export type PhotoOutbox = ReturnType<typeof createPhotoOutbox>

/** Photos of field staff, kept until the service has them; ids are times first, so they sort by age. */
export function createPhotoOutbox(shelf: PhotoShelf) {
  async function load(staffId: string): Promise<KeptPhoto[]> {
    const all = await shelf.all().catch(() => [])
    const own = all.filter((photo) => photo.staffId === staffId)
    shown.change(() => own)
    return own
  }

  /** Throws when the device has no room: then the photo is not kept, and the person must know. */
  async function keep(
    staffId: string,
    { id: ticketId, code }: Pick<Ticket, 'id' | 'code'>,
    { name, photo }: Pick<KeptPhoto, 'name' | 'photo'>,
  ): Promise<void> {
    const id = `${Date.now()}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`
    await shelf.put({ id, staffId, ticketId, code, name, photo, refusal: null })
    await load(staffId)
  }

  async function drop(staffId: string, id: string): Promise<void> {
    await shelf.remove(id)
    await load(staffId)
  }

  /** Sends what waits, the oldest first, one tab at a time; stops where the service cannot be reached. */
  async function send(staffId: string, onSent: (photo: KeptPhoto) => void): Promise<void> {
    const sendAll = async () => {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const next = (await load(staffId)).find(({ refusal }) => refusal === null)
        // oxlint-disable-next-line no-await-in-loop
        if (next === undefined || !(await deliver(next, onSent))) return
      }
    }
    // plain HTTP has no locks: there the service knows by the id what a second tab sends again
    const locks: LockManager | null | undefined = navigator.locks
    if (!locks) return sendAll()
    await locks.request(PREFIX + staffId, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await sendAll()
    })
  }

  /** Whether the next one may be tried: this one is with the service, or refused by it. */
  async function deliver(kept: KeptPhoto, onSent: (photo: KeptPhoto) => void): Promise<boolean> {
    const { id: clientId, staffId, ticketId, name, photo: file } = kept
    try {
      const attached = await filesApi.attach(
        ticketId,
        { file, name, clientId, staffId },
        () => undefined,
      )
      await drop(staffId, kept.id)
      void sendThumbnail(attached, file, staffId)
      onSent(kept)
      return true
    } catch (error) {
      if (!(error instanceof RequestFailed) || passesBy(error.kind)) return false
      if (isOtherPersons(error)) return false
      await shelf.put({ ...kept, refusal: failureText(error) })
      await load(staffId)
      return true
    }
  }

  return { load, keep, drop, send }
}

export const photoOutbox = createPhotoOutbox(deviceShelf)
