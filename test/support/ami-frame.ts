import type { AmiFrame } from '../../server/ami/ami-frame.ts'

/** A frame with headers as Asterisk names them, turned into what the parser makes of it. */
export function parsedFrame(headers: Record<string, string | readonly string[]>): AmiFrame {
  const frame: AmiFrame = {}
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    frame[key] = key === 'chanvariable' || key === 'variable' ? variables(value) : value
  }
  return frame
}

/** The channel headers of one party; `prefix` as in `DestChannel`. */
export function channelHeaders(
  channel: string,
  uniqueid: string,
  more: { linkedid?: string; number?: string; name?: string; prefix?: string } = {},
): Record<string, string> {
  const { linkedid = uniqueid, number = '<unknown>', name = '<unknown>', prefix = '' } = more
  return {
    [`${prefix}Channel`]: channel,
    [`${prefix}ChannelState`]: '6',
    [`${prefix}CallerIDNum`]: number,
    [`${prefix}CallerIDName`]: name,
    [`${prefix}Context`]: 'hotline-queue',
    [`${prefix}Exten`]: 's',
    [`${prefix}Uniqueid`]: uniqueid,
    [`${prefix}Linkedid`]: linkedid,
  }
}

function variables(value: string | readonly string[]): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const one of typeof value === 'string' ? [value] : value) {
    const [name = '', ...rest] = one.split('=')
    pairs[name] = rest.join('=')
  }
  return pairs
}
