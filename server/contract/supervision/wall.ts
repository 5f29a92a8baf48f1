import { z } from 'zod'
import { id, instant, words } from '../primitives.ts'
import { memberState, pbxLink } from '../queues.ts'
import { alarmMeasure, alarmSeverity } from './alarms.ts'
import { callCounts } from './figures.ts'

/** How long a code may lie about until a screen is opened with it. */
export const WALL_CODE_HOURS = 24
/** Screens that are not withdrawn. */
export const MOST_WALL_DEVICES = 50

/** A screen on the wall; `openedAt` null: its code was not used yet, and cannot be after `codeUntil`. */
export const wallDevice = z.object({
  id,
  name: z.string(),
  madeBy: z.object({ id, displayName: z.string() }),
  madeAt: instant,
  codeUntil: instant,
  openedAt: instant.nullable(),
  /** To the minute. */
  lastSeenAt: instant.nullable(),
  /** A page of it is connected now. */
  isConnected: z.boolean(),
})
export type WallDevice = z.infer<typeof wallDevice>

export const wallDeviceList = z.object({ items: z.array(wallDevice) })
export type WallDeviceList = z.infer<typeof wallDeviceList>

export const wallDeviceCreate = z.object({ name: words().min(1).max(60) })
export type WallDeviceCreate = z.infer<typeof wallDeviceCreate>

/** `code` is said this once: the database has only its hash. */
export const wallDeviceMade = z.object({ device: wallDevice, code: z.string() })
export type WallDeviceMade = z.infer<typeof wallDeviceMade>

/** As people type it: small letters, dashes and spaces are well. */
export const wallOpening = z.object({ code: words().min(1).max(60) })
export type WallOpening = z.infer<typeof wallOpening>

export const wallOpened = z.object({ name: z.string() })
export type WallOpened = z.infer<typeof wallOpened>

/** Somebody who takes calls, however many queues they are in. */
export const wallAgent = z.object({
  extension: z.string(),
  displayName: z.string(),
  state: memberState,
  stateSince: instant,
})
export type WallAgent = z.infer<typeof wallAgent>

/** An alarm that lasts. */
export const wallAlarm = z.object({
  id,
  measure: alarmMeasure,
  queue: z.string().nullable(),
  severity: alarmSeverity,
  openedAt: instant,
  isAcknowledged: z.boolean(),
})
export type WallAlarm = z.infer<typeof wallAlarm>

/** Of all queues together, without anything of a customer. */
export const wallBoard = z.object({
  /** Of the service's clock when this was sent. */
  sentAt: instant,
  /** The build of the pages: another one means that this page is old. */
  appVersion: z.string(),
  /** No word of a PBX that it shows is older. */
  asOf: instant,
  database: z.enum(['ok', 'waiting']),
  pbx: z.array(z.object({ pbxId: z.string(), link: pbxLink, since: instant })),
  /** Customers on the line. */
  waiting: z.number().int(),
  /** Since when the first of them waits; null when nobody does. */
  waitingSince: instant.nullable(),
  today: callCounts,
  agents: z.array(wallAgent),
  /** The newest first. */
  alarms: z.array(wallAlarm),
  /** Null until they were first counted. */
  promises: z
    .object({ late: z.number().int(), atRisk: z.number().int(), asOf: instant })
    .nullable(),
})
export type WallBoard = z.infer<typeof wallBoard>
