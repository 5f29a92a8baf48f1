/** Every look-alike of Đ and đ that fonts, keyboards and converters leave in Vietnamese text. */
const CAPITAL_D_STROKE = /[\u00D0\u0189\uA7C7]|D[\u0335\u0336]/gu
const SMALL_D_STROKE = /[\u00F0\u0256\uA7C8]|d[\u0335\u0336]/gu
/** Soft hyphens, zero-width and direction marks; joiners only beside letters, emoji need theirs. */
const INVISIBLE =
  /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|(?<=[\p{L}\p{M}\p{N}])[\u200C\u200D]+|[\u200C\u200D]+(?=[\p{L}\p{M}\p{N}])/gu
/** Letters, digits and signs in the width of Chinese characters. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/gu
const WIDE_SPACE = /\u3000/gu
/** Nothing of the above is in it. */
const ASCII = /^[\t\n\r -~]*$/
const FULL_WIDTH_OFFSET = 0xff01 - 0x21

/**
 * A person's words as they are stored: composed (NFC), with the right Đ and đ, ordinary width, and
 * without marks that nobody sees. Doing it twice changes nothing.
 */
export function cleanText(text: string): string {
  if (ASCII.test(text)) return text
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(FULL_WIDTH, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) - FULL_WIDTH_OFFSET),
    )
    .replaceAll(WIDE_SPACE, ' ')
    .replaceAll(CAPITAL_D_STROKE, 'Đ')
    .replaceAll(SMALL_D_STROKE, 'đ')
    .normalize('NFC')
}
