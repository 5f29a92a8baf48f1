/** Channels of a callback that the service orders are named so (`dialplan/hotline.conf`). */
const CALLBACK = /^cb-/
/** In its place: the half that waits in a queue for a caller who hung up (`callback-place`). */
const PLACE = 'pl-'

/** The channel that waits in the queue for this callback, if its first leg is one. */
export function placeOf(channelId: string): string {
  return channelId.replace(CALLBACK, PLACE)
}

/** Whether this channel, or what stands for the phone of an attempt, waits in a queue for a caller who hung up. */
export function isPlace(name: string): boolean {
  return name.startsWith(PLACE)
}
