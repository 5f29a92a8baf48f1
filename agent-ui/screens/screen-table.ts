import {
  IconAddressBook,
  IconAlarm,
  IconAlertTriangle,
  IconCalendar,
  IconChecklist,
  IconFileImport,
  IconHeadset,
  IconDeviceTv,
  IconInbox,
  IconLayoutKanban,
  IconListDetails,
  IconPhone,
  IconPhoneCalling,
  IconPhoneX,
  IconListSearch,
  IconMessages,
  IconRepeat,
  IconSettings,
  IconSitemap,
  IconTool,
  IconTransfer,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { Role } from '#contract/staff.ts'

/** What a route says of itself (`staticData`): navigation, guard and keys read it from here. */
export interface ScreenFacts {
  /** The text `screen.<title>`. */
  title: string
  icon: Icon
  path: `/${string}`
  /** Who is offered it; the server enforces the same on every route. */
  roles: readonly Role[]
  /** Whether the own state and promises stand beside it, for who has a desk. */
  rail: boolean
  /** The two keys that lead here, one after the other. */
  key: `g ${string}`
  /** Where its link is: in the bar, in the menu of administration, or on another screen. */
  place: 'bar' | 'admin' | 'inside'
  /** Whose day begins here. */
  homeOf: readonly Role[]
}

const EVERYBODY = ['agent', 'noc', 'field', 'supervisor', 'admin'] as const
const DESK = ['agent', 'supervisor', 'admin'] as const
const OFFICE = ['agent', 'noc', 'supervisor', 'admin'] as const
const WATCHES_NOC = ['noc', 'supervisor'] as const
const LEADS = ['supervisor', 'admin'] as const
const ADMIN = ['admin'] as const
const NOBODY = [] as const

/** Every screen behind sign-in, in the order of the bar. */
export const SCREENS = {
  field: {
    title: 'field',
    icon: IconTool,
    path: '/field',
    roles: ['field'],
    rail: false,
    key: 'g f',
    place: 'bar',
    homeOf: ['field'],
  },
  desk: {
    title: 'desk',
    icon: IconHeadset,
    path: '/desk',
    roles: DESK,
    rail: true,
    key: 'g d',
    place: 'bar',
    homeOf: ['agent'],
  },
  work: {
    title: 'work',
    icon: IconInbox,
    path: '/work',
    roles: EVERYBODY,
    rail: false,
    key: 'g v',
    place: 'bar',
    homeOf: NOBODY,
  },
  noc: {
    title: 'noc',
    icon: IconLayoutKanban,
    path: '/noc',
    roles: WATCHES_NOC,
    rail: false,
    key: 'g p',
    place: 'bar',
    homeOf: ['noc'],
  },
  tickets: {
    title: 'tickets',
    icon: IconListDetails,
    path: '/tickets',
    roles: EVERYBODY,
    rail: true,
    key: 'g t',
    place: 'bar',
    homeOf: NOBODY,
  },
  customers: {
    title: 'customers',
    icon: IconAddressBook,
    path: '/customers',
    roles: OFFICE,
    rail: true,
    key: 'g k',
    place: 'bar',
    homeOf: NOBODY,
  },
  calls: {
    title: 'calls',
    icon: IconPhone,
    path: '/calls',
    roles: OFFICE,
    rail: true,
    key: 'g c',
    place: 'bar',
    homeOf: NOBODY,
  },
  promises: {
    title: 'promises',
    icon: IconPhoneCalling,
    path: '/promises',
    roles: DESK,
    rail: true,
    key: 'g h',
    place: 'bar',
    homeOf: NOBODY,
  },
  outages: {
    title: 'outages',
    icon: IconAlertTriangle,
    path: '/outages',
    roles: OFFICE,
    rail: true,
    key: 'g s',
    place: 'bar',
    homeOf: NOBODY,
  },
  missed: {
    title: 'missed',
    icon: IconPhoneX,
    path: '/missed',
    roles: DESK,
    rail: true,
    key: 'g n',
    place: 'bar',
    homeOf: NOBODY,
  },
  queues: {
    title: 'queues',
    icon: IconUsersGroup,
    path: '/queues',
    roles: LEADS,
    rail: false,
    key: 'g q',
    place: 'bar',
    homeOf: LEADS,
  },
  shift: {
    title: 'shift',
    icon: IconTransfer,
    path: '/shift',
    roles: LEADS,
    rail: false,
    key: 'g e',
    place: 'inside',
    homeOf: NOBODY,
  },
  staff: {
    title: 'staff',
    icon: IconUsers,
    path: '/staff',
    roles: ADMIN,
    rail: false,
    key: 'g u',
    place: 'admin',
    homeOf: NOBODY,
  },
  teams: {
    title: 'teams',
    icon: IconSitemap,
    path: '/teams',
    roles: ADMIN,
    rail: false,
    key: 'g m',
    place: 'admin',
    homeOf: NOBODY,
  },
  textModules: {
    title: 'textModules',
    icon: IconMessages,
    path: '/text-modules',
    roles: LEADS,
    rail: false,
    key: 'g x',
    place: 'inside',
    homeOf: NOBODY,
  },
  checklists: {
    title: 'checklists',
    icon: IconChecklist,
    path: '/checklists',
    roles: ADMIN,
    rail: false,
    key: 'g b',
    place: 'admin',
    homeOf: NOBODY,
  },
  calendar: {
    title: 'calendar',
    icon: IconCalendar,
    path: '/calendar',
    roles: ADMIN,
    rail: false,
    key: 'g l',
    place: 'admin',
    homeOf: NOBODY,
  },
  customerImport: {
    title: 'customerImport',
    icon: IconFileImport,
    path: '/customers/import',
    roles: ADMIN,
    rail: false,
    key: 'g i',
    place: 'admin',
    homeOf: NOBODY,
  },
  settings: {
    title: 'settings',
    icon: IconSettings,
    path: '/settings',
    roles: ADMIN,
    rail: false,
    key: 'g o',
    place: 'admin',
    homeOf: NOBODY,
  },
  alarms: {
    title: 'alarms',
    icon: IconAlarm,
    path: '/alarms',
    roles: LEADS,
    rail: false,
    key: 'g r',
    place: 'inside',
    homeOf: NOBODY,
  },
  wallDevices: {
    title: 'wallDevices',
    icon: IconDeviceTv,
    path: '/wall-devices',
    roles: ADMIN,
    rail: false,
    key: 'g y',
    place: 'admin',
    homeOf: NOBODY,
  },
  audit: {
    title: 'audit',
    icon: IconListSearch,
    path: '/audit',
    roles: ADMIN,
    rail: false,
    key: 'g a',
    place: 'admin',
    homeOf: NOBODY,
  },
  jobs: {
    title: 'jobs',
    icon: IconRepeat,
    path: '/jobs',
    roles: ADMIN,
    rail: false,
    key: 'g j',
    place: 'admin',
    homeOf: NOBODY,
  },
} as const satisfies Record<string, ScreenFacts>

export type ScreenName = keyof typeof SCREENS
export type Screen = (typeof SCREENS)[ScreenName]

const ALL: readonly Screen[] = Object.values(SCREENS)

/** The screens that a role is offered, in the order of the bar. */
export function screensOf(role: Role): readonly Screen[] {
  return ALL.filter((screen) => isFor(screen, role))
}

export function isFor({ roles }: ScreenFacts, role: Role): boolean {
  return roles.includes(role)
}

export function maySee(role: Role, screen: ScreenName): boolean {
  return isFor(SCREENS[screen], role)
}

/** Where a person lands after signing in. */
export function homeOf(role: Role): Screen {
  const home = ALL.find((screen: ScreenFacts) => screen.homeOf.includes(role))
  if (!home) throw new Error(`no screen is the home of ${role}`)
  return home
}
