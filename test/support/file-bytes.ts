/** The beginning of each kind of file, with something behind it. */
export const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4])
export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46])
export const GIF = Buffer.from('GIF89a\u0001\u0001')
export const WEBP = Buffer.from('RIFF\u0001\u0001\u0001\u0001WEBPVP8 ')
export const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')
export const HEIC = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1')
export const MP4 = Buffer.from('\0\0\0\u0018ftypisom\0\0\0\0mp42')
export const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
)
export const HTML = Buffer.from('<!doctype html><script>alert(1)</script>')

/** A ZIP file with empty parts of these names, as office programs write them. */
export function aPackage(names: readonly string[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const name of names) {
    const bytes = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(bytes.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(bytes.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, bytes)
    directory.push(entry, bytes)
    at += local.length + bytes.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

export const DOCX = aPackage(['[Content_Types].xml', '_rels/.rels', 'word/document.xml'])
export const XLSX = aPackage(['[Content_Types].xml', 'xl/workbook.xml'])
export const DOCM = aPackage(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'])
