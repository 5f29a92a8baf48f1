/** A photo on this device that the service does not have yet. */
export interface KeptPhoto {
  /** Made here; the service attaches a photo once under it, however often it is sent. */
  id: string
  staffId: string
  ticketId: string
  code: string
  name: string
  photo: Blob
  /** Why the service does not take it, in the reader's language; null while it waits. */
  refusal: string | null
}

/** Where photos wait, also over a restart of the phone; the oldest first. */
export interface PhotoShelf {
  all: () => Promise<KeptPhoto[]>
  /** Throws when the device has no room. */
  put: (photo: KeptPhoto) => Promise<void>
  remove: (id: string) => Promise<void>
}

const DATABASE = 'hotline-photos'
const STORE = 'photos'

/** IndexedDB: text storage has no room for photos. */
export const deviceShelf: PhotoShelf = {
  all: () => inStore<KeptPhoto[]>('readonly', (store) => store.getAll()),
  put: async (photo) => void (await inStore('readwrite', (store) => store.put(photo))),
  remove: async (id) => void (await inStore('readwrite', (store) => store.delete(id))),
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await open()
  try {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const transaction = database.transaction(STORE, mode)
    const request = ask(transaction.objectStore(STORE))
    transaction.addEventListener('complete', () => resolve(request.result))
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    return await promise
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  const { promise, resolve, reject } = Promise.withResolvers<IDBDatabase>()
  const request = indexedDB.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(STORE, { keyPath: 'id' })
  })
  request.addEventListener('success', () => resolve(request.result))
  request.addEventListener('error', () => reject(request.error ?? new Error('no store')))
  return promise
}
