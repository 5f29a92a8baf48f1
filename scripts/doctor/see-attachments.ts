import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What is to be seen of the folder of attachments, or of where it will be made. */
export interface AttachmentsSeen {
  /** `makeable`: it is not there, and the service can make it. */
  state: 'writable' | 'makeable' | 'no_folder' | 'unwritable'
  /** The folder of web pages in which it lies; null: in none that is known. */
  webRoot: string | null
  /** Bytes that this user may still write there; null when it cannot be told. */
  freeBytes: number | null
}

/** The service's own pages, and where web servers look for theirs. */
const WEB_ROOTS = [
  fileURLToPath(new URL('../../agent-ui', import.meta.url)),
  '/var/www',
  '/srv/www',
  '/srv/http',
  '/usr/share/nginx/html',
]
const USUAL_NAMES = ['public_html', 'htdocs', 'wwwroot']

export async function seeAttachments(folder: string): Promise<AttachmentsSeen> {
  const path = resolve(folder)
  const there = await nearestThere(path)
  const free = await statfs(there).catch(() => null)
  return {
    state: await stateOf(path, there),
    webRoot: webRootOf(path),
    freeBytes: free === null ? null : free.bavail * free.bsize,
  }
}

/** The folder itself, else the deepest one above it that is there. */
async function nearestThere(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  return isThere || path === dirname(path) ? path : nearestThere(dirname(path))
}

async function stateOf(path: string, there: string): Promise<AttachmentsSeen['state']> {
  if (!(await stat(there)).isDirectory()) return 'no_folder'
  const mayWrite = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!mayWrite) return 'unwritable'
  return there === path ? 'writable' : 'makeable'
}

function webRootOf(path: string): string | null {
  const known = WEB_ROOTS.find((root) => path === root || path.startsWith(root + sep))
  if (known !== undefined) return known
  const parts = path.split(sep)
  const usual = parts.findIndex((part) => USUAL_NAMES.includes(part))
  return usual === -1 ? null : parts.slice(0, usual + 1).join(sep)
}
