import type { AttachmentType } from '#contract/casework/attachments.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The part that makes a package a document of this kind (ECMA-376). */
const MAIN_PARTS: Readonly<Record<string, AttachmentType>> = {
  'word/document.xml': WORD,
  'xl/workbook.xml': EXCEL,
}
/** Programs in documents. */
const MACROS = /vbaProject|macrosheets\//i

const LOCAL_ENTRY = 0x04034b50
const DIRECTORY_ENTRY = 0x02014b50
const DIRECTORY_END = 0x06054b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
/** More files than any document has parts. */
const MOST_ENTRIES = 5000

/**
 * Word or Excel by the names in the directory of the package; null for every other ZIP file and for
 * documents with programs in them. Nothing is unpacked.
 */
export function officeType({
  head,
  tail,
  size,
}: {
  head: Uint8Array
  tail: Uint8Array
  size: number
}): AttachmentType | null {
  if (head.length < 4 || viewOf(head).getUint32(0, true) !== LOCAL_ENTRY) return null
  const names = namesIn(tail, size)
  if (!names.includes('[Content_Types].xml') || names.some((name) => MACROS.test(name))) return null
  const kinds = names.flatMap((name) => MAIN_PARTS[name] ?? [])
  return kinds.length === 1 ? (kinds[0] ?? null) : null
}

/** Names of the directory at the end of a ZIP file; none when it is not whole or not there. */
function namesIn(tail: Uint8Array, size: number): string[] {
  const view = viewOf(tail)
  const end = findEnd(view)
  if (end === null) return []
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true) - (size - tail.length)
  const names: string[] = []
  while (names.length < Math.min(count, MOST_ENTRIES)) {
    if (at < 0 || at + ENTRY_LENGTH > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return []
    const length = view.getUint16(at + 28, true)
    const others = view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    names.push(
      new TextDecoder().decode(tail.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + length)),
    )
    at += ENTRY_LENGTH + length + others
  }
  return names
}

/** Where the directory says that it ends; a comment may follow. */
function findEnd(view: DataView): number | null {
  for (let at = view.byteLength - END_LENGTH; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === DIRECTORY_END) return at
  }
  return null
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
