import { expect, test } from 'vitest'
import { viLater } from './vi-later.ts'
import { vi } from './vi.ts'

type Texts = { [key: string]: string | Texts }

/** A word that a Vietnamese page does not say, what it says instead, and the texts where it is right. */
interface Avoided {
  word: RegExp
  say: string
  except?: readonly string[]
}

const AVOIDED: readonly Avoided[] = [
  { word: /\bPBX\b/i, say: 'tổng đài' },
  { word: /đang gọi/i, say: 'Đang đàm thoại, Đang quay số or Đang đổ chuông' },
  { word: /hạn xử lý/i, say: 'hạn giải quyết' },
  { word: /đưa ra(?! khỏi)/i, say: 'Đưa khỏi hàng đợi' },
  { word: /nhân sự/i, say: 'nhân viên' },
  { word: /ĐTV/, say: 'điện thoại viên' },
  { word: /tổng đài DCNET/i, say: 'Hotline DCNET' },
  { word: /^khách gác máy$/i, say: 'Khách gác máy khi chờ' },
  { word: /xoá/i, say: 'xóa' },
  { word: /vào dòng thời gian/i, say: 'Ghi chú nội bộ (khách không thấy)' },
  { word: /^bỏ qua$/i, say: 'Hủy, unless something is skipped', except: ['guidance.skipped'] },
  {
    word: /asterisk|dialplan|manager\.conf|channelvars|uniqueid|linkedid|originate|hangup|\bAMI\b/i,
    say: 'what happened, in words of the office',
  },
  { word: /có kênh mới|kênh đổi tên|kênh nội bộ/i, say: 'Bắt đầu cuộc gọi, Nối máy' },
  {
    word: /\b(NO)?ANSWER\b|\bCHANUNAVAIL\b|\bCONGESTION\b|\bPJSIP\b|\btrunk\b/i,
    say: 'the outcome in Vietnamese',
    // what administrators have to write into the PBX, and a service as it is sold
    except: ['fieldFault.local_member', 'queues.unsupported', 'category.VOICE'],
  },
]

function flatten(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  )
}

/** What is filled in has names of its own. */
const TEXTS = flatten({ ...vi, ...viLater }).map(
  ([key, text]) => [key, text.replaceAll(/\{\{\w+\}\}/g, '…')] as const,
)

test.each(AVOIDED)('no text says $word: it says $say', ({ word, except = [] }) => {
  const wrong = TEXTS.filter(([key, text]) => word.test(text) && !except.includes(key))
  expect(wrong).toEqual([])
})

test('an exception that no text needs is taken out', () => {
  const texts = new Map(TEXTS)
  const idle = AVOIDED.flatMap(({ word, except = [] }) =>
    except.filter((key) => !word.test(texts.get(key) ?? '')),
  )
  expect(idle).toEqual([])
})
