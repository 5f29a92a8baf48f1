import { look, right, wrong, type Finding } from './finding.ts'

/** How a sign-in went. */
export type SignIn =
  | { outcome: 'signed_in' }
  | { outcome: 'unreachable' | 'refused'; because: string }

export function judgeSignIn(who: string, address: string, signIn: SignIn): Finding {
  switch (signIn.outcome) {
    case 'signed_in':
      return right(`${who} signs in at ${address}`)
    case 'unreachable':
      return wrong(
        `${address} cannot be reached: ${signIn.because}`,
        `manager.conf, [general]:\n  enabled = yes\n  bindaddr = the address in AMI_URL\n  port = the port in AMI_URL\nthen on the PBX: asterisk -rx 'manager reload' and look whether a firewall is between`,
      )
    case 'refused':
      return wrong(
        `${who} is refused: ${signIn.because}`,
        `manager.conf: the user and secret of AMI_URL, AMI_DIALER_URL or AMI_CONTROL_URL, and its permit line must name this machine:\n  [${who}]\n  secret = …\n  deny = 0.0.0.0/0.0.0.0\n  permit = this machine's address/255.255.255.255\nthen on the PBX: asterisk -rx 'manager reload'`,
      )
  }
}

/** The oldest releases of the supported branches without known faults that matter here. */
const OLDEST: Record<number, readonly [number, number]> = { 20: [20, 1], 22: [10, 1] }
const NEWEST_BRANCH = 22

export function judgeVersion(version: string | null): Finding {
  const number = /\d+\.\d+\.\d+/.exec(version ?? '')?.[0]
  const [branch, minor, patch] = number?.split('.').map(Number) ?? []
  if (branch === undefined || minor === undefined || patch === undefined)
    return look(
      `the version is not to be seen (${version ?? 'no answer'})`,
      `on the PBX: asterisk -V; 20.20.1 or 22.10.1 and later of the same branch are right`,
    )
  if (branch > NEWEST_BRANCH)
    return look(`Asterisk ${number} is newer than what this was tried with`, 'report what differs')
  const oldest = OLDEST[branch]
  const isOld =
    oldest === undefined || minor < oldest[0] || (minor === oldest[0] && patch < oldest[1])
  return isOld
    ? wrong(
        `Asterisk ${number} is too old`,
        'update to 20.20.1, 22.10.1 or later of these branches',
      )
    : right(`Asterisk ${number}`)
}

const TRACKER_NEEDS = ['QueueStatus', 'CoreShowChannels', 'DBGetTree']
const DIALLER_NEEDS = ['Originate', 'QueueAdd', 'QueueRemove', 'QueuePause']
/** What a stolen secret could do harm with. */
const DANGEROUS = ['Command', 'UpdateConfig', 'Setvar', 'DBPut', 'ModuleLoad', 'UserEvent']
const CONTROL_NEEDS = ['Hangup', 'Redirect']
/** Each stands for a class beside `call`, to which Setvar belongs. */
const NOT_CALL = ['Originate', 'QueueAdd', 'CoreShowChannels', 'DBGetTree']

export function judgeTrackerRights(who: string, actions: readonly string[]): Finding {
  return judgeRights(who, actions, TRACKER_NEEDS, [...DANGEROUS, 'Originate'], 'write = reporting')
}

export function judgeDiallerRights(who: string, actions: readonly string[]): Finding {
  return judgeRights(who, actions, DIALLER_NEEDS, DANGEROUS, 'write = originate,agent')
}

export function judgeControlRights(who: string, actions: readonly string[]): Finding {
  const excess = [...DANGEROUS.filter((action) => action !== 'Setvar'), ...NOT_CALL]
  return judgeRights(who, actions, CONTROL_NEEDS, excess, 'write = call')
}

/** Whether Getvar shows the tracker what stands in Asterisk's files, the secrets of the other users among it. */
export function judgeFileReading(who: string, canRead: boolean): Finding {
  if (!canRead) return right(`${who} cannot read the files of Asterisk`)
  return look(
    `${who} can read every secret in the files of Asterisk (Getvar with AST_CONFIG)`,
    "modules.conf, [modules]:\n  noload = func_config.so\nthen on the PBX: asterisk -rx 'module unload func_config.so'; no dialplan here needs it",
  )
}

/** AMI_CONTROL_URL is empty: that is a choice. */
export const NO_CONTROL = right(
  'calls are hung up and transferred at the phone: AMI_CONTROL_URL names no user who may do so',
)

function judgeRights(
  who: string,
  actions: readonly string[],
  needs: readonly string[],
  excess: readonly string[],
  line: string,
): Finding {
  const missing = needs.filter((need) => !actions.includes(need))
  const tooMuch = excess.filter((action) => actions.includes(action))
  const fix = `manager.conf:\n  [${who}]\n  ${line}\nthen on the PBX: asterisk -rx 'manager reload'`
  if (missing.length > 0) return wrong(`${who} may not ${missing.join(', ')}`, fix)
  if (tooMuch.length > 0)
    return look(`${who} may do more than it needs: ${tooMuch.join(', ')}`, fix)
  return right(`${who} may do what the service needs, and nothing dangerous`)
}
