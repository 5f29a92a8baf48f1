import { thrownName } from '../state/phone.ts'
import { readSetting, writeSetting } from '../settings.ts'

/** Which of the devices of this PC: what is heard of a talk, what rings, what is spoken into. */
export type DeviceUse = 'mic' | 'speaker' | 'ring'

/** Empty is the system's own choice. */
export function chosenDevice(use: DeviceUse): string {
  return readSetting(`phone.${use}`) ?? ''
}

export function chooseDevice(use: DeviceUse, deviceId: string): void {
  writeSetting(`phone.${use}`, deviceId)
}

/**
 * The microphone that was chosen, else any: one that was unplugged must not lose a call. Throws what the
 * browser throws.
 */
export async function openMicrophone(): Promise<MediaStream> {
  const media = navigator.mediaDevices as MediaDevices | undefined
  if (media === undefined) throw new TypeError('no microphone without https')
  const deviceId = chosenDevice('mic')
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  if (deviceId === '') return media.getUserMedia({ audio })
  try {
    return await media.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } })
  } catch (error) {
    if (!['OverconstrainedError', 'NotFoundError'].includes(thrownName(error))) throw error
    return media.getUserMedia({ audio })
  }
}

/** What plays to a device, where the browser lets a page choose. */
type Sinkable = EventTarget & {
  setSinkId?: (deviceId: string) => Promise<void>
}

/** Lets the voice of a talk be heard where it was chosen; the system's device when that is gone. */
export function speakerSink(player: Sinkable): Promise<void> {
  return sinkTo(player, 'speaker')
}

export function ringSink(player: Sinkable): Promise<void> {
  return sinkTo(player, 'ring')
}

async function sinkTo(player: Sinkable, use: DeviceUse): Promise<void> {
  try {
    await player.setSinkId?.(chosenDevice(use))
  } catch {
    // the system's own device plays
  }
}

/** The devices of a kind by their names, which a browser tells only to pages that may listen. */
export async function devicesFor(use: DeviceUse): Promise<{ value: string; label: string }[]> {
  const media = navigator.mediaDevices as MediaDevices | undefined
  const kind = use === 'mic' ? 'audioinput' : 'audiooutput'
  const all = (await media?.enumerateDevices()) ?? []
  return all
    .filter((device) => device.kind === kind && device.label !== '')
    .filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
    .map(({ deviceId, label }) => ({ value: deviceId, label }))
}

/** Whether the browser says beforehand that it will give no microphone. */
export async function isMicBlocked(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' })
    return state === 'denied'
  } catch {
    return false
  }
}
