/** The channels of a transfer, a pickup and a bridge of two halves: only their Uniqueid is read. */
const OTHER_CHANNELS = '(?:(?:Orig|Second)?Transfere[er]|TransferTarget|Local(?:One|Two)|Target)'
/**
 * Headers that stand in many events and that nothing here reads: half of what Asterisk sends.
 * Only whole lines between two CRLF match; what a network read cuts in two passes and is parsed. This
 * is the source of an expression for the names.
 */
export const UNUSED_NAMES = [
  'SystemName',
  '(?:Dest)?(?:ChannelState(?:Desc)?|ConnectedLine(?:Num|Name)|Language|AccountCode)',
  // of a channel in its dialplan; that of a caller in a queue is another
  '(?:Dest)?Priority(?=: [^\\r\\n]*\\r\\n(?:Dest)?Uniqueid: )',
  'Dest(?:Context|Exten|ChanVariable)',
  '(?:Orig|Second)?Bridge(?:Type|Technology|Creator|Name|NumChannels|VideoSourceMode)',
  `${OTHER_CHANNELS}(?:Channel(?:State(?:Desc)?)?|(?:CallerID|ConnectedLine)N(?:um|ame))`,
  `${OTHER_CHANNELS}(?:Language|AccountCode|Context|Exten|Priority|Linkedid|ChanVariable)`,
  'StateInterface|Membership|CallsTaken|LastPause|LoginTime|Ringinuse',
].join('|')
/** An empty variable says what a missing one says; an empty HOTLINE says that the PBX sends tags. */
const NOT_SET = 'ChanVariable: (?!HOTLINE=)\\w+='
const LINES = new RegExp(`(?:\\r\\n(?:(?:${UNUSED_NAMES}): [^\\r\\n]*|${NOT_SET}))+(?=\\r\\n)`, 'g')

/**
 * AMI text without those lines, so that the library has less to take apart: a header costs it a
 * microsecond, leaving it out here a tenth. Frames and all other headers stay as they are.
 */
export function withoutUnusedHeaders(text: string): string {
  return text.replace(LINES, '')
}
