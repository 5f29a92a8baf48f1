import type { AttachmentType } from '#contract/casework/attachments.ts'
import { cleanText } from '#contract/text.ts'

const LONGEST_NAME = 120
/** The name of a file that was given none. */
const UNNAMED = 'tep'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** How names of each type end; the first is given to those that do not. */
const ENDINGS: Readonly<Record<AttachmentType, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'log'],
  [WORD]: ['docx'],
  [EXCEL]: ['xlsx'],
  'video/mp4': ['mp4', 'm4v'],
}
const ALL_ENDINGS = Object.values(ENDINGS).flat()

/** Control characters, and what some system takes for a part of a path or refuses in a name. */
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}<>:"|?*]/gu

/**
 * The name under which a file is kept and offered: the last part of a path, composed (NFC), without
 * what no system can write, and ending as its type does, so that nothing opens it as something else.
 */
export function fileName(given: string, type: AttachmentType): string {
  const last = cleanText(given).split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replaceAll(FORBIDDEN, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  const ending = endingOf(plain)
  const isRight = ENDINGS[type].includes(ending)
  const isOfAnother = !isRight && ALL_ENDINGS.includes(ending)
  const keeps = isRight || isOfAnother ? plain.slice(0, -ending.length - 1) : plain
  const stem = Array.from(keeps).slice(0, LONGEST_NAME).join('').trim()
  return `${stem === '' ? UNNAMED : stem}.${isRight ? ending : ENDINGS[type][0]}`
}

/** Words alone have no mark of their type: their name must say that they are words. */
export function namesText(given: string): boolean {
  return ENDINGS['text/plain'].includes(endingOf(given))
}

/** RFC 6266: words of any language by RFC 5987, with a plain name for what does not know it. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^\w.() -]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

function endingOf(name: string): string {
  return /[^.]\.([a-z\d]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}
