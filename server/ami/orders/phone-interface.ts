import type { PhoneDevice } from '#contract/staff.ts'

/** The browser phone of extension 101 is the endpoint `web-101` (`dialplan/pjsip_wizard.conf`). */
const WEB = /^web-(?=\d{2,6}$)/

/** The endpoint by which this phone of an extension registers. */
export function phoneEndpoint(extension: string, device: PhoneDevice): string {
  return device === 'web' ? `web-${extension}` : extension
}

/** The interface by which queues and orders ring it. */
export function phoneInterface(extension: string, device: PhoneDevice): string {
  return `PJSIP/${phoneEndpoint(extension, device)}`
}

/** Whichever of a person's phones it is, they are the extension: `101` for `101` and for `web-101`. */
export function extensionOfEndpoint(endpoint: string): string {
  return endpoint.replace(WEB, '')
}

/** Which of the two an interface or an endpoint is. */
export function deviceOfInterface(device: string): PhoneDevice {
  return WEB.test(device.slice(device.indexOf('/') + 1)) ? 'web' : 'desk'
}
