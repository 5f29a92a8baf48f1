import type {
  CloseResult,
  MonitorOrder,
  PenaltyOrder,
  SendOrder,
  SteeringSettingsView,
} from '#contract/supervision/steering.ts'
import { addressOf, send } from './request.ts'

const post = <T>(path: string, body: object) => send<T>('POST', addressOf(path), body)
const part = encodeURIComponent

/** What supervisors order; each answers once the PBX itself has said that it is so. */
export const steeringApi = {
  monitor: (callId: string, order: MonitorOrder) =>
    post<void>(`/calls/${part(callId)}/monitor`, order),
  takeOver: (callId: string, reason: string) =>
    post<void>(`/calls/${part(callId)}/take-over`, { reason }),
  end: (callId: string, reason: string) => post<void>(`/calls/${part(callId)}/hangup`, { reason }),
  moveUp: (queue: string, uniqueid: string, reason: string) =>
    post<void>(`/queues/${part(queue)}/waiting/${part(uniqueid)}/move-up`, { reason }),
  send: (queue: string, uniqueid: string, order: SendOrder) =>
    post<void>(`/queues/${part(queue)}/waiting/${part(uniqueid)}/send`, order),
  close: (queue: string, reason: string) =>
    post<CloseResult>(`/queues/${part(queue)}/close`, { reason }),
  penalty: (queue: string, extension: string, order: PenaltyOrder) =>
    post<void>(`/queues/${part(queue)}/members/${part(extension)}/penalty`, order),

  settings: () => send<SteeringSettingsView>('GET', addressOf('/settings/steering')),
  saveSettings: (settings: SteeringSettingsView) =>
    send<SteeringSettingsView>('PUT', addressOf('/settings/steering'), settings),
}
