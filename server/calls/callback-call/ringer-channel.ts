/** Channels of a callback that the service orders are named so (`dialplan/hotline.conf`). */
const CALLBACK = /^cb-/
/** In its place: the half that dials a customer who is rung before an agent (`callback-customer`). */
export const RINGER = 'cu-'

/**
 * The channel that dials the customer of this callback, if the customer is rung first. It also stands for
 * the phone of the attempt until an agent answers.
 */
export function ringerOf(channelId: string): string {
  return channelId.replace(CALLBACK, RINGER)
}
