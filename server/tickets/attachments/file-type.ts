import type { AttachmentType } from '#contract/casework/attachments.ts'
import { officeType } from './office-file.ts'

/** So many bytes from the beginning and from the end tell the type of a file. */
export const HEAD_BYTES = 32
export const TAIL_BYTES = 256 * 1024

export interface FileSample {
  head: Uint8Array
  /** The last bytes; of a short file all. */
  tail: Uint8Array
  size: number
  /** Every byte of it belongs to words. */
  isText: boolean
  /** Its name says that it is words. */
  namesText: boolean
}

const text = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0))

/** What stands at which byte; all of a line must. */
const SIGNS: readonly [AttachmentType, ...(readonly [at: number, bytes: readonly number[]])[]][] = [
  ['image/png', [0, [0x89, ...text('PNG\r\n'), 0x1a, 0x0a]]],
  ['image/jpeg', [0, [0xff, 0xd8, 0xff]]],
  ['image/gif', [0, text('GIF87a')]],
  ['image/gif', [0, text('GIF89a')]],
  ['image/webp', [0, text('RIFF')], [8, text('WEBP')]],
  ['application/pdf', [0, text('%PDF-')]],
  ...['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'].map((brand) => media('image/heic', brand)),
  ...[
    'isom',
    'iso2',
    'iso4',
    'iso5',
    'iso6',
    'mp41',
    'mp42',
    'avc1',
    'M4V ',
    'MSNV',
    '3gp4',
    '3gp5',
  ].map((brand) => media('video/mp4', brand)),
]

function media(type: AttachmentType, brand: string): (typeof SIGNS)[number] {
  return [type, [4, text(`ftyp${brand}`)]]
}

/**
 * What a file is by its content; null: nothing that may be attached. Words are only taken for words
 * when their name says so: markup, scripts and tables have no sign either.
 */
export function fileType(sample: FileSample): AttachmentType | null {
  const sign = SIGNS.find(([, ...places]) =>
    places.every(([at, bytes]) => bytes.every((byte, index) => sample.head[at + index] === byte)),
  )
  if (sign !== undefined) return sign[0]
  if (sample.isText) return sample.namesText ? 'text/plain' : null
  return officeType(sample)
}

/** No file of words holds these: all control characters but those that end and indent lines. */
const NO_TEXT = /[^\P{Cc}\t\n\f\r]/u

/** Takes a file piece by piece and says whether all of it was words (UTF-8). */
export function createTextCheck() {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isText = true

  function take(bytes: Uint8Array, stream: boolean): boolean {
    try {
      return !NO_TEXT.test(decoder.decode(bytes, { stream }))
    } catch {
      return false
    }
  }

  return {
    add(bytes: Uint8Array): void {
      isText &&= take(bytes, true)
    },
    /** To be asked once, after the last piece. */
    end: (): boolean => isText && take(new Uint8Array(), false),
  }
}
